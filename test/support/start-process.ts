import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { freePort } from './free-port.ts';
import type { Machine } from './machines.ts';

/** A service in a process of its own. */
export interface ServiceProcess {
  readonly url: string;
  readonly child: ChildProcess;
  /** Its lines of standard output and error. */
  readonly lines: readonly string[];
  /** The exit code, once it has ended. */
  readonly ended: Promise<number | null>;
}

/** Starts the service as a user would, on a free port unless there is a PORT, and waits until it is ready. `ulimit`: what the shell's ulimit is told first, as `-n 64`. `machine`: where it is to run. */
export async function startProcess(
  env: Record<string, string> = {},
  file = new URL('../../src/server/main.ts', import.meta.url).pathname,
  ulimit?: string,
  machine?: Machine,
): Promise<ServiceProcess> {
  const port = env.PORT ?? (await freePort());
  const command = [...(machine?.enter ?? []), process.execPath, file];
  const address = machine?.address ?? '127.0.0.1';
  const child = spawn('sh', ['-c', `${ulimit ? `ulimit ${ulimit} && ` : ''}exec "$@"`, 'sh', ...command], {
    env: { ...process.env, ...(machine && { HOST: address }), PORT: String(port), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'exit').then(([code]) => code as number | null);
  const lines: string[] = [];
  for (const input of [child.stdout, child.stderr]) createInterface({ input }).on('line', (line) => lines.push(line));
  const url = `http://${address}:${port}`;
  const ready = () =>
    fetch(`${url}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    );
  while (!(await ready())) {
    if (child.exitCode !== null) throw new Error(`the service ended with ${child.exitCode}: ${lines.join('\n')}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return { url, child, lines, ended };
}
