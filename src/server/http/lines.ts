import { Readable } from 'node:stream';
import type { FastifyRequest } from 'fastify';
import { withFirst } from './begun.ts';
import { asProblem, CLIENT_GONE, Problem, problemBody } from './errors.ts';

/**
 * Rows as a stream of lines, written no faster than the caller reads. Resolves once the first row is there, so that an earlier failure is
 * an ordinary error response; a later one is reported in the last line, as a problem.
 */
export async function linesOf(rows: AsyncGenerator<object>, request: FastifyRequest): Promise<Readable> {
  return Readable.from(textOf(await withFirst(rows), request), { objectMode: false });
}

async function* textOf(rows: AsyncIterable<object>, request: FastifyRequest): AsyncGenerator<string> {
  try {
    for await (const row of rows) yield line(row);
  } catch (error) {
    if (error === CLIENT_GONE) return;
    const known = asProblem(error);
    if (known === undefined) request.log.error({ err: error }, 'a stream of rows failed');
    const problem = known ?? new Problem('internal_error', `internal error: look for ${request.id} in the log`);
    yield line(problemBody(problem, request.id));
  }
}

const line = (value: object): string => `${JSON.stringify(value)}\n`;
