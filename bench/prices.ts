// node bench/prices.ts [part of a name, as numpy, or dtw/cdist]: the time of a priced cell, of every metric, operation and backend, for short and long series of few and
// many values. A price is fair if no request's cells take ten times as long, or a tenth, as those of most requests of its backend.
import { availableParallelism, cpus, loadavg } from 'node:os';
import {
  evaluate,
  gridsToLists,
  InvalidInput,
  type MetricRecord,
  metrics,
  type Params,
  setTfjsEngine,
  totalCells,
} from '../src/core/server-door.ts';
import { operations } from '../src/server/operations/index.ts';
import type { Operation } from '../src/server/operations/operation.ts';
import { bodySchema } from '../src/server/schemas/body.ts';
import { series } from './data.ts';

const MOST = 10;
/** Longer requests are skipped, so that the table takes only minutes. */
const MOST_CELLS = { numpy: 1e8, tfjs: 2e8 };
const MILLISECONDS = 5;

const only = process.argv[2] ?? '';
const N = [8, 100, 1500];
const D = [1, 8, 50];

/** A request of one case: the body as a client would send it, and the flags of the query. */
interface Case {
  readonly what: string;
  readonly body: Record<string, unknown>;
  readonly flags?: Record<string, boolean>;
}

interface Figure {
  readonly name: string;
  readonly be: 'numpy' | 'tfjs';
  readonly what: string;
  readonly cells: number;
  /** Nanoseconds per priced cell. */
  readonly rate: number;
  readonly again: () => number;
}

function one(n: number, d: number, seed: number): number[] | number[][] {
  const flat = series(n, seed, d);
  return d === 1 ? flat : Array.from({ length: n }, (_, i) => flat.slice(i * d, (i + 1) * d));
}

/** What bounds cannot prune: each step is drawn anew. */
function noise(n: number, d: number, seed: number): number[] | number[][] {
  const walk = series(n + 1, seed, d);
  const steps = walk.slice(d).map((x, at) => x - (walk[at] as number));
  return d === 1 ? steps : Array.from({ length: n }, (_, i) => steps.slice(i * d, (i + 1) * d));
}

const many = (count: number, n: number, d: number, seed = 1) =>
  Array.from({ length: count }, (_, k) => one(n, d, seed + k));

/** The cases of an operation for series of n steps of d values. */
function casesOf({ name }: Operation, record: MetricRecord, n: number, d: number): Case[] {
  const size = `n ${n} d ${d}`;
  const [s1, s2] = [one(n, d, 1), one(n, d, 2)];
  switch (name) {
    case 'evaluate':
      return [
        ...variantsOf(record, n, d).flatMap(([what, params]) =>
          [undefined, ...record.gives]
            .filter((extra) => !(extra === 'path' && hasNoPath(record, params, d)))
            .map((extra) => ({
              what: `${size} ${extra ?? 'value'} ${what}`,
              body: { s1, s2, ...params },
              flags: extra ? { [extra]: true } : {},
            })),
        ),
        ...unlikeOf(record, n, d),
      ];
    case 'cdist':
      return [
        { what: `${size} 12 x 12 self`, body: { dataset1: many(12, n, d) } },
        { what: `${size} 2 x 40`, body: { dataset1: many(2, n, d), dataset2: many(40, n, d, 50) } },
        { what: `${size} 400 x 400 self`, body: { dataset1: many(400, n, d) } },
        { what: `${size} 300 x 300`, body: { dataset1: many(300, n, d), dataset2: many(300, n, d, 500) } },
        ...gradientOf(record, {
          what: `${size} 8 x 8`,
          body: { dataset1: many(8, n, d), dataset2: many(8, n, d, 50) },
        }),
      ];
    case 'pairs':
      return [3, 200].flatMap((count) => {
        const values = {
          what: `${size} of ${count}`,
          body: { dataset1: many(count, n, d), dataset2: many(count, n, d, 500) },
        };
        return [values, ...gradientOf(record, values)];
      });
    case 'neighbors':
      return [
        {
          what: `${size} 3 nearest of 30 that are all alike`,
          body: {
            queries: [noise(n, d, 1)],
            candidates: Array.from({ length: 30 }, (_, k) => noise(n, d, 9 + k)),
            k: 3,
          },
        },
      ];
    case 'subsequence':
      return [1, 1e9].flatMap((k) =>
        [{}, { sakoe_chiba_radius: 4 }].map((params) => ({
          what: `${size} in ${20 * n} k ${k} ${named(params)}`,
          body: { query: s1, series: one(20 * n, d, 3), k, ...params },
        })),
      );
    case 'lower-bound':
      return [{ what: size, body: { s1, s2, radius: 5 } }];
    case 'bandwidth':
      return [10, 100, 2000].map((n_samples) => ({
        what: `${size} n_samples ${n_samples}`,
        body: { dataset: many(3, n, d), n_samples },
      }));
    case 'barycenter by paths':
    case 'barycenter by gradients':
      return [2, 15].flatMap((max_iter) =>
        [4, n === 8 ? 300 : 20].map((count) => ({
          what: `${size} of ${count} max_iter ${max_iter}`,
          body: { dataset: many(count, n, d), max_iter, tol: 0 },
        })),
      );
    default:
      throw new Error(`${name}: no cases; add some here`);
  }
}

