import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import Fastify, { type FastifyBaseLogger, LogController } from 'fastify';
import { requestLog } from '../../../src/server/http/log.ts';

/** The lines of a route's handler, without what every line has. */
async function linesOf(write: (log: FastifyBaseLogger) => void, own: boolean) {
  const lines: string[] = [];
  const app = Fastify({
    logger: { level: 'debug', stream: { write: (line: string) => void lines.push(line) } },
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => 'r1',
    ...(own && { childLoggerFactory: requestLog }),
  });
  app.get('/', async ({ log }) => {
    write(log);
    return {};
  });
  await app.inject('/');
  return lines.map((line) => {
    const { time: _, ...rest } = JSON.parse(line);
    return rest;
  });
}

describe('the logger of a request', () => {
  for (const [what, write] of [
    ['an object and a message', (log) => log.info({ a: 1, b: ['x'] }, 'done')],
    ['a message', (log) => log.warn('%s of %d', 'one', 2)],
    ['an error', (log) => log.error(Object.assign(new Error('broken'), { stack: 'at a' }))],
    [
      'an error in an object',
      (log) => log.error({ err: Object.assign(new Error('broken'), { stack: 'at a' }) }, 'bad'),
    ],
    ['a child', (log) => log.child({ part: 3 }).debug({ c: null }, 'inner')],
    ['what is below its level', (log) => log.trace('unseen')],
  ] as [string, Parameters<typeof linesOf>[0]][]) {
    it(`writes what a child logger does: ${what}`, async () => {
      const lines = await linesOf(write, true);
      assert.deepEqual(lines, await linesOf(write, false));
      assert.ok(lines.every(({ reqId }) => reqId === 'r1'));
    });
  }
});
