import { type CancelFlag, type Dataset, stoppable, throwIfCancelled } from '../../core/server-door.ts';
import { notJson } from '../http/not-json.ts';
import { validate } from '../http/validation.ts';
import { type Found, referencesIn, withResolved } from '../schemas/resolved.ts';
import { weighJson } from './bounded-json.ts';
import { expectedBody } from './expected-body.ts';
import { parseInPieces } from './parse-json.ts';

/** A body to parse and validate on a worker. */
export interface ReadBodyJob {
  readonly metric: string;
  readonly suffix: string;
  readonly bytes: Uint8Array;
  /** The stored data sets that the body refers to, by reference, as far as they are known. */
  readonly datasets?: ReadonlyMap<string, Dataset>;
}

/** The result: the validated body, or the references to stored data sets that must be resolved first, or what it would take if that is more than was granted. */
export type ReadBody =
  | { readonly body: unknown }
  | { readonly missing: readonly Found[] }
  | { readonly weight: number };

/** The memory that a large body will take, in bytes, beside its own. @throws Problem for one that nothing could read */
export const weighBody = ({ bytes }: Pick<ReadBodyJob, 'bytes'>, cancel: CancelFlag): number =>
  weighJson(bytes, () => throwIfCancelled(cancel));

/**
 * Reads a large body where it does not block the event loop.
 *
 * @param job a body that {@link weighBody} has let through, or one for which there is memory whatever it holds
 * @throws Problem for a body that is not JSON, or that the operation does not accept
 */
export function readBody({ metric, suffix, bytes, datasets = new Map() }: ReadBodyJob, cancel: CancelFlag): ReadBody {
  const { schema, grids } = expectedBody(metric, suffix);
  const body = parse(bytes, () => throwIfCancelled(cancel));
  const missing = referencesIn(body, grids).filter(({ text }) => !datasets.has(text));
  if (missing.length > 0) return { missing };
  const found = stoppable(cancel, () => validate(schema, withResolved(body, grids, datasets), () => 'body'));
  if ('error' in found) throw found.error;
  return { body: found.value };
}

function parse(bytes: Uint8Array, poll: () => void): unknown {
  const text = textOf(bytes);
  try {
    return parseInPieces(text, poll);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw notJson(text, (error as Error).message);
  }
}

function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw notJson(Buffer.from(bytes.subarray(0, 8)).toString(), 'its bytes are not UTF-8');
  }
}
