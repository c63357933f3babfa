import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { asDatabaseFailure, type Database, DatabaseFailure, type Query } from './database.ts';

/** A statement on its way to the process of the database. */
export interface Asked {
  readonly id: number;
  readonly text: string;
  readonly values?: readonly unknown[] | undefined;
}

/** Messages of the process: that it is ready or has failed, and the outcome of each statement. */
export type Told =
  | { readonly ready: true }
  | { readonly refused: string }
  | { readonly id: number; readonly rows: unknown[] }
  | { readonly id: number; readonly failure: string; readonly code: string | undefined };

const PROCESS = fileURLToPath(new URL('./embedded-process.ts', import.meta.url));

/**
 * PGlite in a process of its own: it takes some 300 MB, and several seconds of CPU to open. It has one connection, so statements and
 * transactions take turns.
 *
 * @param folder where the database is; created if absent
 * @throws DatabaseFailure if another process uses it, or it cannot be opened
 */
export async function openEmbedded(folder: string): Promise<Database> {
  const child = fork(PROCESS, [folder], {
    serialization: 'advanced',
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const waiting = new Map<number, { resolve: (rows: unknown[]) => void; reject: (error: Error) => void }>();
  let count = 0;
  let turn: Promise<unknown> = Promise.resolve();
  let ended: Error | undefined;
  let closing = false;
  const lost = Promise.withResolvers<void>();

  child.once('exit', (code, signal) => {
    ended = new DatabaseFailure(`the process of the embedded database has ended (${code ?? signal})`);
    for (const { reject } of waiting.values()) reject(ended);
    waiting.clear();
    if (!closing) lost.resolve();
  });
  await untilReady(child);
  child.on('message', (message: Told) => {
    if (!('id' in message)) return;
    const asked = waiting.get(message.id);
    waiting.delete(message.id);
    if ('rows' in message) asked?.resolve(message.rows);
    else asked?.reject(asDatabaseFailure(Object.assign(new Error(message.failure), { code: message.code })) as Error);
  });
  child.unref();
  child.channel?.unref();

  const ask = (text: string, values?: readonly unknown[]): Promise<unknown[]> =>
    new Promise((resolve, reject) => {
      if (ended) return reject(ended);
      const id = count++;
      waiting.set(id, { resolve, reject });
      // It may have ended without our knowing yet: then `exit` rejects.
      child.send({ id, text, values } satisfies Asked, () => {});
    });
  const inTurn = <T>(run: () => Promise<T>): Promise<T> => {
    const mine = turn.then(run);
    turn = mine.catch(() => {});
    return mine;
  };
  // A statement of pg-boss may fail within its own transaction, which must not stay open for later ones.
  const alone = (text: string, values?: readonly unknown[]): Promise<unknown[]> =>
    ask(text, values).catch(async (error) => {
      await ask('ROLLBACK').catch(() => {});
      throw error;
    });

  return {
    name: `PGlite in ${folder}`,
    alone: true,
    query: ((text, values) => inTurn(() => alone(text, values))) as Query,
    transaction: (run) =>
      inTurn(async () => {
        await ask('BEGIN');
        try {
          const found = await run(ask as Query);
          await ask('COMMIT');
          return found;
        } catch (error) {
          await ask('ROLLBACK').catch(() => {});
          throw error;
        }
      }),
    close: () =>
      inTurn(async () => {
        closing = true;
        if (ended || !child.connected) return;
        child.ref();
        const gone = new Promise((resolve) => child.once('exit', resolve));
        child.disconnect();
        await gone;
      }),
    lost: lost.promise,
  };
}

function untilReady(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('message', (message: Told) => {
      if ('ready' in message) resolve();
      else reject(new DatabaseFailure('refused' in message ? message.refused : 'the database did not open'));
    });
    child.once('exit', (code) => reject(new DatabaseFailure(`the embedded database did not open (${code})`)));
    child.once('error', reject);
  });
}
