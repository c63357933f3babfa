import { EXTRAS, type Extra, type MetricRecord, metrics, nearestName } from '../../core/server-door.ts';
import type { Asked } from './asked.ts';

/** Names of flags in other libraries. */
const OTHER_NAMES = new Map<string, Extra>([
  ['gradient', 'grad'],
  ['gradients', 'grad'],
  ['requires_grad', 'grad'],
  ['return_grad', 'grad'],
  ['return_path', 'path'],
  ['with_path', 'path'],
  ['warping_path', 'path'],
  ['path_only', 'path'],
  ['backtrack', 'path'],
  ['return_steps', 'path'],
]);

/** What a flag returns, in words. */
const words: Readonly<Record<Extra, string>> = { grad: 'gradient', path: 'path', alignment: 'alignment' };

/** The flag that a name means, in any spelling; undefined if there is none. */
export const flagOf = (name: string): Extra | undefined =>
  OTHER_NAMES.get(name.toLowerCase()) ?? (nearestName(name, EXTRAS) as Extra | undefined);

/** Why an operation on a metric does not support a flag, and what does. */
export function flagElsewhere(flag: Extra, { name, gives }: MetricRecord, { suffix }: Asked): string {
  const word = words[flag];
  const a = `${/^[aeiou]/.test(word) ? 'an' : 'a'} ${word}`;
  const here = suffix.slice(1);
  if (gives.includes(flag))
    return `${here} does not return ${a}: POST /${name}?${flag}=true returns the ${word} of one pair`;
  const able = metrics.filter((one) => one.gives.includes(flag)).map((one) => one.name);
  return `${name} does not support ${flag}; metrics that do: ${able.join(', ')}`;
}
