import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort } from './free-port.ts';

const VENV = fileURLToPath(new URL('./moto/.venv', import.meta.url));
const MOTO = `${VENV}/bin/moto_server`;

/** Why tests that need an S3 server are skipped; false if they are not. */
export const withoutS3 =
  !existsSync(MOTO) &&
  'needs moto, which is not installed: cd test/support/moto && python3 -m venv .venv && .venv/bin/pip install -r requirements.txt';

/** moto, which stands for S3, on loopback, with one bucket. */
export interface S3Server {
  /** What a service is to be told, the store of which is in the bucket. */
  readonly env: Readonly<Record<string, string>>;
  end(): Promise<void>;
}

/** Starts a server whose objects are in memory. End it in `after`. */
export async function startS3(): Promise<S3Server> {
  const port = await freePort();
  const child = spawn(MOTO, ['-H', '127.0.0.1', '-p', String(port)], {
    stdio: 'ignore',
    env: { ...process.env, MOTO_S3_DEFAULT_MAX_KEYS: '7' }, // lists have pages
  });
  const ended = once(child, 'exit');
  const url = `http://127.0.0.1:${port}`;
  const made = () =>
    fetch(`${url}/warpserve`, { method: 'PUT' }).then(
      ({ ok }) => ok,
      () => false,
    );
  while (!(await made())) {
    if (child.exitCode !== null) throw new Error(`moto ended with ${child.exitCode}`);
    await setTimeout(50);
  }
  return {
    env: envOf(url),
    async end() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

const envOf = (endpoint: string): Record<string, string> => ({
  AWS_ENDPOINT_URL_S3: endpoint,
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'test',
  AWS_REGION: 'us-east-1',
  STORE_URL: 's3://warpserve/a/prefix',
});

/** How a proxy fails a request: before it has reached the server, or only its answer; or the answer breaks off, if it is a large object. */
export type Failing = (count: number) => 'before' | 'after' | 'broken' | undefined;

/** A shorter answer is never broken off. */
const LARGE = 2 ** 20;

/**
 * A proxy before an S3 server that fails some requests.
 *
 * @param failing is told how many requests there were
 */
export async function startFlakyProxy({ env }: S3Server, failing: Failing): Promise<S3Server & { failed(): number }> {
  const to = new URL(env.AWS_ENDPOINT_URL_S3 as string);
  let count = 0;
  let failed = 0;
  const server = createServer((asked, answer) => {
    const fault = failing(count++);
    const refuse = () => {
      failed++;
      answer.writeHead(500).end();
    };
    if (fault === 'before') {
      asked.resume().once('end', refuse);
      return;
    }
    const { method, url, headers } = asked;
    const onwards = request({ host: to.hostname, port: to.port, method, path: url, headers }, (found) => {
      if (fault === 'after') {
        found.resume().once('end', refuse);
        return;
      }
      answer.writeHead(found.statusCode as number, found.headers);
      const isBroken = fault === 'broken' && method === 'GET' && Number(found.headers['content-length']) > LARGE;
      if (isBroken) breakOff(found, answer);
      else found.pipe(answer);
      if (isBroken) failed++;
    });
    onwards.once('error', refuse);
    asked.pipe(onwards);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    env: envOf(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    failed: () => failed,
    async end() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** Sends some of an answer, and closes the connection. */
function breakOff(found: IncomingMessage, answer: ServerResponse): void {
  let sent = 0;
  found.on('data', (piece: Buffer) => {
    if (answer.destroyed) return;
    sent += piece.length;
    answer.write(piece, () => {
      if (sent > LARGE / 2) answer.destroy();
    });
  });
}
