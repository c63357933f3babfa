import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { Line, type Waiting } from '../../../src/server/pool/line.ts';

const job = (ms: number): Waiting => ({ ms, cells: ms * 1000, start: () => {} });
const jobs = (count: number, ms: number): Waiting[] => Array.from({ length: count }, () => job(ms));

/** Everything that waits, in the order in which it is served. */
function serve(line: Line, longToo = true): Waiting[] {
  const served: Waiting[] = [];
  for (let next = line.next(longToo); next !== undefined; next = line.next(longToo)) served.push(next);
  return served;
}

describe('the line before the workers', () => {
  it('lets a short request go before the rest of a long one', () => {
    const line = new Line();
    const tiles = jobs(100, 5);
    line.join(tiles);
    assert.equal(line.next(true), tiles[0]);
    const short = job(1);
    line.join([short]);
    assert.equal(line.next(true), short);
    assert.equal(line.next(true), tiles[1]);
  });

  it('lets requests of many jobs take turns', () => {
    const line = new Line();
    const [first, second] = [jobs(50, 5), jobs(50, 5)];
    line.join(first);
    line.join(second);
    const served = serve(line);
    for (let k = 0; k < 100; k += 2)
      assert.deepEqual(new Set(served.slice(k, k + 2)), new Set([first[k / 2], second[k / 2]]));
  });

  it('lets no job wait forever, even if shorter ones keep coming', () => {
    const line = new Line();
    const long = job(60_000);
    line.join([long]);
    let before = 0;
    for (line.join([job(1)]); line.next(true) !== long; line.join([job(1)])) before++;
    assert.ok(before < 1000, `${before} went before`);
  });

  it('holds long jobs back when asked to, and serves them afterwards', () => {
    const line = new Line();
    const [long, short] = [job(500), job(1)];
    line.join([long]);
    line.join([short]);
    assert.deepEqual(serve(line, false), [short]);
    assert.deepEqual(serve(line), [long]);
  });

  it('serves each job once unless it has left, and counts the waiting ones', () => {
    const request = fc.record({
      sizes: fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 6 }),
      leaves: fc.boolean(),
      served: fc.integer({ min: 0, max: 3 }),
    });
    fc.assert(
      fc.property(fc.array(request), (requests) => {
        const line = new Line();
        const waiting = new Set<Waiting>();
        for (const { sizes, leaves, served } of requests) {
          const own = sizes.map(job);
          const leave = line.join(own);
          for (const one of own) waiting.add(one);
          for (let k = 0; k < served; k++) {
            const next = line.next(true);
            assert.equal(next === undefined, waiting.size === 0);
            if (next) assert.ok(waiting.delete(next), 'served twice, or after it had left');
          }
          if (leaves) {
            for (const one of leave) one();
            for (const one of own) waiting.delete(one);
          }
          assert.equal(line.jobs, waiting.size);
          const cells = [...waiting].reduce((sum, one) => sum + one.cells, 0);
          assert.ok(Math.abs(line.cells - cells) < 1e-6);
        }
        assert.deepEqual(new Set(serve(line)), waiting);
      }),
    );
  });
});
