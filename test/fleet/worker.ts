import { once } from 'node:events';
import { addMachine, type Machine, withoutNamespaces } from '../support/machines.ts';
import { type ServiceProcess, startProcess } from '../support/start-process.ts';

/** A worker, on a machine of its own if that can be had. */
export interface Worker extends ServiceProcess {
  /** What the database knows it as. */
  readonly name: string;
  readonly machine: Machine | undefined;
  /** When it was stopped or parted, in seconds. */
  readonly away: { from: number; to: number }[];
  /** When it was killed, and when the one that took its place was ready, in seconds. */
  killed?: number;
  replaced?: number;
}

export const seconds = (): number => Date.now() / 1000;

let count = 0;

/** Starts a worker. Where this process may, it is in a network namespace of its own, which reaches PostgreSQL and S3 only. */
export async function startWorker(env: Readonly<Record<string, string>>): Promise<Worker> {
  const name = `worker-${++count}`;
  const named = { ...env, DATABASE_URL: `${env.DATABASE_URL}?application_name=${name}` };
  if (withoutNamespaces) return { ...(await startProcess(named)), name, machine: undefined, away: [] };
  const remote = (['DATABASE_URL', 'AWS_ENDPOINT_URL_S3'] as const).map(
    (variable) => [variable, new URL((named as Record<string, string>)[variable] as string)] as const,
  );
  const machine = await addMachine(remote.map(([, { port }]) => Number(port)));
  const seen = remote.map(([variable, url]) => {
    url.hostname = machine.host;
    return [variable, String(url)];
  });
  const started = await startProcess({ ...named, ...Object.fromEntries(seen) }, undefined, undefined, machine);
  return { ...started, name, machine, away: [] };
}

/** Kills a worker, and waits until it is gone. */
export async function kill(worker: Worker): Promise<void> {
  const { child, machine } = worker;
  if (child.exitCode === null && child.signalCode === null) {
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
    worker.killed = seconds();
  }
  await machine?.remove();
}
