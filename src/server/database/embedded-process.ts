// The process of the embedded database. It ends with the service, when the channel to it closes.
import { PGlite } from '@electric-sql/pglite';
import type { Asked, Told } from './embedded.ts';
import { holdLock } from './lock.ts';

const [folder = ''] = process.argv.slice(2);
const tell = (message: Told): void => void process.send?.(message);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => {}); // those of a terminal reach the whole group

try {
  await holdLock(folder);
  const database = await PGlite.create(folder);
  process.on('message', async ({ id, text, values }: Asked) => {
    try {
      if (values?.length) tell({ id, rows: (await database.query(text, [...values])).rows });
      // Without values there may be several statements.
      else tell({ id, rows: (await database.exec(text)).flatMap(({ rows }) => rows) });
    } catch (error) {
      const { message, code } = error as Error & { code?: string };
      tell({ id, failure: message, code });
    }
  });
  process.once('disconnect', async () => {
    await database.close();
    process.exit(0);
  });
  tell({ ready: true });
} catch (error) {
  process.send?.({ refused: (error as Error).message } satisfies Told, () => process.exit(1));
}
