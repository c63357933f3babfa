import type { MetricRecord } from '../../core/server-door.ts';
import type { Datasets } from '../datasets/datasets.ts';
import { operationOf } from '../operations/index.ts';
import type { Operation, Tiling } from '../operations/operation.ts';
import type { Job, KeptRequest } from './job.ts';
import { bodyOf } from './keep-request.ts';

/** A stored request, read back and split. */
export interface TiledJob {
  readonly owner: string;
  readonly record: MetricRecord;
  readonly operation: Operation;
  readonly query: KeptRequest['query'];
  readonly tiling: Tiling<object>;
  /** The content that it computes with. */
  readonly digests: readonly string[];
}

/** Reads a stored request back and splits it as before. @throws StoreFailure if content is gone */
export async function tiledJob(
  datasets: Datasets,
  { owner, request, tile_cells }: Pick<Job, 'owner' | 'request' | 'tile_cells'>,
): Promise<TiledJob> {
  const { metric, suffix, query } = request;
  const [record, operation] = operationOf(metric, suffix);
  const body = await bodyOf(datasets, request);
  return {
    owner,
    record,
    operation,
    query,
    tiling: tilingOf(operation, record, body, tile_cells, query),
    digests: Object.values(request.fields).flatMap((field) =>
      'dataset' in field ? [field.dataset] : 'series' in field ? [field.series] : [],
    ),
  };
}

/** The tiles of an operation; without tiles, the request is a single one. */
export function tilingOf(
  operation: Operation,
  record: MetricRecord,
  body: Parameters<Operation['plan']>[1],
  cells: number,
  query: KeptRequest['query'],
): Tiling<object> {
  return (
    operation.tiles?.(record, body, cells, query) ?? {
      count: 1,
      bodies: () => [body],
      join: ([answer]) => answer as object,
    }
  );
}
