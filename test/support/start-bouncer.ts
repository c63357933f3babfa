import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { freePort } from './free-port.ts';
import { asked, userOf } from './start-postgres.ts';

/** Debian's PgBouncer, if it is installed. */
export const bouncerPath = ['/usr/sbin/pgbouncer', '/usr/bin/pgbouncer'].find((path) => existsSync(path));

/** PgBouncer before a database, in the mode that gives a connection to each transaction: two of them for everybody. */
export async function startBouncer(database: string): Promise<{ url: string; end(): Promise<void> }> {
  const { hostname, port, pathname, username } = new URL(database);
  const folder = mkdtempSync(join(tmpdir(), 'warpserve-bouncer-'));
  const owner = userOf('nobody');
  if (owner) chownSync(folder, owner.uid, owner.gid);
  const own = await freePort();
  writeFileSync(join(folder, 'users'), `"${username}" ""\n`);
  writeFileSync(
    join(folder, 'pgbouncer.ini'),
    `[databases]
jobs = host=${hostname} port=${port} dbname=${pathname.slice(1)}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${own}
unix_socket_dir =
auth_type = trust
auth_file = ${join(folder, 'users')}
pool_mode = transaction
default_pool_size = 2
`,
  );
  const child = spawn(bouncerPath as string, [join(folder, 'pgbouncer.ini')], { stdio: 'ignore', ...owner });
  const ended = once(child, 'exit');
  const url = `postgresql://${username}@127.0.0.1:${own}/jobs`;
  const answers = () =>
    asked(url, 'SELECT 1').then(
      () => true,
      () => false,
    );
  while (!(await answers())) {
    if (child.exitCode !== null) throw new Error(`PgBouncer ended with ${child.exitCode}`);
    await setTimeout(20);
  }
  return {
    url,
    async end() {
      child.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
