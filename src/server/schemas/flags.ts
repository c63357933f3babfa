import { z } from 'zod';
import { type Extra, type MetricRecord, metrics } from '../../core/server-door.ts';

const meanings: Record<Extra, string> = {
  grad: 'Also return the gradient of the value with respect to both series, each in the shape of its input.',
  path: 'Also return an optimal path, as a list of index pairs [i, j].',
  alignment: 'Also return the alignment matrix: the weight of each pair of steps in the (soft) alignment.',
};

/** A query of boolean flags. A flag that only other metrics support is rejected with their names. */
export function flagsQuery(record: MetricRecord, flags: readonly Extra[]) {
  const flag = (extra: Extra) =>
    z
      .stringbool({ truthy: ['true'], falsy: ['false'] })
      .default(false)
      .meta({ type: 'boolean', description: meanings[extra] });
  const shape = Object.fromEntries(flags.map((extra) => [extra, flag(extra)]));
  return z.strictObject(shape, {
    error: (issue) => (issue.code === 'unrecognized_keys' ? unknown(issue.keys as string[], record, flags) : undefined),
  });
}

function unknown(keys: readonly string[], record: MetricRecord, flags: readonly Extra[]): string {
  return keys
    .map((key) => {
      const able = metrics.filter(({ gives }) => (gives as readonly string[]).includes(key)).map(({ name }) => name);
      if (able.length > 0) return `${record.name} does not support ${key} here; metrics that do: ${able.join(', ')}`;
      return `unknown query parameter "${key}": this route takes ${flags.join(', ') || 'none'}`;
    })
    .join('; ');
}
