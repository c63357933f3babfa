import type { BackendName } from './backend-name.ts';
import { isNumpyArray } from './is-numpy-array.ts';
import { isTensor } from './is-tensor.ts';
import { isTypedArray } from './typed-array.ts';

/**
 * The backend that data belongs to, by what it is and never by how it prints. A list belongs where its first telling
 * element does, at any depth; a list of nothing is a number array. Scalars, null and undefined tell nothing.
 */
export function decide(data: unknown): BackendName | undefined {
  if (Array.isArray(data)) return data.length === 0 ? 'numpy' : firstDecided(data);
  if (isTensor(data)) return 'tfjs';
  return isNumpyArray(data) || isTypedArray(data) ? 'numpy' : undefined;
}

function firstDecided(list: readonly unknown[]): BackendName | undefined {
  for (const element of list) {
    const found = typeof element === 'number' ? 'numpy' : decide(element);
    if (found !== undefined) return found;
  }
  return undefined;
}
