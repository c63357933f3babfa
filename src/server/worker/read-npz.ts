import type { z } from 'zod';
import {
  type CancelFlag,
  type Dataset,
  type Grid,
  listOfGrid,
  stoppable,
  throwIfCancelled,
} from '../../core/server-door.ts';
import { Problem, pointer } from '../http/errors.ts';
import { validate } from '../http/validation.ts';
import { readNpy } from '../npz/read-npy.ts';
import { contentOf, openNpz, weightOf } from '../npz/unzip.ts';
import { scalarOf } from '../schemas/placement.ts';
import { referencesIn, withResolved } from '../schemas/resolved.ts';
import { gridKindOf } from '../schemas/series.ts';
import { expectedBody } from './expected-body.ts';
import type { ReadBody } from './read-body.ts';

/** An .npz to read and validate on a worker, with the parameters from the query. */
export interface ReadNpzJob {
  readonly metric: string;
  readonly suffix: string;
  readonly bytes: Uint8Array;
  readonly query: Readonly<Record<string, unknown>>;
  /** The limit on the inflated size of the arrays, in bytes. */
  readonly limit: number;
  /** The memory that the arrays may take, in bytes; absent once they have been weighed. */
  readonly granted?: number;
  /** The stored data sets that the query names, as far as they are known. */
  readonly datasets?: ReadonlyMap<string, Dataset>;
}

/** The memory that the arrays of a body will take, in bytes, beside its own. @throws Problem for a body that is not an .npz */
export async function weighBodyNpz({ metric, suffix, bytes, limit }: Omit<ReadNpzJob, 'query'>): Promise<number> {
  const { arrays } = expectedBody(metric, suffix);
  return weightOf(await openNpz({ file: bytes, wanted: arrays, limit }));
}

/**
 * Reads the body of an operation from an .npz and the query: numbers go from the file to the kernels without ever becoming text.
 *
 * @throws Problem for a body that is not an .npz, or that the operation does not accept
 */
export async function readNpz(
  { metric, suffix, bytes, query, limit, granted, datasets = new Map() }: ReadNpzJob,
  cancel: CancelFlag,
): Promise<ReadBody> {
  const { arrays, scalars, grids, shape, schema } = expectedBody(metric, suffix);
  const opened = await openNpz({ file: bytes, wanted: arrays, limit });
  const weight = granted === undefined ? 0 : weightOf(opened);
  if (weight > (granted ?? 0)) return { weight };
  const body = new Map<string, unknown>();
  const poll = () => throwIfCancelled(cancel);
  for (const [name, packed] of opened) {
    if (packed === null && scalars.has(name)) throw misplaced(name, `send it in the query: ?${name}=...`);
    if (Object.hasOwn(query, name)) throw misplaced(name, 'it is also in the query: send it only once');
    const file = packed && (await contentOf(packed, name, poll));
    body.set(name, file && fitting(readNpy(file, name, poll), shape[name] as z.ZodType));
  }
  for (const [name, text] of Object.entries(query)) body.set(name, scalarOf(text, shape[name] as z.ZodType));
  const whole = Object.fromEntries(body);
  const missing = referencesIn(whole, grids).filter(({ text }) => !datasets.has(text));
  if (missing.length > 0) return { missing };
  const partOf = (name: string) => (Object.hasOwn(query, name) ? 'query' : 'body');
  const found = stoppable(cancel, () => validate(schema, withResolved(whole, grids, datasets), partOf));
  if ('error' in found) throw found.error;
  return { body: found.value };
}

const fitting = (grid: Grid, field: z.ZodType): unknown => (gridKindOf(field) === undefined ? listOfGrid(grid) : grid);

const misplaced = (name: string, detail: string): Problem =>
  new Problem('invalid_request', `body/${name}: ${detail}`, { errors: [{ pointer: pointer([name]), detail }] });
