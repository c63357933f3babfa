import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import fc from 'fast-check';
import {
  type EnvelopeShelf,
  findNeighbors,
  InvalidInput,
  metricRecord,
  readDataset,
  readParams,
  useEnvelopeShelf,
} from '../../../src/core/server-door.ts';
import { coarse, constraints, generic } from '../../support/arbitraries.ts';

fc.configureGlobal({ seed: Number(process.env.FC_SEED ?? 20261127) });
const runs = (count: number): number => count * Number(process.env.FC_RUNS ?? 1);

const dtw = metricRecord('dtw');
type Sets = { queries: number[][][]; candidates: number[][][] };

/** Whoever looks has no envelopes in memory: to this thread each is another data set, and to the shelf the same one. */
let visitors = 0;

function found({ queries, candidates }: Sets, params: object, isKept: boolean): object {
  const digest = `sha256:${visitors++}`;
  const kept = { digest, alive: new Int32Array(new SharedArrayBuffer(4)).fill(1) };
  const problem = {
    queries: readDataset(queries),
    candidates: { ...readDataset(candidates), ...(isKept && { kept }) },
    k: 1,
    params: readParams(dtw, params),
    be: 'numpy' as const,
  };
  const rows = { indices: new Int32Array(queries.length), values: new Float64Array(queries.length) };
  const work = findNeighbors(dtw, problem, { from: 0, to: queries.length }, rows);
  return { ...rows, ...work };
}

/** A shelf in memory, and how often a block was read from it and put on it. */
function shelf(): EnvelopeShelf & { reads: number; puts: number } {
  const blocks = new Map<string, Float64Array>();
  return {
    reads: 0,
    puts: 0,
    read({ windows, block, size }, into) {
      const there = blocks.get(`${windows} ${block} ${size}`);
      if (there === undefined) return false;
      assert.equal(there.length, into.length);
      into.set(there);
      this.reads++;
      return true;
    },
    put({ windows, block, size }, numbers) {
      blocks.set(`${windows} ${block} ${size}`, numbers.slice());
      this.puts++;
    },
  };
}

const list = (value: fc.Arbitrary<number>, d: number, most: number) =>
  fc.array(fc.array(fc.array(value, { minLength: d, maxLength: d }), { minLength: 3, maxLength: 30, size: 'max' }), {
    minLength: 2,
    maxLength: most,
    size: 'max',
  });
const sets: fc.Arbitrary<Sets> = fc
  .tuple(fc.integer({ min: 1, max: 2 }), fc.constantFrom(coarse, generic))
  .chain(([d, value]) => fc.record({ queries: list(value, d, 5), candidates: list(value, d, 20) }));

describe('envelopes on a shelf', () => {
  afterEach(() => useEnvelopeShelf(undefined));

  it('find the same neighbours, and prune the same pairs, as envelopes that are computed', () => {
    let [reads, puts] = [0, 0];
    fc.assert(
      fc.property(sets, constraints, (given, params) => {
        const own = shelf();
        try {
          useEnvelopeShelf(undefined);
          const computed = found(given, params, true);
          useEnvelopeShelf(own);
          assert.deepEqual(found(given, params, true), computed);
          assert.deepEqual(found(given, params, true), computed);
        } catch (error) {
          if (!(error instanceof InvalidInput)) throw error; // the constraint does not fit the lengths
        }
        reads += own.reads;
        puts += own.puts;
      }),
      { numRuns: runs(300) },
    );
    assert.ok(reads > 50 && puts > 50, `only ${reads} reads and ${puts} puts, so little was tested`);
  });

  it('are in blocks of a mebibyte, whatever the length of the series', () => {
    const noise = (n: number, k: number) =>
      Array.from({ length: n }, (_, i) => [Math.sin(1e4 * Math.sin(k * n + i + 1))]);
    for (const [count, n] of [
      [300, 400],
      [5, 40_000],
    ] as const) {
      const sizes: number[] = [];
      const own = shelf();
      useEnvelopeShelf({
        read: (place, into) => own.read(place, into),
        put(place, numbers) {
          sizes.push(numbers.length);
          own.put(place, numbers);
        },
      });
      const candidates = Array.from({ length: count }, (_, k) => noise(n, k));
      const given = { queries: [noise(n, 1000), noise(n, 1001), noise(n, 1002)], candidates };
      const params = { sakoe_chiba_radius: 3 };
      const computed = found(given, params, false);
      assert.deepEqual(found(given, params, true), computed);
      const each = 2 * n;
      const whole = Math.floor(2 ** 17 / each);
      assert.deepEqual(
        sizes,
        Array.from({ length: Math.ceil(count / whole) }, (_, b) => each * Math.min(whole, count - b * whole)),
      );
      assert.deepEqual(found(given, params, true), computed);
      assert.equal(own.reads, sizes.length);
    }
  });

  it('are not those of a request: they are of stored data sets only', () => {
    const own = shelf();
    useEnvelopeShelf(own);
    const walk = (k: number) => Array.from({ length: 30 }, (_, i) => [Math.sin(1e4 * Math.sin(k * 30 + i + 1))]);
    const given = { queries: [walk(90), walk(91)], candidates: Array.from({ length: 20 }, (_, k) => walk(k)) };
    found(given, { sakoe_chiba_radius: 2 }, false);
    assert.deepEqual([own.reads, own.puts], [0, 0]);
    found(given, { sakoe_chiba_radius: 2 }, true);
    assert.equal(own.puts, 1);
  });
});
