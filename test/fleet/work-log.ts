import { setTimeout } from 'node:timers/promises';
import { asked } from '../support/start-postgres.ts';
import type { WorkerLife } from './account.ts';
import type { Worker } from './worker.ts';

/** Lets the database write down who takes which tile and who records it, when, once it has its tables. */
export async function logWork(database: string): Promise<void> {
  const tables = `to_regclass('pgboss.job') IS NOT NULL AND to_regclass('warpserve.tile_done') IS NOT NULL`;
  while (!(await asked(database, `SELECT ${tables} AS there`))[0]?.there) await setTimeout(50);
  await asked(
    database,
    `CREATE TABLE work (is_record boolean, job uuid, tile integer, worker text DEFAULT current_setting('application_name'),
       at timestamptz DEFAULT clock_timestamp());
     CREATE FUNCTION take() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
       INSERT INTO work VALUES (false, substring(NEW.name FROM 5)::uuid, (NEW.data->>'tile')::integer); RETURN NULL; END $$;
     CREATE FUNCTION take_too() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
       INSERT INTO work VALUES (false, NEW.job, NEW.tile); RETURN NULL; END $$;
     CREATE FUNCTION record() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
       INSERT INTO work VALUES (true, NEW.job, NEW.tile); RETURN NULL; END $$;
     CREATE TRIGGER take AFTER UPDATE OF state ON pgboss.job FOR EACH ROW
       WHEN (NEW.state = 'active' AND OLD.state <> 'active') EXECUTE FUNCTION take();
     CREATE TRIGGER take_too AFTER INSERT ON warpserve.second_start FOR EACH ROW EXECUTE FUNCTION take_too();
     CREATE TRIGGER record AFTER INSERT ON warpserve.tile_done FOR EACH ROW EXECUTE FUNCTION record()`,
  );
}

/** What each worker has done of a job. */
export async function livesOf(database: string, job: string, workers: readonly Worker[]): Promise<WorkerLife[]> {
  const rows = (await asked(
    database,
    `SELECT is_record, tile, worker, extract(epoch FROM at)::float8 AS at FROM work WHERE job = '${job}' ORDER BY at, tile`,
  )) as { is_record: boolean; tile: number; worker: string; at: number }[];
  return workers.map(({ name, away, killed, replaced }) => {
    const own = rows.filter(({ worker }) => worker === name);
    return {
      taken: own.filter(({ is_record }) => !is_record),
      recorded: own.filter(({ is_record }) => is_record),
      away,
      ...(killed !== undefined && { killed }),
      ...(replaced !== undefined && { replaced }),
    };
  });
}
