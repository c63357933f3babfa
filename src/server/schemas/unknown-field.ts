import { type MetricRecord, metrics, nearestName } from '../../core/server-door.ts';
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
  const peer = peerAdvice(key, known);
  if (peer !== undefined) return peer;
  const near = nearestName(key, known);
  if (near !== undefined) return `did you mean "${near}"?`;
  const able = metrics.filter(({ params }) => Object.hasOwn(params.shape, key)).map(({ name }) => name);
  if (able.includes(record.name)) return `POST /${record.name} takes it, but ${operation.suffix.slice(1)} does not`;
  return able.length > 0 ? `metrics that take it: ${able.join(', ')}` : `this route takes ${known.join(', ')}`;
}
