import { type CdistProblem, type MetricRecord, matrixShape, tiles } from '../../core/index.ts';
import type { TileJob } from './message.ts';

/** The tiles of a matrix, of about `cells` cells each, as jobs that write into one shared array, row-major. */
export function tileJobs(record: MetricRecord, problem: CdistProblem, cells: number) {
  const [rows, columns] = matrixShape(problem);
  const out = new Float64Array(new SharedArrayBuffer(8 * rows * columns));
  const jobs = tiles(record, problem, cells).map((tile): TileJob => ({ metric: record.name, problem, tile, out }));
  return { out, jobs };
}
