import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { evaluate } from '../../../src/core/index.ts';
import { withService } from '../../support/with-service.ts';

const series = (n: number, k: number) => Array.from({ length: n }, (_, i) => Math.sin(i / (7 + k)));
const long = { s1: series(6000, 1), s2: series(6000, 2) };
const short = { s1: series(800, 3), s2: series(800, 4) };

describe('one worker that computes a long pair', () => {
  for (const be of ['numpy', 'tfjs'] as const) {
    it(`on ${be} computes short pairs in the middle of it, and all of them right`, async () => {
      await withService({ WORKERS: '1', MAX_CELLS: '1e12', REQUEST_TIMEOUT_MS: '120000' }, async ({ request }) => {
        const body = be === 'numpy' ? long : { s1: series(700, 1), s2: series(700, 2), be };
        let isDone = false;
        const pending = request
          .post('/soft-dtw?grad=true')
          .send(body)
          .then((response) => {
            isDone = true;
            return response;
          });
        await new Promise((resolve) => setTimeout(resolve, 150));
        let inTheMiddle = 0;
        for (let k = 0; k < 5; k++) {
          const { body: answer } = await request.post('/dtw?path=true').send(short);
          assert.deepEqual(answer, evaluate('dtw', short.s1, short.s2, {}, { path: true }));
          if (!isDone) inTheMiddle++;
        }
        assert.ok(inTheMiddle > 0, 'the long one was done before any short one');
        const { status, body: answer } = await pending;
        assert.equal(status, 200);
        assert.deepEqual(answer, evaluate('soft-dtw', body.s1, body.s2, { be }, { grad: true }));
      });
    });
  }
});
