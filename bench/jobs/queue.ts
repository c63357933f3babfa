import { series } from '../data.ts';
import { print } from './row.ts';
import { withService } from './service.ts';
import { quantile, times } from './times.ts';

/** Very many tiles, and very many jobs. */
export async function queueRows(tiles: number, jobs: number): Promise<void> {
  // Tiles of a millisecond are blocks of some 54 x 54 pairs of so few steps.
  const rows = Math.ceil(18 * Math.sqrt(2 * tiles));
  await withService({ TILE_MS: '1', MAX_JOB_CELLS: '1e15' }, async (service) => {
    await service.submit('/dtw', { s1: [1], s2: [2] }); // opens the database
    const dataset1 = Array.from({ length: rows }, (_, k) => series(5, k + 1));
    await service.ok('/datasets/short', { method: 'PUT', body: JSON.stringify(dataset1) });
    const began = performance.now();
    const { id, progress } = await service.submit('/dtw/cdist', { dataset1: 'short' });
    const seconds = (performance.now() - began) / 1000;
    const each = (seconds * 100_000) / progress.tiles;
    print({ what: `queue ${progress.tiles} tiles`, measured: seconds, unit: 's' });
    print({ what: 'for 100,000 of them', measured: each, unit: 's', atMost: 10 });
    await service.ok(`/jobs/${id}`, { method: 'DELETE' });

    const submitted = await times(jobs, (k) => service.submit('/dtw', { s1: [k, 1], s2: [2, 3, 4] }));
    print({ what: `accept a job, while ${jobs} come`, measured: quantile(0.5, submitted), unit: 'ms' });
    const { counts } = await settled(service.url);
    const listed = await times(21, async () => (await service.ok('/jobs?limit=100')).text());
    print({ what: `list 100 of ${counts} jobs`, measured: quantile(0.5, listed), unit: 'ms', atMost: 20 });
    const asked = await times(21, async () => (await service.ok(`/jobs/${id}`)).text());
    print({ what: 'progress of one of them', measured: quantile(0.5, asked), unit: 'ms', atMost: 20 });
  });
}

/** Waits until no job is open. */
async function settled(url: string): Promise<{ counts: number }> {
  for (;;) {
    const metrics = await (await fetch(`${url}/metrics`)).text();
    const counts = [...metrics.matchAll(/^warpserve_jobs\{status="(\w+)"\} (\d+)/gm)].map(
      ([, status, count]) => [status, Number(count)] as const,
    );
    const open = counts.filter(([status]) => status === 'queued' || status === 'running');
    if (open.length > 0 && open.every(([, count]) => count === 0)) {
      return { counts: counts.reduce((sum, [, count]) => sum + count, 0) };
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
