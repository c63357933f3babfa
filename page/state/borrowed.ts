import { kernelAlignment } from '../data/kernel-alignment.ts';
import { ask } from '../service/service.ts';
import type { Answer, Shown } from './state.ts';

type Subject = Pick<Shown, 's1' | 's2' | 'request' | 'metric'>;
type Drawn = Pick<Answer, 'path' | 'alignment'>;

/** A soft alignment of more cells takes longer than a frame or two to compute. */
const MOST_CELLS = 250_000;

/** What the service does not send with a value, but can be drawn with it: of metrics that are made of others, or sums over all alignments. */
const SOURCES: Readonly<Partial<Record<string, (subject: Subject, signal: AbortSignal) => Promise<Drawn>>>> = {
  gak: kernel,
  'unnormalized-gak': kernel,
  // One of its three parts is between s1 and s2.
  'soft-dtw-normalized': (subject, signal) => from('/soft-dtw', 'alignment', subject, signal),
  // With one channel, it is dtw.
  'dtw-independent': async (subject, signal) =>
    typeof subject.s1.values[0] === 'number' && !subject.request.body.gamma
      ? await from('/dtw', 'path', subject, signal)
      : {},
};

/** The alignment that is drawn for a metric that has none of its own; nothing if there is none to draw. */
export async function borrowed(subject: Subject, signal: AbortSignal): Promise<Drawn> {
  const { metric, s1, s2 } = subject;
  const source = SOURCES[metric.name];
  return source && s1.values.length * s2.values.length <= MOST_CELLS ? await source(subject, signal) : {};
}

async function kernel({ s1, s2, request }: Subject): Promise<Drawn> {
  return { alignment: kernelAlignment(s1.values, s2.values, Number(request.body.sigma ?? 1)) };
}

async function from(
  path: string,
  flag: 'path' | 'alignment',
  { request: { body } }: Subject,
  signal: AbortSignal,
): Promise<Drawn> {
  const { gamma, ...rest } = body;
  const question = { path, query: { [flag]: true }, body: flag === 'alignment' ? body : rest };
  const reply = await ask<Answer>(question, signal);
  return reply.ok && reply.data[flag] ? { [flag]: reply.data[flag] } : {};
}
