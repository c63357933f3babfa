import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import asc from 'assemblyscript/asc';
import { series } from './data.ts';

interface Exports {
  readonly memory: WebAssembly.Memory;
  batch(x: number, n: number, y: number, m: number, row: number): void;
}

/** Builds bench/scratch/dtw-batch.ts. Returns what runs it on eight pairs of n steps: 8 n^2 cells. */
export async function scratchKernel(): Promise<(n: number) => () => void> {
  const file = join(mkdtempSync(join(tmpdir(), 'scratch-')), 'scratch.wasm');
  const { error, stderr } = await asc.main([
    new URL('scratch/dtw-batch.ts', import.meta.url).pathname,
    '--baseDir',
    '/',
    '--outFile',
    file,
    '-O3',
    '--noAssert',
    '--runtime',
    'stub',
    '--enable',
    'simd,relaxed-simd,bulk-memory',
    '--initialMemory',
    '16',
  ]);
  if (error) throw new Error(stderr.toString(), { cause: error });
  const module = new WebAssembly.Module(new Uint8Array(readFileSync(file)));
  const { memory, batch } = new WebAssembly.Instance(module, {}).exports as unknown as Exports;
  return (n) => {
    const x = 65536;
    const y = x + 64 * Math.ceil((8 * n) / 64);
    const row = y + 64 * n;
    const numbers = new Float64Array(memory.buffer);
    numbers.set(series(n, 1), x >> 3);
    for (let lane = 0; lane < 8; lane++) {
      for (const [j, value] of series(n, lane + 2).entries()) numbers[(y >> 3) + 8 * j + lane] = value;
    }
    return () => batch(x, n, y, n, row);
  };
}
