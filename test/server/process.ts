import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** A service in a process of its own. */
export interface ServiceProcess {
  readonly url: string;
  readonly child: ChildProcess;
  /** Its lines of standard output and error. */
  readonly lines: readonly string[];
  /** The exit code, once it has ended. */
  readonly ended: Promise<number | null>;
}

/** Starts the service as a user would, on a free port, and waits until it is ready. */
export async function startProcess(
  env: Record<string, string> = {},
  file = new URL('../../src/server/main.ts', import.meta.url).pathname,
): Promise<ServiceProcess> {
  const child = spawn(process.execPath, [file], {
    env: { ...process.env, LOG_LEVEL: 'info', PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'exit').then(([code]) => code as number | null);
  const lines: string[] = [];
  createInterface({ input: child.stderr }).on('line', (line) => lines.push(line));
  const url = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      lines.push(line);
      const [, found] = /Server listening at (http:[^"]+)"/.exec(line) ?? [];
      if (found) resolve(found);
    });
    void ended.then((code) => reject(new Error(`the service ended with ${code}: ${lines.join('\n')}`)));
  });
  const ready = () => fetch(`${url}/readyz`).then(({ ok }) => ok);
  while (!(await ready())) await new Promise((resolve) => setTimeout(resolve, 50));
  return { url, child, lines, ended };
}
