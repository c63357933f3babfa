import { nodeRequire } from '../../input/arrays/node-require.ts';

/**
 * Puts back what @tensorflow/tfjs-node 4.22 calls of node:util: `isNullOrUndefined`, which Node 23 removed, and `isArray`, which warns (DEP0044)
 * and will be removed. Without the first, no operation works (tfjs #8609). To be called before it is loaded.
 */
export function putBackIntoUtil(): void {
  // The module object that a require sees; an import would see a copy that cannot be changed.
  const util = nodeRequire(import.meta.url)('node:util') as Record<string, unknown>;
  util.isArray = Array.isArray;
  util.isNullOrUndefined ??= (value: unknown) => value === undefined || value === null;
}
