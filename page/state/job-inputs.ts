import { inputOf, type Job, ServiceError, type StoredDataset } from '../../clients/typescript/jobs.ts';
import { ownSample, type Sample, type Series } from '../data/series.ts';
import { type Attempt, attempt, service } from '../service/attempt.ts';
import { fetchStored, fits, stored } from './stored.ts';

/** The series of one field of a job's request. */
export interface Input {
  readonly samples: readonly Sample[];
  /** The stored data set that they are, if they are one that still has its name. */
  readonly set?: StoredDataset;
}

/** The series of a job, by field: of an operation, some of these. */
export type Inputs = Readonly<Partial<Record<string, Input>>>;

/** More is not drawn. */
const MOST_BYTES = 40e6;

/** The stored data set with a digest, as a job names it. */
export const setOf = (digest: unknown): StoredDataset | undefined => stored.value?.find((set) => set.digest === digest);

/** How many series a field has. */
const countOf = (input: Input | undefined): number => input?.set?.count ?? input?.samples.length ?? 0;

/** How many rows and columns the result of a job has, if it is a matrix; otherwise none. */
export const shapeOf = ({ request: { path } }: Job, { dataset1, dataset2 = dataset1 }: Inputs): [number, number] =>
  path.endsWith('/cdist') ? [countOf(dataset1), countOf(dataset2)] : [0, 0];

/** Fetches what a job is about: stored data sets under their names, everything else from the job itself. */
export async function inputsOf(job: Job): Promise<Attempt<Inputs>> {
  const fields = Object.entries(job.request.body).flatMap(([field, given]) => {
    const digest = typeof given === 'object' ? (given as { series?: unknown } | null)?.series : given;
    return String(digest).startsWith('sha256:') ? [[field, String(digest), given === digest] as const] : [];
  });
  const fetched = await Promise.all(
    fields.map(async ([field, digest, many]) => {
      const set = many ? setOf(digest) : undefined;
      return [field, set ? await ofStored(set) : await ofJob(job, field)] as const;
    }),
  );
  const failed = fetched.map(([, input]) => input).find((input) => !input.ok);
  if (failed && !failed.ok) return failed;
  return {
    ok: true,
    data: Object.fromEntries(fetched.flatMap(([field, input]) => (input.ok ? [[field, input.data]] : []))),
  };
}

async function ofStored(set: StoredDataset): Promise<Attempt<Input>> {
  const fetched = fits(set) ? await fetchStored(set) : ({ ok: true, data: [] } as const);
  return fetched.ok ? { ok: true, data: { samples: fetched.data, set } } : fetched;
}

async function ofJob({ id }: Job, field: string): Promise<Attempt<Input>> {
  const read = await attempt(inputOf(service(), id, field).then(textOf));
  if (!read.ok) return read;
  const { series, labels } = JSON.parse(read.data) as { series: readonly Series[]; labels?: readonly string[] };
  const samples = series.map((values, k) => {
    const [name, label] = [series.length === 1 ? field : `${field} ${k}`, labels?.[k]];
    return {
      ...ownSample(values, label === undefined ? name : `${label} (${name})`),
      ...(label !== undefined && { label }),
    };
  });
  return { ok: true, data: { samples } };
}

/** The text of a response, unless it is too large to be drawn. @throws ServiceError */
async function textOf(answer: Response): Promise<string> {
  const reader = (answer.body as ReadableStream<Uint8Array>).getReader();
  const decoder = new TextDecoder();
  let [text, bytes] = ['', 0];
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    bytes += read.value.length;
    if (bytes > MOST_BYTES) {
      void reader.cancel();
      throw new ServiceError(
        tooLarge('The series of this job are too large to be drawn. Its result can be saved, as .npz or JSON.'),
      );
    }
    text += decoder.decode(read.value, { stream: true });
  }
  return text + decoder.decode();
}

/** What cannot be drawn. */
export const tooLarge = (detail: string) =>
  ({ type: 'about:blank', title: 'Too large', status: 0, instance: '', code: 'body_too_large', detail }) as const;
