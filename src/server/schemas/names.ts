import type { MetricRecord } from '../../core/server-door.ts';
import { typeName } from '../document/walk.ts';
import type { Asked } from './asked.ts';

// The names that generated clients give to bodies and responses.

/** The body of an operation: `DtwCdistRequest`; of one without parameters of the metric, the same for all metrics: `CdistRequest`. */
export function requestName(record: MetricRecord, operation: Asked): string {
  const params = operation.params?.(record) ?? record.params.shape;
  const isOwn = Object.keys(params).length > 0;
  const suffix = typeName(operation.suffix);
  return `${isOwn ? typeName(record.name) : suffix === '' ? 'Pair' : ''}${suffix}Request`;
}

/** The response of an operation, the same for all metrics: `PairResult`, `CdistResult`; of a pair with more than others, `ShiftPairResult`. */
export function resultName(record: MetricRecord, { suffix }: Asked): string {
  const also =
    suffix === ''
      ? Object.keys(record.also ?? {})
          .map(typeName)
          .join('')
      : '';
  return `${also}${typeName(suffix) || 'Pair'}Result`;
}
