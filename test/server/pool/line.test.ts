import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { Line } from '../../../src/server/pool/line.ts';
import { isLong, type Waiting } from '../../../src/server/pool/waiting.ts';

const caller = { id: 'one', share: 1 };
const job = (ms: number, by = caller): Waiting => ({ ms, cells: ms * 1000, caller: by, start: () => {} });
const jobs = (count: number, ms: number, by = caller): Waiting[] => Array.from({ length: count }, () => job(ms, by));

/** Everything that waits, in the order in which it is served. */
function serve(line: Line, may = (_job: Waiting) => true): Waiting[] {
  const served: Waiting[] = [];
  for (let next = line.next(may); next !== undefined; next = line.next(may)) served.push(next);
  return served;
}

describe('the line before the workers', () => {
  it('lets a short request go before the rest of a long one', () => {
    const line = new Line();
    const tiles = jobs(100, 5);
    line.join(tiles);
    assert.equal(line.next(), tiles[0]);
    const short = job(1);
    line.join([short]);
    assert.equal(line.next(), short);
    assert.equal(line.next(), tiles[1]);
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
    for (line.join([job(1)]); line.next() !== long; line.join([job(1)])) before++;
    assert.ok(before < 1000, `${before} went before`);
  });

  it('holds long jobs back when asked to, and serves them afterwards', () => {
    const line = new Line();
    const [long, short] = [job(500), job(1)];
    line.join([long]);
    line.join([short]);
    assert.deepEqual(
      serve(line, (one) => !isLong(one)),
      [short],
    );
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
          const own = sizes.map((ms) => job(ms));
          const leave = line.join(own);
          for (const one of own) waiting.add(one);
          for (let k = 0; k < served; k++) {
            const next = line.next();
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

  it('tells how long its jobs wait, from how long the oldest long request has waited already', (t) => {
    let now = 0;
    t.mock.method(performance, 'now', () => now);
    const line = new Line();
    line.join(jobs(10, 10));
    line.join(jobs(10, 10));
    assert.equal(line.of(caller, 2).wait, 100);
    // 50 ms of two threads would have been enough for the first request, but they had other things to do.
    now = 200;
    assert.equal(line.of(caller, 2).wait, 400);
    while (line.jobs > 1) line.next();
    // The first request has gone, and the second was told 100 ms.
    assert.equal(line.of(caller, 2).wait, 5 * 2);
  });

  describe('between callers', () => {
    const other = { id: 'other', share: 1 };
    const share = (served: readonly Waiting[], by: { id: string }) =>
      served.filter((one) => one.caller.id === by.id).reduce((sum, { ms }) => sum + ms, 0);

    it('gives one with a single request its turn before the many of another one', () => {
      const line = new Line();
      for (let k = 0; k < 100; k++) line.join([job(5)]);
      for (let k = 0; k < 10; k++) line.next();
      const single = job(5, other);
      line.join([single]);
      assert.ok(serve(line).indexOf(single) <= 1);
    });

    it('divides the time by their shares, whatever the number and the size of their jobs', () => {
      fc.assert(
        fc.property(
          fc.integer({ min: 1, max: 8 }),
          fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 50, maxLength: 100 }),
          fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 50, maxLength: 100 }),
          (weight, sizes, others) => {
            const line = new Line();
            const heavy = { id: 'heavy', share: weight };
            for (const ms of sizes) line.join([job(ms)]);
            for (const ms of others) line.join([job(ms, heavy)]);
            const served: Waiting[] = [];
            // As long as both wait.
            while (line.of(caller, 1).cells > 0 && line.of(heavy, 1).cells > 0) served.push(line.next() as Waiting);
            const difference = share(served, heavy) / weight - share(served, caller);
            assert.ok(Math.abs(difference) <= 80, `${difference} ms apart`);
          },
        ),
      );
    });

    it('counts what a job took, not what it was expected to take', () => {
      const line = new Line();
      line.join(jobs(100, 1));
      line.join(jobs(100, 1, other));
      const served: Waiting[] = [];
      for (let k = 0; k < 60; k++) {
        const next = line.next() as Waiting;
        served.push(next);
        if (next.caller === caller) line.charge(caller, 4); // five times as long
      }
      const [own, theirs] = [share(served, caller), share(served, other)];
      assert.ok(Math.abs(theirs - 5 * own) <= 6, `${own} and ${theirs}`);
    });

    it('keeps no account of what was not asked for', () => {
      const line = new Line();
      for (let k = 0; k < 50; k++) {
        line.join([job(20)]);
        line.next();
      }
      line.join(jobs(20, 5));
      line.join(jobs(20, 5, other));
      const first = serve(line).slice(0, 20);
      assert.ok(share(first, other) <= 60, 'whoever comes later is not given the time before');
      assert.ok(share(first, other) >= 40);
    });
  });
});
