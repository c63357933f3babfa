import { availableParallelism } from 'node:os';
import { setTimeout } from 'node:timers/promises';
import { series } from '../data.ts';
import { print } from './row.ts';
import { type Service, withService } from './service.ts';
import { quantile, times } from './times.ts';

/** Requests whose slowest hundredth is looked at. */
const REQUESTS = 1000;

/** A matrix of some series with themselves as a job: memory, time in kernels, what it does to short requests, and how its result is read. */
export async function matrixRows(count: number, steps: number): Promise<void> {
  await withService({ MAX_BODY_BYTES: String(2 ** 30) }, async (service) => {
    const text = Array.from({ length: count }, (_, k) => series(steps, k + 1).join(',')).join('\n');
    await service.ok('/datasets/walks?format=csv&labels=none', { method: 'PUT', body: text });
    const pair = { s1: series(128, 1), s2: series(128, 2) };
    const short = async () => (await service.post('/dtw', pair)).text();
    await times(REQUESTS, short); // the first ones are slower
    const idle = await times(REQUESTS, short);

    await ended(service, (await service.submit('/dtw', pair)).id); // opens the database
    const computeBefore = await computeSeconds(service);
    const started = performance.now();
    const { id, progress } = await service.submit('/dtw/cdist', { dataset1: 'walks' });
    let most = 0;
    let busy: number[] = [];
    let paused = 0;
    for (let status = ''; status !== 'succeeded'; ) {
      ({ status } = await service.get<{ status: string }>(`/jobs/${id}`));
      if (status === 'failed') throw new Error('the job failed');
      if (busy.length === 0 && status === 'running') {
        const began = performance.now();
        busy = await times(REQUESTS, short);
        paused = performance.now() - began;
      }
      most = Math.max(most, service.residentMiB);
      await setTimeout(200);
    }
    const seconds = (performance.now() - started) / 1000;
    const computed = (await computeSeconds(service)) - computeBefore;
    // While short requests keep asking, they are what the threads are for.
    const available = (seconds - paused / 1000) * availableParallelism();
    print({ what: `matrix of ${count} series of ${steps} steps`, measured: seconds, unit: 's' });
    print({ what: 'a thread takes for a tile', measured: computed / progress.tiles, unit: 's', atLeast: 5 });
    print({ what: 'time in kernels', measured: 100 * Math.min(1, computed / available), unit: '%', atLeast: 90 });
    print({ what: 'memory of the service', measured: most, unit: 'MiB', atMost: 1024 });
    print({ what: 'p99 of POST /dtw n = 128, idle', measured: quantile(0.99, idle), unit: 'ms' });
    const ratio = quantile(0.99, busy) / quantile(0.99, idle);
    print({ what: 'the same beside the job', measured: ratio, unit: 'x', atMost: 3 });

    const before = service.residentMiB;
    const began = performance.now();
    const result = await service.ok(`/jobs/${id}/result`, { headers: { accept: 'application/x-npy' } });
    let bytes = 0;
    let during = before;
    let looked = 0;
    for await (const piece of result.body as ReadableStream<Uint8Array>) {
      bytes += piece.length;
      if (bytes - looked < 2 ** 24) continue;
      looked = bytes;
      during = Math.max(during, service.residentMiB);
    }
    const reading = (performance.now() - began) / 1000;
    print({ what: `read ${(bytes / 2 ** 20).toFixed(0)} MiB as .npy`, measured: reading, unit: 's' });
    print({ what: 'memory that reading adds', measured: during - before, unit: 'MiB', atMost: 256 });
  });
}

async function ended(service: Service, id: string): Promise<void> {
  for (let status = ''; status !== 'succeeded'; await setTimeout(20)) {
    ({ status } = await service.get<{ status: string }>(`/jobs/${id}`));
  }
}

async function computeSeconds(service: Service): Promise<number> {
  const metrics = await (await service.ok('/metrics')).text();
  return Number(/^warpserve_job_compute_seconds_total (\S+)/m.exec(metrics)?.[1]);
}
