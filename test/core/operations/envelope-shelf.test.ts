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

/** A shelf in memory, and how often a part was read from it and put on it. */
function shelf(): EnvelopeShelf & { reads: number; puts: number } {
  const parts = new Map<string, (Int32Array | Float64Array)[]>();
  return {
    reads: 0,
    puts: 0,
    read({ windows, part }, into) {
      const there = parts.get(`${windows} ${part}`);
      if (there === undefined) return false;
      assert.deepEqual(
        there.map(({ length }) => length),
        into.map(({ length }) => length),
      );
      for (const [k, numbers] of there.entries()) into[k]?.set(numbers);
      this.reads++;
      return true;
    },
    put({ windows, part }, from) {
      parts.set(
        `${windows} ${part}`,
        from.map((numbers) => numbers.slice()),
      );
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
  .chain(([d, value]) => fc.record({ queries: list(value, d, 5), candidates: list(value, d, 20) }))
  // Of queries of different lengths, envelopes are kept nowhere.
  .map(({ queries, candidates }) => ({
    queries: queries.map((steps) => steps.slice(0, Math.min(...queries.map((one) => one.length)))),
    candidates,
  }));

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
    assert.ok(reads > 20 && puts > 20, `only ${reads} reads and ${puts} puts, so little was tested`);
  });

  it('do no harm where they are damaged: what was read of them is forgotten', () => {
    const noise = (k: number) => Array.from({ length: 40 }, (_, i) => [Math.sin(1e4 * Math.sin(k * 40 + i + 1))]);
    const candidates = Array.from({ length: 50 }, (_, k) => noise(k));
    const given = { queries: [noise(1000), noise(1001)], candidates };
    const computed = found(given, { sakoe_chiba_radius: 3 }, false);
    useEnvelopeShelf({
      read(_, into) {
        for (const numbers of into) numbers.fill(numbers instanceof Int32Array ? 40 : 1e9);
        return false;
      },
      put: () => {},
    });
    assert.deepEqual(found(given, { sakoe_chiba_radius: 3 }, true), computed);
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
