import { notJson } from '../http/not-json.ts';
import { validate } from '../http/validation.ts';
import { operationOf } from '../operations/index.ts';
import { bodySchema } from '../schemas/body.ts';
import { requireBounded } from './bounded-json.ts';

/** A body to parse and validate on a worker. */
export interface ReadBodyJob {
  readonly metric: string;
  readonly suffix: string;
  readonly bytes: Uint8Array;
}

/**
 * Reads a large body where it does not block the event loop.
 *
 * @throws Problem for a body that is not JSON, or that the operation does not accept
 */
export function readBody({ metric, suffix, bytes }: ReadBodyJob): unknown {
  const found = validate(bodySchema(...operationOf(metric, suffix)), parse(bytes), () => 'body');
  if ('error' in found) throw found.error;
  return found.value;
}

function parse(bytes: Uint8Array): unknown {
  requireBounded(bytes);
  const text = textOf(bytes);
  try {
    return JSON.parse(text);
  } catch (error) {
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
