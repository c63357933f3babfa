import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './free-port.ts';

/** Debian's nginx, if it is installed. */
export const nginxPath = ['/usr/sbin/nginx', '/usr/bin/nginx'].find((path) => spawnSync(path, ['-v']).status === 0);

/** Runs deploy/nginx/nginx.conf with addresses that differ from compose: a port of its own, and replicas on loopback. */
export async function startNginx(replicas: readonly string[]): Promise<{ url: string; stop(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'warpserve-nginx-'));
  const port = await freePort();
  const conf = await readFile(new URL('../../deploy/nginx/nginx.conf', import.meta.url), 'utf8');
  const here = replicas.reduce(
    (text, replica, k) => text.replace(`warpserve-${k + 1}:8080`, new URL(replica).host),
    conf.replace('listen 8080;', `listen 127.0.0.1:${port};`),
  );
  const file = join(folder, 'nginx.conf');
  await writeFile(file, here.replaceAll('/tmp/', `${folder}/`).replace('http {', 'http {\n  access_log off;'));
  const child = spawn(
    nginxPath as string,
    ['-p', folder, '-c', file, '-e', join(folder, 'error.log'), '-g', 'daemon off;'],
    { stdio: 'ignore' },
  );
  const ended = once(child, 'exit');
  const url = `http://127.0.0.1:${port}`;
  const answers = () =>
    fetch(`${url}/livez`).then(
      ({ ok }) => ok,
      () => false,
    );
  while (!(await answers())) {
    if (child.exitCode !== null) throw new Error(await readFile(join(folder, 'error.log'), 'utf8'));
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return {
    url,
    async stop() {
      child.kill('SIGQUIT');
      await ended;
      await rm(folder, { recursive: true });
    },
  };
}
