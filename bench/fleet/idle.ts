import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { openPostgres } from '../../src/server/database/postgres.ts';

const MAIN = fileURLToPath(new URL('../../src/server/main.ts', import.meta.url));
/** After the last has started; and how long to count. PostgreSQL's statistics are up to ten seconds late. */
const SETTLE_MS = 12_000;
const COUNT_MS = 30_000;

/** How many statements per second some workers ask of a database in which there is nothing to do. */
export async function idleStatements(workers: number, databaseUrl: string): Promise<number> {
  const database = openPostgres(databaseUrl);
  const children = Array.from({ length: workers }, () =>
    spawn(process.execPath, [MAIN, 'worker'], {
      env: { ...process.env, PORT: '0', WORKERS: '1', LOG_LEVEL: 'fatal' },
      stdio: 'ignore',
    }),
  );
  try {
    const there = async (): Promise<number> => {
      const [row] = await database.query<{ count: number }>(
        `SELECT count(*)::integer FROM warpserve.process WHERE seen > now() - interval '1 minute'`,
      );
      return row?.count ?? 0;
    };
    while ((await there().catch(() => 0)) < workers) await setTimeout(200);
    await setTimeout(SETTLE_MS);
    const before = await committed(database);
    const started = performance.now();
    await setTimeout(COUNT_MS);
    return (1000 * ((await committed(database)) - before)) / (performance.now() - started);
  } finally {
    for (const child of children) child.kill('SIGTERM');
    await Promise.all(children.map((child) => child.exitCode ?? once(child, 'exit')));
    await database.close();
  }
}

/** Each statement of a worker is a transaction. */
async function committed(database: ReturnType<typeof openPostgres>): Promise<number> {
  const [row] = await database.query<{ count: string }>(
    'SELECT xact_commit + xact_rollback AS count FROM pg_stat_database WHERE datname = current_database()',
  );
  return Number(row?.count);
}
