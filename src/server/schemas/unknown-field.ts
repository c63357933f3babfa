import { isSameName, type MetricRecord, metrics, nearestName } from '../../core/server-door.ts';
import { shown } from '../http/unknown-keys.ts';
import type { Asked } from './asked.ts';
import { flagElsewhere, flagOf } from './flag-names.ts';
import { peerAdvice } from './peer-names.ts';

/** The error for a field that an operation does not have, and what to send instead, if anything is close. */
export const unknownField = (key: string, record: MetricRecord, operation: Asked, known: readonly string[]): string =>
  `unknown field ${shown(key)}: ${adviceOn(key, record, operation, known)}`;

function adviceOn(key: string, record: MetricRecord, operation: Asked, known: readonly string[]): string {
  const flag = flagOf(key);
  if (flag !== undefined) {
    const here = operation.flags(record).includes(flag);
    return here ? `send it in the query: ?${flag}=true` : flagElsewhere(flag, record, operation);
  }
  const same = known.find((one) => isSameName(one, key));
  if (same !== undefined) return `did you mean "${same}"?`;
  const { use, otherwise } = peerAdvice(key, known);
  if (use !== undefined) return use;
  if (Object.hasOwn(record.params.shape, key)) {
    return `POST /${record.name} takes it, but ${operation.suffix.slice(1)} does not`;
  }
  if (otherwise !== undefined) return otherwise;
  const near = nearestName(key, known);
  if (near !== undefined) return `did you mean "${near}"?`;
  const able = metrics.filter(({ params }) => Object.hasOwn(params.shape, key)).map(({ name }) => name);
  return able.length > 0 ? `metrics that take it: ${able.join(', ')}` : `this route takes ${known.join(', ')}`;
}
