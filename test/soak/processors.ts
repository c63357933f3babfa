import { spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { startProcess } from '../support/start-process.ts';

/** Whether this process, and what it starts from now on, was given these of the machine's processors. */
const keepTo = (processors: string): boolean =>
  spawnSync('taskset', ['-acp', processors, String(process.pid)]).status === 0;

/**
 * Starts a service that has all processors but one, and leaves that one to this process: a client that competes with the service for
 * processors would measure itself. Where that cannot be had they share all of them, and the result says so.
 */
export async function startApart(env: Record<string, string>) {
  const count = availableParallelism();
  const apart = count > 1 && keepTo(`1-${count - 1}`);
  const service = await startProcess(env);
  if (apart) keepTo('0');
  const processors = apart ? `${count - 1} for the service, 1 for the client` : `${count} for both`;
  return { ...service, processors, rejoin: () => apart && keepTo(`0-${count - 1}`) };
}
