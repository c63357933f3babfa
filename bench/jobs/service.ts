import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { start } from '../start.ts';

const PORT = 18_085;

/** A service with a store of its own, for the time of a measurement. */
export class Service {
  readonly url: string;
  readonly #process: ChildProcess;

  constructor(url: string, process: ChildProcess) {
    this.url = url;
    this.#process = process;
  }

  get pid(): number | undefined {
    return this.#process.pid;
  }

  async get<Body>(path: string): Promise<Body> {
    return (await this.ok(path)).json() as Promise<Body>;
  }

  async post(path: string, body: object, headers: Record<string, string> = {}): Promise<Response> {
    const all = { 'content-type': 'application/json', ...headers };
    return this.ok(path, { method: 'POST', headers: all, body: JSON.stringify(body) });
  }

  /** The job that a request became. */
  async submit(path: string, body: object): Promise<{ id: string; progress: { tiles: number } }> {
    const answer = await this.post(path, body, { prefer: 'respond-async' });
    return answer.json() as Promise<{ id: string; progress: { tiles: number } }>;
  }

  async ok(path: string, init?: RequestInit): Promise<Response> {
    const response = await fetch(`${this.url}${path}`, init);
    if (!response.ok) throw new Error(`${path}: ${response.status}: ${await response.text()}`);
    return response;
  }

  /** The memory of the process, without that of the embedded database, which is a process of its own. */
  get residentMiB(): number {
    const status = readFileSync(`/proc/${this.#process.pid}/status`, 'utf8');
    return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
  }
}

/** Starts a service, and ends it when it is no longer used. */
export async function withService(
  env: Record<string, string>,
  use: (service: Service) => Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'warpserve-bench-'));
  const { process, url } = await start('src/server/main.ts', PORT, { STORE_URL: `file:${folder}`, ...env });
  try {
    await use(new Service(url, process));
  } finally {
    process.kill('SIGTERM');
    if (process.exitCode === null) await once(process, 'exit');
    rmSync(folder, { recursive: true, force: true });
  }
}