/** A long series beside a short one, and a narrow band of a long one: what is kept of the table must not cost more than what is visited. */
function unlikeOf(record: MetricRecord, n: number, d: number): Case[] {
  if (record.equalLengths || d > 1) return [];
  const least = record.prepare === 'derivative' ? 3 : 1;
  const flags = record.gives.includes('path') ? { path: true } : {};
  const unlike = { what: `${least} x ${20 * n} steps`, body: { s1: one(least, d, 1), s2: one(20 * n, d, 2) } };
  if (!('sakoe_chiba_radius' in record.params.shape)) return [unlike];
  const narrow = { s1: one(2 * n, d, 1), s2: one(2 * n, d, 2), sakoe_chiba_radius: 2 };
  return [unlike, { what: `${2 * n} steps in a radius of 2`, body: narrow, flags }];
}

/** The same with its gradient, of a metric that has one. */
const gradientOf = ({ gives }: MetricRecord, { what, body }: Case): Case[] =>
  gives.includes('grad') ? [{ what: `${what} grad`, body, flags: { grad: true } }] : [];

const named = (params: object): string =>
  Object.entries(params)
    .map(([key, value]) => `${key} ${value}`)
    .join(' ');

/** The defaults, and for middle sizes whatever else decides how a pair is computed. */
function variantsOf({ params }: MetricRecord, n: number, d: number): [string, Record<string, unknown>][] {
  const has = (name: string) => name in params.shape;
  const all: Record<string, unknown>[] = [{}];
  if (has('sakoe_chiba_radius')) all.push({ sakoe_chiba_radius: Math.max(1, Math.round(n / 20)) });
  if (n === 100 && d < 50) {
    if (has('sakoe_chiba_radius')) all.push({ global_constraint: 'itakura' });
    if (has('gamma')) all.push({ gamma: 0.1 }, { gamma: 0 });
    if (has('metric')) all.push({ metric: 'cityblock' }, { metric: 'minkowski', p: 3 });
    if (has('independent')) all.push({ independent: false });
    if (has('max_iter')) all.push({ max_iter: 3 });
    if (has('reach')) all.push({ reach: 2 }, { reach: 100 });
    if (has('max_shift')) all.push({ max_shift: 5 });
    if (has('max_length')) all.push({ max_length: n + 5 });
    if (has('n_segments')) all.push({ n_segments: n, alphabet_size_avg: 20 });
  }
  return all.map((one) => [named(one), one]);
}

function hasNoPath(record: MetricRecord, params: Record<string, unknown>, d: number): boolean {
  const whole = record.params.parse(params) as unknown as Params;
  return Number(whole.gamma) > 0 || ((record.perChannel?.(whole) ?? false) && d > 1);
}

/** What the service does for a case, but for reading the body, and its price. */
function requestOf(record: MetricRecord, operation: Operation, be: 'numpy' | 'tfjs', { body, flags = {} }: Case) {
  const parsed = bodySchema(record, operation).parse({ ...body, be }) as Record<string, unknown>;
  const own = [...Object.keys(operation.fields), 'be', 'layout'];
  const params = Object.fromEntries(Object.entries(parsed).filter(([key]) => !own.includes(key)));
  const plan = operation.plan(record, { ...parsed, params: params as Params, be }, flags);
  const never = new Int32Array(1);
  const run = () => {
    const { inputs, answer } = plan.cut(plan.price.cells, false);
    return JSON.stringify(gridsToLists(answer(inputs.map((input) => operation.job(input, never))))).length;
  };
  return { cells: totalCells(plan.price), run };
}

