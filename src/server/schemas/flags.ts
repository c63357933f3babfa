import { z } from 'zod';
import { type Extra, type MetricRecord, nearestName } from '../../core/server-door.ts';
import { eachUnknown, shown } from '../http/unknown-keys.ts';
import type { Asked } from './asked.ts';
import { flagElsewhere, flagOf } from './flag-names.ts';
import { peerAdvice } from './peer-names.ts';
import { placementOf } from './placement.ts';

const meanings: Record<Extra, string> = {
  grad: 'Also return the gradient of the value with respect to both series, each in the shape of its input.',
  path: 'Also return an optimal path, as a list of index pairs [i, j].',
  alignment: 'Also return the alignment matrix: the weight of each pair of steps in the (soft) alignment.',
};

/** A query of boolean flags. The error for any other parameter says where it belongs, or which one is nearest. */
export function flagsQuery(record: MetricRecord, operation: Asked) {
  const flag = (extra: Extra) =>
    z
      .stringbool({ truthy: ['true'], falsy: ['false'] })
      .default(false)
      .meta({ type: 'boolean', description: operation.flagMeans?.[extra] ?? meanings[extra] });
  const shape = Object.fromEntries(operation.flags(record).map((extra) => [extra, flag(extra)]));
  return z.strictObject(shape, { error: eachUnknown((key) => unknownParameter(key, record, operation)) });
}

function unknownParameter(key: string, record: MetricRecord, operation: Asked): string {
  const flags = operation.flags(record);
  const flag = flagOf(key);
  if (flag !== undefined && !flags.includes(flag)) return flagElsewhere(flag, record, operation);
  return `unknown query parameter ${shown(key)}: ${flag ? `did you mean "${flag}"?` : adviceOn(key, record, operation)}`;
}

/** With an .npz, its scalars have been removed from the query: one that is still there came with JSON. */
function adviceOn(key: string, record: MetricRecord, operation: Asked): string {
  const { arrays, scalars } = placementOf(record, operation);
  if (scalars.has(key)) return 'it is a field of the JSON body (it goes in the query only with an .npz body)';
  if (arrays.has(key)) return 'it is an array: send it in the body';
  const flags = operation.flags(record);
  const known = [...flags, ...scalars.keys()];
  const near = nearestName(key, known);
  const otherwise = flags.length > 0 ? `this route takes ${flags.join(', ')}` : 'this route takes none';
  const peer = peerAdvice(key, known);
  return peer.use ?? peer.otherwise ?? (near === undefined ? otherwise : `did you mean "${near}"?`);
}
