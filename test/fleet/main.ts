import { cpus } from 'node:os';
import { withoutPostgres } from '../support/start-postgres.ts';
import { withoutS3 } from '../support/start-s3.ts';
import { type Plan, troubledFleet } from './fleet.ts';

// npm run fleet: four workers, one service, PostgreSQL and S3 (moto) on this machine, and a lot of trouble. Takes some minutes.

const PLAN: Plan = { series: 5000, steps: 200, tileMs: 10_000, killEveryMs: 10_000, stopMs: 60_000, partMs: 30_000 };

const missing = withoutPostgres || withoutS3;
if (missing) {
  process.stderr.write(`npm run fleet ${missing}\n`);
  process.exit(1);
}
process.stdout.write(
  `${PLAN.series} series of ${PLAN.steps} steps, self cdist under dtw, 4 workers of one thread, ${cpus().length} cores, Node ${process.version}\n`,
);
const outcome = await troubledFleet(PLAN);
for (const [name, value] of Object.entries(outcome))
  process.stdout.write(`${name.padEnd(16)} ${typeof value === 'number' ? Math.round(value * 10) / 10 : value}\n`);
process.exit(outcome.same && outcome.rows === outcome.tiles && outcome.distinct === outcome.tiles ? 0 : 1);
