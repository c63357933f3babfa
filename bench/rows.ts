import { kernelFor, type Pair, twinFor } from '../src/core/kernels/index.ts';
import { constraintBand } from '../src/core/metric/band.ts';
import type { cReference } from './c-reference.ts';
import { series } from './data.ts';
import { race } from './race.ts';
import { plainDtw, plainDtwMultivariate, plainSoftDtwGradient, plainSoftDtwTable } from './twins.ts';

/** A line of the table: a ratio, and the bound that it must satisfy. */
export interface Row {
  readonly task: string;
  readonly ratio: string;
  readonly target: number;
  /** Whether the ratio must be at least, or at most, the target. */
  readonly atLeast: boolean;
  readonly measured: number;
  /** Our nanoseconds per cell, if the row has cells. */
  readonly perCell?: number;
}

const never = () => {};
const dtw = kernelFor({ moves: { kind: 'warp', local: { cost: 'sqeuclidean' } }, reduce: 'min' }, 1);
/** The loops that define dtw, for any moves. */
const twin = twinFor({ moves: { kind: 'warp', local: { cost: 'sqeuclidean' } }, reduce: 'min' });
const dtw3 = kernelFor({ moves: { kind: 'warp', local: { cost: 'sqeuclidean' } }, reduce: 'min' }, 3);
const softDtw = (gamma: number) =>
  kernelFor({ moves: { kind: 'warp', local: { cost: 'sqeuclidean' } }, reduce: 'softmin', gamma }, 1);

/** Different pairs in turn: a branch predictor would learn a single pair, which flatters code with branches. */
function pairs(n: number, d = 1): () => Pair {
  const count = Math.max(1, Math.min(32, Math.round(1e6 / n / n)));
  const all = Array.from({ length: count }, (_, k) => ({
    s1: Float64Array.from(series(n, 2 * k + 1, d)),
    s2: Float64Array.from(series(n, 2 * k + 2, d)),
    n,
    m: n,
    d,
  }));
  let at = 0;
  return () => {
    at = (at + 1) % count;
    return all[at] as Pair;
  };
}

type Distance = (s1: Float64Array, s2: Float64Array) => number;

export async function dtwRows(peers: Record<string, Distance>, inC: ReturnType<typeof cReference>): Promise<Row[]> {
  const rows: Row[] = [];
  for (const n of [128, 1000, 4000]) {
    const next = pairs(n);
    const before = inC?.([n]).get(n);
    const times = await race({
      ours: () => dtw.value(next(), undefined, never),
      twin: () => twin.value(next(), undefined, never),
      hand: () => {
        const { s1, s2 } = next();
        return plainDtw(s1, s2);
      },
    });
    const c = Math.min(before ?? Infinity, inC?.([n]).get(n) ?? Infinity);
    const perCell = times.ours / n / n;
    const task = `dtw value, n = m = ${n}`;
    const target = n === 128 ? 6 : 7;
    rows.push({ task, ratio: 'twin / ours', target, atLeast: true, measured: times.twin / times.ours, perCell });
    rows.push({
      task,
      ratio: 'tuned by hand / ours',
      target,
      atLeast: true,
      measured: times.hand / times.ours,
      perCell,
    });
    if (n > 128) {
      if (Number.isFinite(c))
        rows.push({ task, ratio: 'ours / C with AVX', target: 1.3, atLeast: false, measured: perCell / c, perCell });
      const others = await race(
        Object.fromEntries([
          ['ours', () => dtw.value(next(), undefined, never)],
          ...Object.entries(peers).map(([name, distance]) => [
            name,
            () => {
              const { s1, s2 } = next();
              return distance(s1, s2);
            },
          ]),
        ]) as Record<string, () => unknown>,
        { rounds: 3 },
      );
      const { ours = Number.NaN, ...theirs } = others;
      const [best, time] = Object.entries(theirs).sort((a, b) => a[1] - b[1])[0] as [string, number];
      rows.push({ task, ratio: `${best} / ours`, target: 10, atLeast: true, measured: time / ours });
    }
  }
  return rows;
}

export async function dtwVariantRows(): Promise<Row[]> {
  const n = 1000;
  const next = pairs(n);
  const band = constraintBand(n, n, { global_constraint: null, sakoe_chiba_radius: 100, itakura_max_slope: null });
  const times = await race({
    value: () => dtw.value(next(), undefined, never),
    band: () => dtw.value(next(), band, never),
    path: () => dtw.path?.(next(), undefined, never),
    gradient: () => dtw.gradient(next(), undefined, never),
  });
  const shorter = pairs(128);
  const short = await race({
    value: () => dtw.value(shorter(), undefined, never),
    path: () => dtw.path?.(shorter(), undefined, never),
    gradient: () => dtw.gradient(shorter(), undefined, never),
  });
  const three = pairs(500, 3);
  const multivariate = await race({
    ours: () => dtw3.value(three(), undefined, never),
    twin: () => {
      const { s1, s2, d } = three();
      return plainDtwMultivariate(s1, s2, d);
    },
  });
  return [
    {
      task: 'dtw, Sakoe-Chiba radius 10 %, n = 1000',
      ratio: 'banded / whole',
      target: 0.25,
      atLeast: false,
      measured: times.band / times.value,
    },
    ...(['path', 'gradient'] as const).map((what) => ({
      task: `dtw value + ${what}, n = 128`,
      ratio: 'with / without',
      target: 2,
      atLeast: false,
      measured: short[what] / short.value,
    })),
    {
      task: 'dtw value + gradient, n = 1000',
      ratio: 'with / without',
      target: 2,
      atLeast: false,
      measured: times.gradient / times.value,
    },
    {
      task: 'dtw path, n = 1000',
      ratio: 'with / without',
      target: 2,
      atLeast: false,
      measured: times.path / times.value,
    },
    {
      task: 'dtw d = 3, n = 500',
      ratio: 'twin / ours',
      target: 4,
      atLeast: true,
      measured: multivariate.twin / multivariate.ours,
      perCell: multivariate.ours / 250_000,
    },
  ];
}

export async function softRows(): Promise<Row[]> {
  const rows: Row[] = [];
  for (const n of [128, 1000]) {
    const next = pairs(n);
    for (const gamma of [0.01, 1, 10]) {
      const kernel = softDtw(gamma);
      const times = await race(
        {
          ours: () => kernel.value(next(), undefined, never),
          twin: () => {
            const { s1, s2 } = next();
            return plainSoftDtwTable(s1, s2, gamma);
          },
        },
        { rounds: 3 },
      );
      rows.push({
        task: `soft-dtw value, gamma ${gamma}, n = ${n}`,
        ratio: 'twin / ours',
        target: 15,
        atLeast: true,
        measured: times.twin / times.ours,
        perCell: times.ours / n / n,
      });
    }
    const kernel = softDtw(1);
    const times = await race(
      {
        ours: () => kernel.gradient(next(), undefined, never),
        twin: () => {
          const { s1, s2 } = next();
          return plainSoftDtwGradient(s1, s2, 1);
        },
      },
      { rounds: 3 },
    );
    const perCell = times.ours / n / n;
    const task = `soft-dtw value + gradient, n = ${n}`;
    rows.push({ task, ratio: 'twin / ours', target: 10, atLeast: true, measured: times.twin / times.ours, perCell });
  }
  return rows;
}
