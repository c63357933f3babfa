import {
  type CdistGradientProblem,
  type CdistProblem,
  cdistGradientPrice,
  computeGradientBlock,
  type Dataset,
  type FlatCdistGradient,
  flatCdistGradient,
  type Grid,
  gradientBlocks,
  type MetricRecord,
  metricRecord,
  presentCdistGradient,
  rowsOf,
  type Series,
  sliceOf,
} from '../../core/server-door.ts';
import { joined, partsOf } from './join-grids.ts';
import type { Common, Plan, Tiling } from './operation.ts';

/** What a matrix with its gradient is asked for with. */
export interface CdistBody {
  dataset1: Dataset;
  dataset2?: Dataset;
  cotangent?: Series;
}

/** A block of rows. The datasets and `out` are shared memory. */
export interface GradientInput {
  readonly metric: string;
  readonly problem: CdistGradientProblem;
  readonly block: number;
  readonly out: FlatCdistGradient;
}

/** The matrix together with the gradient of sum(cotangent * matrix): a piece for each block of rows. */
export function gradientPlan(record: MetricRecord, problem: CdistGradientProblem): Plan<GradientInput, null> {
  return {
    price: cdistGradientPrice(record, problem),
    cut() {
      const out = flatCdistGradient(problem, (count) => new Float64Array(new SharedArrayBuffer(8 * count)));
      const inputs = Array.from(gradientBlocks(problem), (_, block) => ({ metric: record.name, problem, block, out }));
      return { inputs, answer: () => presentCdistGradient(record, problem, out) };
    },
  };
}

/** Computes a block. */
export function gradientJob({ metric, problem, block, out }: GradientInput, cancel: Int32Array): null {
  computeGradientBlock(metricRecord(metric), problem, block, out, cancel);
  return null;
}

/** Splits it into ranges of rows, whose gradients are added in their order. */
export function gradientTiles(
  record: MetricRecord,
  body: CdistBody & Common,
  problem: CdistProblem,
  cells: number,
): Tiling<CdistBody> {
  const { dataset1, dataset2 = dataset1, cotangent } = body;
  const rows = dataset1.lengths.length;
  const each = cdistGradientPrice(record, { ...problem, cotangent }).cells / rows;
  const height = Math.max(1, Math.min(rows, Math.floor(cells / each)));
  return {
    count: Math.ceil(rows / height),
    bodies(tile) {
      const [from, to] = [tile * height, Math.min(rows, (tile + 1) * height)];
      const part = {
        ...body,
        dataset1: sliceOf(dataset1, from, to),
        dataset2,
        ...(cotangent && { cotangent: rowsOf(cotangent, from, to) }),
      };
      return [part];
    },
    join(answers) {
      const parts = answers as Answer[];
      const [first] = parts as [Answer];
      const matrix = joined(parts.map((part) => part.matrix)) as Grid;
      const second = parts.map(({ gradient }) => gradient.dataset2).reduce(sum);
      const rowsSum = joined(parts.map(({ gradient }) => gradient.dataset1));
      const slopes = (['gamma', 'sigma'] as const).flatMap((by) => {
        const known = parts.flatMap(({ gradient }) => gradient[by] ?? []);
        return known.length > 0 ? [[by, known.reduce((a, b) => a + b, 0)]] : [];
      });
      return {
        ...first,
        matrix,
        shape: matrix.shape,
        gradient: {
          dataset1: body.dataset2 ? rowsSum : sum(rowsSum, second),
          ...(body.dataset2 && { dataset2: second }),
          ...Object.fromEntries(slopes),
        },
      };
    },
  };
}

type Gradients = Grid | readonly Grid[];

/** The response of a tile before its arrays become lists. */
interface Answer {
  readonly matrix: Grid;
  readonly gradient: {
    readonly dataset1: Gradients;
    readonly dataset2: Gradients;
    readonly gamma?: number;
    readonly sigma?: number;
  };
}

/** Adds b to a, in place. */
function sum(a: Gradients, b: Gradients): Gradients {
  const others = partsOf(b);
  for (const [k, { data }] of partsOf(a).entries()) {
    const other = (others[k] as Grid).data;
    for (let at = 0; at < data.length; at++) data[at] = (data[at] as number) + (other[at] as number);
  }
  return a;
}
