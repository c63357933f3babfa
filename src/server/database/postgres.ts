import pg from 'pg';
import { asDatabaseFailure, type Database, type Query } from './database.ts';

/** Connections of one process: statements are short. */
const CONNECTIONS = 4;

/** A PostgreSQL server, version 15 or later. Connections are opened on demand. */
export function openPostgres(url: string): Database {
  const pool = new pg.Pool({ connectionString: url, max: CONNECTIONS, application_name: 'warpserve' });
  pool.on('error', () => {}); // a connection that ends while it is idle is replaced
  const on =
    (client: pg.Pool | pg.PoolClient): Query =>
    async (text, values) => {
      const found = (await client.query(text, values?.length ? [...values] : undefined).catch(failed)) as
        | pg.QueryResult
        | pg.QueryResult[];
      return [found].flat().flatMap(({ rows }) => rows);
    };
  return {
    name: `PostgreSQL at ${new URL(url).host}`,
    alone: false,
    query: on(pool),
    async transaction(run) {
      const client = await pool.connect().catch(failed);
      let failure: Error | undefined;
      try {
        await client.query('BEGIN').catch(failed);
        const found = await run(on(client));
        await client.query('COMMIT').catch(failed);
        return found;
      } catch (error) {
        failure = error as Error;
        await client.query('ROLLBACK').then(
          () => {
            failure = undefined;
          },
          () => {},
        );
        throw error;
      } finally {
        client.release(failure);
      }
    },
    close: () => pool.end(),
  };
}

function failed(error: unknown): never {
  throw asDatabaseFailure(error);
}
