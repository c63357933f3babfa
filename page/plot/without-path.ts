import { channelName } from '../data/series.ts';
import type { Shown } from '../state/state.ts';

/** Metrics that compare step i with step i. */
const STEPWISE = ['euclidean', 'squared', 'manhattan', 'minkowski'];
const KERNEL = 'The kernel sums over all alignments';
const DIFFERENCE = 'This is the difference of three soft-dtw values, so it has no alignment of its own';
const SEPARATELY = 'Each channel is warped separately';

interface Reason {
  readonly none: string;
  readonly drawn?: string | ((now: Shown) => string);
}
/** What is said of metrics that have no alignment of their own, and of what is drawn in its place. */
const REASONS: Readonly<Record<string, Reason>> = {
  gak: {
    none: `${KERNEL}, so there is no single one to draw.`,
    drawn: `${KERNEL}: the darker a line, the larger the part of the sum that pairs its steps.`,
  },
  'soft-dtw-normalized': {
    none: `${DIFFERENCE}: see soft-dtw.`,
    drawn: `${DIFFERENCE}: the lines are those of soft-dtw.`,
  },
  'dtw-independent': {
    none: `${SEPARATELY}, and the soft alignment of one has too many cells to be requested.`,
    drawn: ({ s1, channel, answer }) =>
      channel === undefined
        ? `${SEPARATELY}; with one channel, that is ${answer?.path ? 'dtw' : 'soft-dtw'}.`
        : `${SEPARATELY}: the matches and the table are those of ${channelName(s1, channel)}.`,
  },
  sax: { none: 'The letters of segments are compared, not the steps: the higher a mean, the later its letter.' },
};
const reasonFor = (name: string) => REASONS[name.replace('unnormalized-', '')];

export const isStepwise = ({ metric }: Pick<Shown, 'metric'>): boolean => STEPWISE.includes(metric.name);

/** Where the pairs come from, or why there are none, if there is no path. */
export function pairsNote(now: Shown): string {
  const { metric, answer, s2, channel } = now;
  if (answer?.path ?? answer?.alignment) {
    const { drawn = '' } = reasonFor(metric.name) ?? {};
    return typeof drawn === 'string' ? drawn : drawn(now);
  }
  if (!answer) return '';
  if (isStepwise(now)) return 'Each step is compared with the same step: nothing is stretched.';
  if (now.request.query.path) return 'The job was not asked for the path; any change asks for it.';
  const { shift } = answer;
  if (shift !== undefined) {
    const by = [shift].flat()[channel ?? 0] ?? 0;
    const way =
      by === 0
        ? 'not moved'
        : `moved as a whole, ${Math.abs(by)} ${Math.abs(by) === 1 ? 'step' : 'steps'} ${by > 0 ? 'later' : 'earlier'}`;
    const what = channel === undefined ? 's2' : `${channelName(s2, channel)} of s2`;
    return `${what} is ${way}: nothing is stretched.`;
  }
  const flags = metric.operations.find(({ path }) => path === `/${metric.name}`)?.flags ?? [];
  if (flags.includes('path'))
    return 'With gamma, all paths count, not the best alone, so there is no single one to draw.';
  if (flags.includes('alignment')) return 'The soft alignment has more than a million cells, so it is not requested.';
  return reasonFor(metric.name)?.none ?? 'This metric returns only a value: there is no path to draw.';
}
