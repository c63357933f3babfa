import type { Instance } from './instance.ts';

/** Puts the square roots of an even number of numbers in their place, which may be in the memory of the kernels. Returns their sum. */
export function squareRoots({ wasm, f64 }: Instance, numbers: Float64Array): number {
  if (numbers.buffer === f64.buffer) return wasm.takeRoots(numbers.byteOffset, numbers.length);
  let sum = 0;
  for (let at = 0; at < numbers.length; at++) {
    const root = Math.sqrt(numbers[at]);
    numbers[at] = root;
    sum += root;
  }
  return sum;
}
