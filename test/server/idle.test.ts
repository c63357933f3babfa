import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { startProcess } from '../support/start-process.ts';

async function metric(url: string, name: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]);
}

const MB = 2 ** 20;

describe('a service that has just started', () => {
  it('takes at most 180 MB with one worker, and a second of processor time', async () => {
    const service = await startProcess({ WORKERS: '1', LOG_LEVEL: 'warn' });
    try {
      // What the start left behind is given back as soon as it is ready.
      let taken = Number.POSITIVE_INFINITY;
      for (let k = 0; k < 50 && !(taken <= 180 * MB); k++) {
        await new Promise((resolve) => setTimeout(resolve, 100));
        taken = await metric(service.url, 'process_resident_memory_bytes');
      }
      assert.ok(taken <= 180 * MB, `${(taken / MB).toFixed(0)} MB`);
      // Both threads together, on a machine that may be busy: main and worker run side by side.
      const seconds = await metric(service.url, 'process_cpu_seconds_total');
      assert.ok(seconds < 2, `${seconds} s`);
    } finally {
      service.child.kill('SIGTERM');
      await service.ended;
    }
  });

  it('computes on tfjs when it is first asked to', async () => {
    const service = await startProcess({ WORKERS: '1', LOG_LEVEL: 'warn', TFJS_ENGINE: 'cpu' });
    try {
      const body = JSON.stringify({ s1: [1, 2, 3], s2: [3, 4, -3], be: 'tfjs' });
      const answer = await fetch(`${service.url}/dtw`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      });
      const { value, be } = (await answer.json()) as { value: number; be: string };
      assert.equal(be, 'tfjs');
      assert.ok(Math.abs(value - 6.48074069840786) < 1e-5);
    } finally {
      service.child.kill('SIGTERM');
      await service.ended;
    }
  });
});
