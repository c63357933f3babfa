import { Readable } from 'node:stream';
import type { FastifyRequest } from 'fastify';
import { withFirst } from './begun.ts';
import { asProblem, CLIENT_GONE, Problem, problemBody } from './errors.ts';

/** Lines are written together up to this length, in a fraction of a millisecond: one by one, short ones would take longer to send than to make. */
const TOGETHER = 64 * 1024;

/**
 * Rows as a stream of lines, written no faster than the caller reads. Resolves once the first row is there, so that an earlier failure is
 * an ordinary error response; a later one is reported in the last line, as a problem.
 *
 * @param rows those that are there at the same time, together
 */
export async function linesOf(rows: AsyncIterable<Iterable<object>>, request: FastifyRequest): Promise<Readable> {
  return Readable.from(withProblem(await withFirst(textOf(rows)), request), { objectMode: false });
}

async function* textOf(rows: AsyncIterable<Iterable<object>>): AsyncGenerator<string> {
  for await (const some of rows) {
    let text = '';
    for (const row of some) {
      text += line(row);
      if (text.length < TOGETHER) continue;
      yield text;
      text = '';
    }
    if (text !== '') yield text;
  }
}

async function* withProblem(lines: AsyncIterable<string>, request: FastifyRequest): AsyncGenerator<string> {
  try {
    yield* lines;
  } catch (error) {
    if (error === CLIENT_GONE) return;
    const known = asProblem(error);
    if (known === undefined) request.log.error({ err: error }, 'a stream of rows failed');
    const problem = known ?? new Problem('internal_error', `internal error: look for ${request.id} in the log`);
    yield line(problemBody(problem, request.id));
  }
}

const line = (value: object): string => `${JSON.stringify(value)}\n`;
