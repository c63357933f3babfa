import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Nanoseconds per cell of the C wavefront for each n; undefined if there is no gcc to compile it. */
export function cReference(): ((ns: readonly number[]) => Map<number, number>) | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'warpserve-bench-'));
  process.on('exit', () => rmSync(folder, { recursive: true }));
  const program = join(folder, 'wavefront');
  try {
    const source = new URL('./c/wavefront.c', import.meta.url).pathname;
    execFileSync('gcc', ['-O3', '-march=native', '-ffast-math', source, '-o', program, '-lm'], { stdio: 'pipe' });
  } catch {
    return undefined;
  }
  return (ns) => {
    const lengths = ns.flatMap((n) => [String(n), String(Math.max(2, Math.round(2e7 / n / n)))]);
    const lines = execFileSync(program, lengths, { encoding: 'utf8' }).trim().split('\n');
    return new Map(lines.map((line) => line.split(' ').map(Number) as [number, number]));
  };
}
