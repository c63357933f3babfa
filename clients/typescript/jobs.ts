import type { components } from './schema.d.ts';

/** A job as the service describes it. */
export type Job = components['schemas']['Job'];

/** A stored data set as the service describes it. */
export type StoredDataset = components['schemas']['StoredDataset'];

/** Where the service is, and the key to it. */
export interface Service {
  readonly baseUrl: string;
  /** One of the service's API_KEYS, if it has any. */
  readonly key?: string;
}

/** An error response of the service: its `application/problem+json`, with the status. */
export class ServiceError extends Error {
  readonly problem: components['schemas']['Problem'];

  constructor(problem: components['schemas']['Problem']) {
    super(problem.detail);
    this.name = 'ServiceError';
    this.problem = problem;
  }
}

/**
 * Stores a data set under a name: a file in any format that the service reads, or its text or bytes.
 *
 * @param type the Content-Type; without it the first bytes decide
 * @throws ServiceError
 */
export async function putDataset(
  service: Service,
  name: string,
  body: string | Uint8Array<ArrayBuffer> | Blob,
  type?: string,
): Promise<StoredDataset> {
  const headers = { 'content-type': type ?? 'application/octet-stream' };
  const answer = await ask(service, `/datasets/${encodeURIComponent(name)}`, { method: 'PUT', body, headers });
  return (await answer.json()) as StoredDataset;
}

/**
 * Submits a request as a job: `submit(service, '/dtw/cdist', { dataset1: 'gunpoint' })`.
 *
 * @param idempotencyKey makes a repeated call return the same job
 * @throws ServiceError
 */
export async function submit(service: Service, path: string, body: object, idempotencyKey?: string): Promise<Job> {
  const headers = {
    'content-type': 'application/json',
    prefer: 'respond-async',
    ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
  };
  return (await (await ask(service, path, { method: 'POST', body: JSON.stringify(body), headers })).json()) as Job;
}

/**
 * Waits until a job has ended, and returns it: `succeeded`, `failed` or `cancelled`.
 *
 * @param progress called with the job whenever it has changed
 * @throws ServiceError; the signal's reason once it is aborted
 */
export async function untilEnded(
  service: Service,
  id: string,
  { progress, signal }: { progress?: (job: Job) => void; signal?: AbortSignal } = {},
): Promise<Job> {
  for (;;) {
    const answer = await ask(service, `/jobs/${id}/events`, { ...(signal && { signal }) });
    let text = '';
    let last: Job | undefined;
    const decoder = new TextDecoderStream() as unknown as TransformStream<Uint8Array, string>;
    // Not every browser iterates over a stream.
    const events = (answer.body as ReadableStream<Uint8Array>).pipeThrough(decoder).getReader();
    for (let read = await events.read(); !read.done; read = await events.read()) {
      text += read.value;
      const whole = text.split('\n\n');
      text = whole.pop() as string;
      for (const event of whole) {
        last = JSON.parse(event.slice(event.indexOf('data: ') + 6)) as Job;
        progress?.(last);
      }
    }
    if (last && !['queued', 'running'].includes(last.status)) return last;
    // The stream ended early, as it does when the service restarts.
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
}

/**
 * The result of a job that has succeeded, as it arrives.
 *
 * @param accept the format, such as `application/x-npy` for a matrix
 * @throws ServiceError
 */
export const resultOf = (service: Service, id: string, accept = 'application/json'): Promise<Response> =>
  ask(service, `/jobs/${id}/result`, { headers: { accept } });

/**
 * The series of a field of a job's request, such as `dataset1`, as it arrives.
 *
 * @param accept the format, such as `text/csv`
 * @throws ServiceError
 */
export const inputOf = (service: Service, id: string, field: string, accept = 'application/json'): Promise<Response> =>
  ask(service, `/jobs/${id}/inputs/${field}`, { headers: { accept } });

async function ask({ baseUrl, key }: Service, path: string, init: RequestInit): Promise<Response> {
  const headers = { ...(init.headers as Record<string, string>), ...(key && { authorization: `Bearer ${key}` }) };
  const answer = await fetch(`${baseUrl}${path}`, { ...init, headers });
  if (!answer.ok) throw new ServiceError((await answer.json()) as components['schemas']['Problem']);
  return answer;
}
