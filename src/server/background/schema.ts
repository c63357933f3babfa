import type { Database, Query } from '../database/database.ts';

/** Each upgrades the schema by one version. They never change once released, and only add: processes of earlier versions go on during an upgrade. */
const MIGRATIONS: readonly string[] = [
  `CREATE TABLE warpserve.job (
     id uuid PRIMARY KEY,
     number bigserial NOT NULL,
     owner text NOT NULL,
     key text,
     fingerprint text NOT NULL,
     status text NOT NULL,
     request jsonb NOT NULL,
     digests text[] NOT NULL,
     kernel text NOT NULL,
     tile_cells float8 NOT NULL,
     tiles integer NOT NULL,
     cells float8 NOT NULL,
     created timestamptz NOT NULL DEFAULT now(),
     started timestamptz,
     ended timestamptz,
     read_at timestamptz,
     problem jsonb
   );
   CREATE UNIQUE INDEX job_key ON warpserve.job (owner, key) WHERE key IS NOT NULL;
   CREATE INDEX job_listed ON warpserve.job (owner, number);
   CREATE INDEX job_open ON warpserve.job (number) WHERE status IN ('queued', 'running');
   CREATE TABLE warpserve.tile_done (
     job uuid NOT NULL REFERENCES warpserve.job ON DELETE CASCADE,
     tile integer NOT NULL,
     cells float8 NOT NULL,
     ms float8 NOT NULL,
     digest text NOT NULL,
     at timestamptz NOT NULL DEFAULT now(),
     PRIMARY KEY (job, tile)
   )`,
  `ALTER TABLE warpserve.job
     ADD COLUMN share float8 NOT NULL DEFAULT 1,
     ADD COLUMN kind text;
   CREATE INDEX job_kind ON warpserve.job (kind, number);
   ALTER TABLE warpserve.tile_done ADD COLUMN compute float8;
   CREATE TABLE warpserve.second_start (
     job uuid NOT NULL REFERENCES warpserve.job ON DELETE CASCADE,
     tile integer NOT NULL,
     attempt integer NOT NULL,
     PRIMARY KEY (job, tile, attempt)
   );
   CREATE TABLE warpserve.process (
     id uuid PRIMARY KEY,
     kernel text NOT NULL,
     threads integer NOT NULL,
     seen timestamptz NOT NULL DEFAULT now()
   )`,
  `ALTER TABLE warpserve.tile_done ADD COLUMN process uuid;
   CREATE INDEX job_open_of ON warpserve.job (owner, number) WHERE status IN ('queued', 'running')`,
  'ALTER TABLE warpserve.process ADD COLUMN speed float8',
  'ALTER TABLE warpserve.job ADD COLUMN adopting timestamptz',
];

/** The number of the lock under which one process at a time changes the schema. */
const LOCK = 7_261_944_301;

/** Brings the schema up to date. However many processes start at once, each change is made by one of them. */
export async function migrate(database: Database): Promise<void> {
  await database.transaction(async (query) => {
    await query('SELECT pg_advisory_xact_lock($1)', [LOCK]);
    await query(
      'CREATE SCHEMA IF NOT EXISTS warpserve; CREATE TABLE IF NOT EXISTS warpserve.version (number integer NOT NULL)',
    );
    const [row] = await query<{ number: number }>('SELECT number FROM warpserve.version');
    const version = row?.number ?? 0;
    for (const change of MIGRATIONS.slice(version)) await query(change);
    if (version < MIGRATIONS.length) await record(query, MIGRATIONS.length);
  });
}

async function record(query: Query, version: number): Promise<void> {
  await query('DELETE FROM warpserve.version');
  await query('INSERT INTO warpserve.version VALUES ($1)', [version]);
}
