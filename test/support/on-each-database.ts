import { after, before, describe } from 'node:test';
import { type PostgresServer, startPostgres, withoutPostgres } from './start-postgres.ts';

/** What a service is to be told for a new database: nothing for the embedded one. */
export type NewDatabase = () => Promise<Record<string, string>>;

/** Tests of jobs that must pass on every database. */
export function onEachDatabase(title: string, tests: (database: NewDatabase) => void): void {
  describe(`${title}, with the embedded database`, () => tests(async () => ({})));
  describe(`${title}, with PostgreSQL`, { skip: withoutPostgres }, () => {
    let server: PostgresServer;
    before(async () => {
      server = await startPostgres();
    });
    tests(async () => ({ DATABASE_URL: await server.database() }));
    after(() => server.end()); // after the hooks of the tests, which close their services
  });
}
