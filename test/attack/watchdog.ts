import { readFile } from 'node:fs/promises';
import { parentPort, workerData } from 'node:worker_threads';
import type { Watched } from './memory-attack.ts';

// A thread beside an attack, so that the attacker's own work does not count: looks at the memory of a process, ends it where it exceeds the limit, as a
// container would, and asks for /livez.

const { pid, url, limit } = workerData as { pid: number; url: string; limit: number };
const seen: { -readonly [key in keyof Watched]: Watched[key] } = { peak: 0, slowest: 0, killed: false };

const look = setInterval(async () => {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const resident = 1024 * Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0);
  seen.peak = Math.max(seen.peak, resident);
  if (resident <= limit || seen.killed) return;
  seen.killed = true;
  process.kill(pid, 'SIGKILL');
}, 10);

let isOver = false;
const asking = (async () => {
  while (!isOver) {
    const started = performance.now();
    const alive = await fetch(`${url}/livez`).then(
      ({ status }) => status === 200,
      () => false,
    );
    seen.slowest = Math.max(seen.slowest, alive ? performance.now() - started : Number.POSITIVE_INFINITY);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
})();

parentPort?.on('message', async () => {
  isOver = true;
  await asking;
  clearInterval(look);
  parentPort?.postMessage(seen satisfies Watched);
  parentPort?.close();
});
