import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  cpSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { commandOf, instructionsOf, isInContext } from './dockerfile.ts';

// Follows the Dockerfile step by step in empty folders, one for each stage, where there is no Docker: with the files that .dockerignore lets in, as a user that
// is not root, with the Node of the lock file in place of the base image. Then starts what came out, asks it by its own health check, and
// measures its node_modules. A build argument is a variable of the environment. What it does not show: the base image itself.

const MAX_MEGABYTES = 250;
const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');
/** Whoever is root becomes nobody; whoever is not stays. */
const user = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};

const base = mkdtempSync(join(tmpdir(), 'warpserve-image-'));
chmodSync(base, 0o755);
const home = folder('home');
const env: Record<string, string | undefined> = {
  ...process.env, // what the network needs: a proxy, certificates
  PATH: `${dirname(process.execPath)}:/usr/local/bin:/usr/bin:/bin`,
  HOME: home,
  npm_config_cache: join(home, 'cache'),
};
const tracked = spawnSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: ROOT,
  encoding: 'utf8',
})
  .stdout.split('\n')
  .filter((file) => file !== '' && isInContext(file, read('.dockerignore')));

let stage = '';
let health: string[] = [];
let command: string[] = [];
const started = performance.now();
try {
  for (const { word, rest } of instructionsOf(read('Dockerfile'))) follow(word, rest);
  const megabytes = Math.ceil(bytesIn(join(stage, 'node_modules')) / 2 ** 20);
  console.log(`node_modules of the image: ${megabytes} MB, at most ${MAX_MEGABYTES}`);
  if (!(megabytes <= MAX_MEGABYTES)) throw new Error('too large');
  await tryOut();
  console.log(`the Dockerfile holds, in ${((performance.now() - started) / 1000).toFixed(0)} s`);
} finally {
  rmSync(base, { recursive: true, force: true });
}

function follow(word: string, rest: string): void {
  if (word === 'FROM') stage = folder(/ AS (\S+)/.exec(rest)?.[1] ?? 'final');
  else if (word === 'ARG')
    env[rest.split('=')[0] as string] ??= rest.split('=').slice(1).join('='); // as --build-arg
  else if (word === 'ENV')
    for (const pair of rest.split(' ')) env[pair.split('=')[0] as string] = pair.split('=')[1] as string;
  else if (word === 'COPY') copy(rest.split(/\s+/));
  else if (word === 'RUN') run(rest);
  else if (word === 'HEALTHCHECK') health = commandOf(rest.replace(/^.*?CMD /, ''));
  else if (word === 'CMD') command = commandOf(rest);
  else if (!['WORKDIR', 'USER', 'EXPOSE', 'STOPSIGNAL'].includes(word)) throw new Error(`${word} cannot be followed`);
}

/** What a folder takes on disk. */
function bytesIn(path: string): number {
  const entries = readdirSync(path, { recursive: true, withFileTypes: true });
  return entries.reduce((sum, { parentPath, name }) => sum + 512 * lstatSync(join(parentPath, name)).blocks, 0);
}

function folder(name: string): string {
  const path = join(base, name);
  mkdirSync(path);
  if (user.uid !== undefined) chownSync(path, user.uid, user.gid);
  return path;
}

function copy(parts: string[]): void {
  const [, from] = /^--from=(\S+)/.exec(parts[0] as string) ?? [];
  const sources = parts.filter((part) => !part.startsWith('--')).slice(0, -1);
  const target = join(stage, parts.at(-1) as string);
  for (const source of sources) {
    if (from)
      cpSync(join(base, from, source.replace(/^\/app\//, '')), target, { recursive: true, verbatimSymlinks: true });
    else {
      const files = tracked.filter((file) => file === source || file.startsWith(`${source}/`));
      if (files.length === 0) throw new Error(`.dockerignore keeps ${source} out`);
      for (const file of files) {
        const inside = file === source ? (file.split('/').at(-1) as string) : file.slice(source.length + 1);
        const place =
          file === source && sources.length === 1 && !String(parts.at(-1)).endsWith('/')
            ? target
            : join(target, inside);
        cpSync(join(ROOT, file), place, { recursive: true });
      }
    }
  }
  if (user.uid !== undefined) spawnSync('chown', ['-R', `${user.uid}:${user.gid}`, stage]);
}

function run(rest: string): void {
  console.log(`RUN ${rest.replaceAll(/\s+/g, ' ')}`);
  const { status } = spawnSync('/bin/sh', ['-ec', rest], {
    cwd: stage,
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
    ...user,
  });
  if (status !== 0) throw new Error(`RUN failed with ${status}`);
}

/** Starts the image's command in its last stage, of which it may write to the store alone, until its health check is green and it has answered. */
async function tryOut(): Promise<void> {
  if (user.uid !== undefined) {
    spawnSync('chown', ['-R', 'root:root', stage]);
    spawnSync('chown', ['-R', `${user.uid}:${user.gid}`, join(stage, 'data')]);
  }
  const port = await freePort();
  const own = { ...env, PORT: String(port), HOST: '127.0.0.1', LOG_LEVEL: 'warn' };
  const [file, ...args] = command as [string, ...string[]];
  const began = performance.now();
  const service = spawn(file, args, { cwd: stage, env: own, stdio: 'inherit', ...user });
  const isHealthy = () => spawnSync(health[0] as string, health.slice(1), { env: own, ...user }).status === 0;
  try {
    for (let tries = 0; !isHealthy(); tries++) {
      if (tries > 1000 || service.exitCode !== null) throw new Error('the health check never was green');
      await sleep(20);
    }
    console.log(`it is ready after ${(performance.now() - began).toFixed(0)} ms`);
    const asked = performance.now();
    isHealthy();
    console.log(`its health check takes ${(performance.now() - asked).toFixed(0)} ms`);
    const headers = { 'content-type': 'application/json' };
    const body = '{"s1":[1,2,3],"s2":[3,4,-3]}';
    const answer = await fetch(`http://127.0.0.1:${port}/dtw`, { method: 'POST', headers, body });
    const { value } = (await answer.json()) as { value: number };
    if (value !== 6.48074069840786) throw new Error(`/dtw answered ${value}`);
    const kept = await fetch(`http://127.0.0.1:${port}/datasets/one`, {
      method: 'PUT',
      headers,
      body: '[[1,2],[3,4]]',
    });
    if (kept.status !== 201) throw new Error(`PUT /datasets/one answered ${kept.status}`);
    const page = await fetch(`http://127.0.0.1:${port}/`);
    if (page.status !== 200) throw new Error(`the page answered ${page.status}`);
    const tfjs = await fetch(`http://127.0.0.1:${port}/dtw`, {
      method: 'POST',
      headers,
      body: `${body.slice(0, -1)},"be":"tfjs"}`,
    });
    if (tfjs.status !== 200) throw new Error(`the backend tfjs answered ${tfjs.status}`);
  } finally {
    service.kill('SIGTERM');
  }
  const [code] = await once(service, 'exit');
  if (code !== 0) throw new Error(`it ended with ${code}`);
  if (isHealthy()) throw new Error('the health check is green where nothing listens');
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return (address as { port: number }).port;
}
