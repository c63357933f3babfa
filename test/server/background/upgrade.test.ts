import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { onEachDatabase } from '../../support/on-each-database.ts';
import { asked } from '../../support/start-postgres.ts';
import { type ServiceProcess, startProcess } from '../../support/start-process.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const SERIES = Array.from({ length: 420 }, (_, k) =>
  Array.from({ length: 150 }, (_value, i) => Math.sin(k + (i * (k % 17)) / 9)),
);

/** Changes of the source: of a file, a text to another one. */
type Change = readonly [file: string, from: string, to: string];

const COMMENTED: Change[] = [
  ['src/core/metrics/dtw.ts', 'export const', '/** Somebody explains\n    this. */\n\nexport    const'],
  ['src/server/operations/cdist.ts', 'import', '// A remark.\nimport'],
];
const REWRITTEN: Change[] = [
  ['src/core/operations/cdist.ts', 'export function', 'export const REWRITTEN = true;\nexport function'],
];
/** Every value twice as large. */
const OTHERWISE: Change[] = [
  [
    'src/core/engines/numpy/cross.ts',
    'Number.isFinite(rootsOf(cells))',
    '(rootsOf(cells), cells.set(cells.map((root) => 2 * root)), true)',
  ],
  ['src/core/engines/numpy/cross.ts', 'return Math.sqrt(cell)', 'return 2 * Math.sqrt(cell)'],
  ['src/core/engines/numpy/solve.ts', 'Math.sqrt(raw)', '2 * Math.sqrt(raw)'],
];

onEachDatabase('a job that is open during an upgrade', (database) => {
  const root = temporaryFolder();

  /** Another version of the source. */
  function version(changes: readonly Change[]): string {
    const folder = mkdtempSync(join(root, 'version-'));
    cpSync(join(ROOT, 'src'), join(folder, 'src'), { recursive: true });
    cpSync(join(ROOT, 'package.json'), join(folder, 'package.json'));
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    for (const [file, from, to] of changes) {
      const path = join(folder, file);
      const text = readFileSync(path, 'utf8');
      assert.ok(text.includes(from), `${file} has no ${from}`);
      writeFileSync(path, text.replace(from, to));
    }
    return join(folder, 'src/server/main.ts');
  }

  interface Told {
    readonly status: string;
    readonly progress: { readonly tiles: number; readonly tiles_done: number };
  }
  const jobAt = async ({ url }: ServiceProcess, id: string): Promise<Told> =>
    (await (await fetch(`${url}/jobs/${id}`)).json()) as Told;

  /** Begins a job with this version and ends it with another one. @returns tiles done before and computed after, and the result in relation to this version's */
  async function upgraded(changes: readonly Change[]) {
    const given = await database();
    const env = {
      STORE_URL: `file:${mkdtempSync(join(root, 'store-'))}`,
      WORKERS: '1',
      TILE_MS: '20',
      LOG_LEVEL: 'warn',
      ...given,
    };
    const old = await startProcess(env);
    const sent = { method: 'POST', body: JSON.stringify({ dataset1: SERIES }) };
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${old.url}/dtw/cdist`, { ...sent, headers: { ...headers, prefer: 'respond-async' } });
    const { id } = (await answer.json()) as { id: string };
    while ((await jobAt(old, id)).progress.tiles_done < 8) await setTimeout(5);
    old.child.kill('SIGTERM');
    assert.equal(await old.ended, 0, old.lines.join('\n'));
    // Only jobs that are older than a minute may be of a version that is gone.
    if (given.DATABASE_URL)
      await asked(given.DATABASE_URL, `UPDATE warpserve.job SET created = created - interval '1 hour'`);
    const next = await startProcess(env, version(changes));
    try {
      let least = Number.POSITIVE_INFINITY;
      for (let job = await jobAt(next, id); ; job = await jobAt(next, id)) {
        assert.ok(['queued', 'running', 'succeeded'].includes(job.status), JSON.stringify(job));
        least = Math.min(least, job.progress.tiles_done);
        if (job.status === 'succeeded') break;
        await setTimeout(10);
      }
      const result = await (await fetch(`${next.url}/jobs/${id}/result`)).text();
      const direct = await (await fetch(`${next.url}/dtw/cdist`, { ...sent, headers })).text();
      return { least, isOfOneVersion: result === direct, lines: next.lines };
    } finally {
      next.child.kill('SIGTERM');
      await next.ended;
    }
  }

  it('goes on where only comments and formatting have changed', async () => {
    const { least, isOfOneVersion } = await upgraded(COMMENTED);
    assert.ok(least >= 8, `${least} tiles left`);
    assert.ok(isOfOneVersion, 'the result is not that of the new version');
  });

  it('goes on where the code has changed, but not what it computes', async () => {
    const { least, isOfOneVersion } = await upgraded(REWRITTEN);
    assert.ok(least >= 8, `${least} tiles left`);
    assert.ok(isOfOneVersion, 'the result is not that of the new version');
  });

  it('starts again where something else is computed, so that its result is of one version', async () => {
    const { least, isOfOneVersion } = await upgraded(OTHERWISE);
    assert.ok(least < 8, `${least} tiles are left of the earlier version`);
    assert.ok(isOfOneVersion, 'the result is not that of the new version');
  });
});