/** The fastest of some runs, in nanoseconds. */
function fastest(run: () => unknown, milliseconds = MILLISECONDS): number {
  let [least, total] = [Infinity, 0];
  for (let round = 0; round < 2 || (total < milliseconds && round < 500); round++) {
    const started = performance.now();
    run();
    const took = performance.now() - started;
    least = Math.min(least, took);
    total += took;
    if (total > 150) break;
  }
  return 1e6 * least;
}

const show = (rate: number): string => rate.toFixed(3).padStart(7);

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] as number;

setTfjsEngine('cpu');
const started = performance.now();
console.log(
  `Node ${process.version}, ${cpus()[0]?.model} x ${availableParallelism()}, load ${loadavg()[0]?.toFixed(1)}: nanoseconds per priced cell\n`,
);
const figures: Figure[] = [];
let outliers = 0;
for (const be of ['numpy', 'tfjs'] as const) {
  evaluate('dtw', [1, 2, 3], [3, 4, -3], { be }); // TensorFlow.js is loaded when it is first asked for
  const mine = measureAll(be);
  figures.push(...mine);
  if (mine.length > 0) outliers += judge(be, mine);
}

/** The figures of a backend; prints a line for each metric and operation. */
function measureAll(be: 'numpy' | 'tfjs'): Figure[] {
  const found: Figure[] = [];
  for (const record of metrics) {
    for (const operation of operations) {
      const name = `${record.name}${operation.suffix}`;
      const { backends = record.backends } = operation;
      if (!operation.appliesTo(record) || !backends.includes(be) || !`${be} ${name}`.includes(only)) continue;
      const before = found.length;
      for (const d of D) {
        for (const n of N) {
          for (const asked of casesOf(operation, record, n, d)) {
            const { cells, run } = requestOf(record, operation, be, asked);
            if (cells > MOST_CELLS[be]) continue;
            const measure = (milliseconds?: number) => fastest(run, milliseconds) / cells;
            try {
              found.push({
                name,
                be,
                what: asked.what,
                cells,
                rate: measure(),
                again: () => measure(5 * MILLISECONDS),
              });
            } catch (error) {
              // A service refuses it just so.
              if (!(error instanceof InvalidInput && error.code === 'out_of_range')) throw error;
              console.log(
                `${be.padEnd(6)} ${name.padEnd(36)} ${asked.what}: out of the range of its numbers, left out`,
              );
            }
          }
        }
      }
      const rates = found.slice(before).map(({ rate }) => rate);
      if (rates.length === 0) continue;
      console.log(
        `${be.padEnd(6)} ${name.padEnd(36)} ${String(rates.length).padStart(3)} requests  ${show(Math.min(...rates))} to ${show(Math.max(...rates))}`,
      );
    }
  }
  return found;
}

/** Prints the outliers of a backend, and says how many there are. */
function judge(be: 'numpy' | 'tfjs', figures: readonly Figure[]): number {
  const middle = median(figures.map(({ rate }) => rate));
  const isFair = (rate: number) => rate < MOST * middle && rate > middle / MOST;
  console.log(
    `${be}: ${figures.length} requests, median ${middle.toFixed(3)}; times the median, least and most of each row`,
  );
  // A machine that others use makes outliers of its own: what looks like one is measured again.
  const found = figures
    .filter(({ rate }) => !isFair(rate))
    .map((figure) => ({ ...figure, rate: Math.min(figure.rate, figure.again(), figure.again()) }))
    .filter(({ rate }) => !isFair(rate));
  for (const { name, what, cells, rate } of found) {
    console.log(
      `  OUTLIER ${name} ${what}: ${cells.toExponential(2)} cells, ${(rate / middle).toFixed(2)} times the median`,
    );
  }
  return found.length;
}

console.log(
  `\n${outliers === 0 ? 'pass ' : 'SHORT'} ${outliers} of ${figures.length} requests take ${MOST} times as long a priced cell as the median of their backend, or a tenth; target: none. ${((performance.now() - started) / 1000).toFixed(0)} s`,
);
process.exitCode = outliers === 0 ? 0 : 1;
