import { execFile, execFileSync, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { freePort } from './free-port.ts';

const INSTALLED = '/usr/lib/postgresql';

/** Where Debian's packages put the programs of the newest PostgreSQL, if it is installed. */
const programs = (existsSync(INSTALLED) ? readdirSync(INSTALLED) : [])
  .toSorted((a, b) => Number(b) - Number(a))
  .map((version) => join(INSTALLED, version, 'bin'))
  .find((folder) => existsSync(join(folder, 'initdb')));

/** Why tests that need PostgreSQL are skipped; false if they are not. */
export const withoutPostgres =
  programs === undefined && 'needs PostgreSQL, which is not installed: apt-get install postgresql';

/** A PostgreSQL server of its own on loopback, with an empty directory. */
export interface PostgresServer {
  readonly port: number;
  /** A new database on it. @returns its URL */
  database(): Promise<string>;
  /** Stops it at once, as a crash would, unless told otherwise. */
  stop(signal?: 'SIGINT' | 'SIGQUIT'): Promise<void>;
  /** Starts it again, after it was stopped. */
  start(): Promise<void>;
  /** Stops it and removes its directory. */
  end(): Promise<void>;
}

/** Starts a server. End it in `after`. PostgreSQL refuses root, for whom the user `nobody` runs it. */
export async function startPostgres(): Promise<PostgresServer> {
  const folder = mkdtempSync(join(tmpdir(), 'warpserve-postgres-'));
  const owner = userOf('nobody');
  if (owner) chownSync(folder, owner.uid, owner.gid);
  const options: SpawnOptions = { cwd: folder, env: { LC_ALL: 'C', PATH: process.env.PATH }, ...owner };
  const data = join(folder, 'data');
  const initdb = ['-D', data, '-U', 'warpserve', '-A', 'trust', '-E', 'UTF8', '--no-sync', '--no-instructions'];
  await promisify(execFile)(join(programs as string, 'initdb'), initdb, options);
  const port = await freePort();
  const url = (name: string) => `postgresql://warpserve@127.0.0.1:${port}/${name}`;
  let server: Awaited<ReturnType<typeof run>> | undefined;

  const run = async () => {
    const child = spawn(
      join(programs as string, 'postgres'),
      ['-D', data, '-h', '127.0.0.1', '-p', String(port), '-k', folder, '-c', 'fsync=off'],
      { ...options, stdio: 'ignore' },
    );
    const ended = once(child, 'exit');
    while (!(await answers(url('postgres')))) {
      if (child.exitCode !== null) throw new Error(`PostgreSQL ended with ${child.exitCode}`);
      await setTimeout(20);
    }
    return { child, ended };
  };
  const stop = async (signal: 'SIGINT' | 'SIGQUIT' = 'SIGQUIT'): Promise<void> => {
    server?.child.kill(signal);
    await server?.ended;
    server = undefined;
  };
  server = await run();
  let count = 0;
  return {
    port,
    async database() {
      const name = `test_${++count}`;
      await asked(url('postgres'), `CREATE DATABASE ${name}`);
      return url(name);
    },
    stop,
    async start() {
      server = await run();
    },
    async end() {
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Runs one statement on a connection of its own. @returns its rows */
export async function asked(url: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client(url);
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

const answers = (url: string): Promise<boolean> =>
  asked(url, 'SELECT 1').then(
    () => true,
    () => false,
  );

/** The user and group that a program of root's is to run as; undefined if this process is not root's. */
export function userOf(name: string): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (option: string) => Number(execFileSync('id', [option, name], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}
