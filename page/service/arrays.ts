import { unzipSync } from 'fflate';
import { matrixIn, nested, readArray } from '../data/npy.ts';

/**
 * The response about a pair as it would have come in JSON, from the .npz with its arrays: a soft alignment is much faster to write and to read
 * so. The alignment stays flat.
 */
export function answerIn(npz: Uint8Array): object {
  const answer: Record<string, unknown> = {};
  const gradient: Record<string, unknown> = {};
  for (const [file, bytes] of Object.entries(unzipSync(npz))) {
    const name = file.replace(/\.npy$/, '');
    const [, slopes] = /^gradient_(.*)$/.exec(name) ?? [];
    if (name === 'alignment') answer[name] = matrixIn(bytes);
    else if (slopes) gradient[slopes] = listsIn(bytes);
    else answer[name] = listsIn(bytes);
  }
  return Object.keys(gradient).length > 0 ? { ...answer, gradient } : answer;
}

/** A number or text, a list, or a list of rows. */
function listsIn(bytes: Uint8Array): unknown {
  const { shape, flat } = readArray(bytes);
  const [, columns] = shape;
  return shape.length === 0 ? flat[0] : columns === undefined ? flat : nested(flat, columns);
}
