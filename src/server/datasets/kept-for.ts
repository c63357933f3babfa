import type { FastifyRequest } from 'fastify';
import type { Dataset } from '../../core/server-door.ts';
import { NAME_IN_WORDS, readReference } from '../dataset-reference.ts';
import { Problem, pointer } from '../http/errors.ts';
import { ownerOf, requireKept } from './kept-data.ts';

/** Where a request refers to a stored data set. */
interface Mention {
  readonly text: string;
  readonly path: readonly (string | number)[];
}

/**
 * The stored data sets that a request refers to, by reference.
 *
 * @throws Problem that points at the first invalid one
 */
export async function keptFor(
  request: FastifyRequest,
  mentions: readonly Mention[],
): Promise<ReadonlyMap<string, Dataset>> {
  const found = new Map<string, Dataset>();
  for (const { text, path } of mentions) {
    if (!found.has(text)) found.set(text, await placed(path, () => load(request, text)));
  }
  return found;
}

async function load(request: FastifyRequest, text: string): Promise<Dataset> {
  const reference = readReference(text);
  if (reference === undefined) {
    const detail = `expected a list of series, or the name of a stored data set (${NAME_IN_WORDS}); got another string`;
    throw new Problem('invalid_request', detail);
  }
  return requireKept(request.server).datasets.load(ownerOf(request), reference, request.memory);
}

/** Adds the place to an error. */
async function placed<T>(path: readonly (string | number)[], run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const { code, message, headers } = error;
    const errors = [{ pointer: pointer(path), detail: message }];
    throw new Problem(code, `body/${path.join('/')}: ${message}`, { errors, headers: { ...headers }, cause: error });
  }
}
