import { kernelAlignment } from '../data/kernel-alignment.ts';
import { channels } from '../data/series.ts';
import { ask } from '../service/service.ts';
import type { Answer, Shown } from './state.ts';

type Subject = Pick<Shown, 's1' | 's2' | 'request' | 'metric' | 'channel'>;
type Drawn = Pick<Answer, 'path' | 'alignment'>;

/** A soft alignment of more cells takes longer than a frame or two to compute. */
const MOST_CELLS = 250_000;

/** What the service does not send with a value, but can be drawn with it: of metrics that are made of others, or sums over all alignments. */
const SOURCES: Readonly<Partial<Record<string, (subject: Subject, signal: AbortSignal) => Promise<Drawn>>>> = {
  gak: kernel,
  'unnormalized-gak': kernel,
  // One of its three parts is between s1 and s2.
  'soft-dtw-normalized': (subject, signal) => from('/soft-dtw', 'alignment', subject, signal),
  // Of each channel, it is dtw or soft-dtw.
  'dtw-independent': (subject, signal) =>
    subject.request.body.gamma
      ? from('/soft-dtw', 'alignment', subject, signal)
      : from('/dtw', 'path', subject, signal),
};

/** The alignment that is drawn for a metric that has none of its own; nothing if there is none to draw. */
export async function borrowed(subject: Subject, signal: AbortSignal): Promise<Drawn> {
  return (await SOURCES[subject.metric.name]?.(subject, signal)) ?? {};
}

const isLarge = ({ s1, s2 }: Subject): boolean => s1.values.length * s2.values.length > MOST_CELLS;

async function kernel(subject: Subject): Promise<Drawn> {
  const { s1, s2, request } = subject;
  if (isLarge(subject)) return {};
  return { alignment: kernelAlignment(s1.values, s2.values, Number(request.body.sigma ?? 1)) };
}

async function from(path: string, flag: 'path' | 'alignment', subject: Subject, signal: AbortSignal): Promise<Drawn> {
  if (flag === 'alignment' && isLarge(subject)) return {};
  const { s1, s2, channel, request } = subject;
  const { gamma, ...rest } = request.body;
  const body = {
    ...(flag === 'alignment' ? request.body : rest),
    ...(channel !== undefined && { s1: channels(s1.values)[channel], s2: channels(s2.values)[channel] }),
  };
  const question = { path, query: { [flag]: true }, body };
  const reply = await ask<Answer>(question, signal);
  return reply.ok && reply.data[flag] ? { [flag]: reply.data[flag] } : {};
}
