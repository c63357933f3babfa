// Talks to the service, so that reading a matrix of a million numbers does not block a frame.
import { createClient, type Problem } from '../../clients/typescript/client.ts';
import type { Matrix } from '../data/matrix.ts';
import {
  type FromWorker,
  type Question,
  type Reply,
  type Rows,
  type Timing,
  type ToWorker,
  unreachable,
} from './messages.ts';
import { readRows } from './rows.ts';

const running = new Map<number, AbortController>();

self.addEventListener('message', async ({ data }: MessageEvent<ToWorker>) => {
  if ('cancel' in data) {
    running.get(data.cancel)?.abort();
    return;
  }
  const controller = new AbortController();
  running.set(data.id, controller);
  const told = (rows: Rows) =>
    self.postMessage({ id: data.id, rows } satisfies FromWorker, { transfer: [rows.values.buffer] });
  const reply = await ask(data.question, data.base, data.key, controller.signal, told);
  running.delete(data.id);
  const transfer = reply.ok ? buffersOf(reply.data) : [];
  self.postMessage({ id: data.id, reply } satisfies FromWorker, { transfer });
});

async function ask(
  question: Question,
  base: string,
  key: string | undefined,
  signal: AbortSignal,
  told: (rows: Rows) => void,
): Promise<Reply<unknown>> {
  const { path, query = {}, body, rows } = question;
  const client = createClient(base, key);
  const began = performance.now();
  try {
    if (rows !== undefined) {
      const lines = { headers: { accept: 'application/x-ndjson' }, parseAs: 'stream', signal } as const;
      const { data, error, response } = body
        ? await client.POST(path as '/dtw/cdist', { body: body as { dataset1: [] }, ...lines })
        : await client.GET(path as '/capabilities', lines);
      if (!data) return { ok: false, problem: error as Problem };
      const read = await readRows(data as ReadableStream<Uint8Array>, rows, told);
      if ('code' in read) return { ok: false, problem: read };
      return { ok: true, data: { matrix: read }, timing: timingOf(response, performance.now() - began) };
    }
    if (query.alignment && body) {
      const { answerIn } = await import('./arrays.ts');
      const arrays = { headers: { accept: 'application/x-npz' }, parseAs: 'arrayBuffer', signal } as const;
      const asked = { params: { query }, body: body as { s1: []; s2: [] }, ...arrays };
      const { data, error, response } = await client.POST(path as '/soft-dtw', asked);
      if (data === undefined) return { ok: false, problem: error as Problem };
      const answer = answerIn(new Uint8Array(data as ArrayBuffer));
      return { ok: true, data: answer, timing: timingOf(response, performance.now() - began) };
    }
    // The metrics are known only at run time; soft-dtw has every flag, so its types fit all.
    const { data, error, response } = body
      ? await client.POST(path as '/soft-dtw', { params: { query }, body: body as { s1: []; s2: [] }, signal })
      : await client.GET(path as '/capabilities', { signal });
    if (data === undefined) return { ok: false, problem: error as Problem };
    return { ok: true, data: withMatrices(data), timing: timingOf(response, performance.now() - began) };
  } catch (error) {
    return { ok: false, problem: unreachable(error as Error, signal.aborted) };
  }
}

function timingOf(response: Response, seen: number): Timing {
  const header = response.headers.get('server-timing') ?? '';
  const [compute, total] = ['compute', 'total'].map((name) => new RegExp(`${name};dur=([\\d.]+)`).exec(header)?.[1]);
  return { ...(compute && { compute: Number(compute) }), ...(total && { total: Number(total) }), seen };
}

/** Rows of numbers under these names become one flat array. */
function withMatrices(data: object): object {
  const flat = Object.entries(data).map(([name, value]) => [
    name,
    name === 'alignment' || name === 'matrix' ? matrixOf(value as number[][]) : value,
  ]);
  return Object.fromEntries(flat);
}

function matrixOf(lines: readonly (readonly number[])[]): Matrix {
  const columns = lines[0]?.length ?? 0;
  const values = new Float64Array(lines.length * columns);
  lines.forEach((line, i) => {
    values.set(line, i * columns);
  });
  return { rows: lines.length, columns, values };
}

const buffersOf = (data: unknown): ArrayBuffer[] =>
  Object.values(data as object).flatMap((part) =>
    part?.values instanceof Float64Array ? [part.values.buffer as ArrayBuffer] : [],
  );
