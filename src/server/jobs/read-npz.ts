import type { z } from 'zod';
import { type Grid, listOfGrid } from '../../core/server-door.ts';
import { Problem, pointer } from '../http/errors.ts';
import { validate } from '../http/validation.ts';
import { readNpy } from '../npz/read-npy.ts';
import { unzip } from '../npz/unzip.ts';
import { operationOf } from '../operations/index.ts';
import { bodySchema, bodyShape } from '../schemas/body.ts';
import { placementOf, scalarOf } from '../schemas/placement.ts';
import { takesGrid } from '../schemas/series.ts';

/** An .npz to read and validate on a worker, with the parameters from the query. */
export interface ReadNpzJob {
  readonly metric: string;
  readonly suffix: string;
  readonly bytes: Uint8Array;
  readonly query: Readonly<Record<string, unknown>>;
  /** The limit on the inflated size of the arrays, in bytes. */
  readonly limit: number;
}

/**
 * Reads the body of an operation from an .npz and the query: numbers go from the file to the kernels without ever becoming text.
 *
 * @throws Problem for a body that is not an .npz, or that the operation does not accept
 */
export async function readNpz({ metric, suffix, bytes, query, limit }: ReadNpzJob): Promise<unknown> {
  const [record, operation] = operationOf(metric, suffix);
  const shape = bodyShape(record, operation);
  const { arrays, scalars } = placementOf(record, operation);
  const body = new Map<string, unknown>();
  for (const [name, file] of await unzip(bytes, arrays, limit)) {
    if (file === null && scalars.has(name)) throw misplaced(name, `send it in the query: ?${name}=...`);
    if (Object.hasOwn(query, name)) throw misplaced(name, 'it is also in the query: send it only once');
    body.set(name, file && fitting(readNpy(file, name), shape[name] as z.ZodType));
  }
  for (const [name, text] of Object.entries(query)) body.set(name, scalarOf(text, shape[name] as z.ZodType));
  const found = validate(bodySchema(record, operation), Object.fromEntries(body), (name) =>
    Object.hasOwn(query, name) ? 'query' : 'body',
  );
  if ('error' in found) throw found.error;
  return found.value;
}

const fitting = (grid: Grid, field: z.ZodType): unknown => (takesGrid(field) ? grid : listOfGrid(grid));

const misplaced = (name: string, detail: string): Problem =>
  new Problem('invalid_request', `body/${name}: ${detail}`, { errors: [{ pointer: pointer([name]), detail }] });
