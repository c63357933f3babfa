import type { Shown } from '../state/state.ts';

/** Metrics that compare step i with step i. */
const STEPWISE = ['euclidean', 'squared', 'manhattan', 'minkowski'];
/** Metrics that have no pairs of steps to draw, and why. */
const REASONS: Readonly<Record<string, string>> = {
  gak: 'The kernel sums over all alignments, so there is no single one to draw.',
  'unnormalized-gak': 'The kernel sums over all alignments, so there is no single one to draw.',
  'soft-dtw-normalized':
    'This is the difference of three soft-dtw values, so it has no alignment of its own: see soft-dtw.',
  'dtw-independent': 'Each channel is warped separately, so there is no single path: see dtw.',
  sax: 'The letters of segments are compared, not the steps: the higher a mean, the later its letter.',
};

export const isStepwise = ({ metric }: Pick<Shown, 'metric'>): boolean => STEPWISE.includes(metric.name);

/** Where the pairs come from, or why there are none, if there is no path. */
export function pairsNote(now: Shown): string {
  const { metric, answer } = now;
  if (answer?.alignment && metric.name in REASONS)
    return 'The kernel sums over all alignments: the darker a line, the larger the part of the sum that pairs its steps.';
  if (!answer || answer.path || answer.alignment) return '';
  if (isStepwise(now)) return 'Each step is compared with the same step: nothing is stretched.';
  if (now.request.query.path) return 'The job was not asked for the path; any change asks for it.';
  const { shift } = answer;
  if (shift !== undefined) {
    const [by = 0] = [shift].flat();
    const way =
      by === 0
        ? 'not moved'
        : `moved as a whole, ${Math.abs(by)} ${Math.abs(by) === 1 ? 'step' : 'steps'} ${by > 0 ? 'later' : 'earlier'}`;
    return `s2 is ${way}: nothing is stretched.`;
  }
  const flags = metric.operations.find(({ path }) => path === `/${metric.name}`)?.flags ?? [];
  if (flags.includes('alignment')) return 'The soft alignment has more than a million cells, so it is not requested.';
  return REASONS[metric.name] ?? 'This metric returns only a value: there is no path to draw.';
}
