import pg from 'pg';
import { asDatabaseFailure, type Database, type Query } from './database.ts';

/** Connections of one process: statements are short. Those that are idle for ten seconds are closed. */
const CONNECTIONS = 4;
/** How long to wait for a connection, so that requests do not wait for a server that is gone. */
const CONNECT_MS = 5000;
/** No statement takes this long, unless its server has vanished without closing the connection. */
const STATEMENT_MS = 60_000;

/**
 * A PostgreSQL server, version 15 or later. Connections are opened on demand, and replaced if they break. They have no state beyond a transaction, and
 * no statement is prepared by name: PgBouncer may stand in between and pool transactions.
 */
export function openPostgres(url: string): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: CONNECTIONS,
    connectionTimeoutMillis: CONNECT_MS,
    query_timeout: STATEMENT_MS,
    keepAlive: true,
    application_name: 'warpserve',
  });
  pool.on('error', () => {}); // a connection that ends while it is idle is replaced
  const on =
    (client: pg.Pool | pg.PoolClient): Query =>
    async (text, values) => {
      const found = (await failing(() => client.query(text, values?.length ? [...values] : undefined))) as
        | pg.QueryResult
        | pg.QueryResult[];
      return [found].flat().flatMap(({ rows }) => rows);
    };
  return {
    name: `PostgreSQL at ${new URL(url).host}`,
    alone: false,
    query: on(pool),
    async transaction(run) {
      const client = await failing(() => pool.connect());
      let broken: Error | undefined;
      client.on('error', ignore); // the statement that it interrupts fails
      try {
        await failing(() => client.query('BEGIN'));
        const found = await run(on(client));
        await failing(() => client.query('COMMIT'));
        return found;
      } catch (error) {
        await client.query('ROLLBACK').catch((failure) => {
          broken = failure;
        });
        throw error;
      } finally {
        client.off('error', ignore);
        client.release(broken);
      }
    },
    close: () => pool.end(),
    connections: () => ({ open: pool.totalCount, waiting: pool.waitingCount }),
  };
}

const ignore = (): void => {};

/** @throws DatabaseFailure if the statement is not to blame */
async function failing<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    throw asDatabaseFailure(error);
  }
}
