import { cpus } from 'node:os';
import { withoutPostgres } from '../support/start-postgres.ts';
import { withoutS3 } from '../support/start-s3.ts';
import { type Outcome, type Plan, troubledFleet, WORKERS } from './fleet.ts';

// npm run fleet [-- scale] [-- --strict]: four workers, one service, PostgreSQL and S3 (moto) on this machine, and a lot of trouble. Takes some minutes. `scale`: of
// the cells, and of all times; at 1 by default.

/** A worker that sends no heartbeat for this long has lost its tile; a statement or a request that failed is tried again after some time. */
const HEARTBEAT_SECONDS = 10;
const DATABASE_AGAIN_SECONDS = 2;
const STORE_AGAIN_SECONDS = 0.1;

const missing = withoutPostgres || withoutS3;
if (missing) {
  process.stderr.write(`npm run fleet ${missing}\n`);
  process.exit(1);
}
const scale = Number(process.argv.slice(2).find((word) => Number(word) > 0) ?? 1);
const plan: Plan = {
  series: Math.round(5000 * Math.sqrt(scale)),
  steps: 200,
  tileMs: 10_000 * scale,
  killEveryMs: 10_000 * scale,
  stopMs: 60_000 * scale,
  partMs: 30_000 * scale,
  compares: true,
};
const print = (name: string, value: unknown): void => {
  const text = typeof value === 'number' ? Math.round(value * 10) / 10 : value;
  process.stdout.write(`${name.padEnd(34)} ${text}\n`);
};

process.stdout.write(
  `${plan.series} series of ${plan.steps} steps, self cdist under dtw, ${WORKERS} workers of one thread, ${cpus().length} cores, Node ${process.version}\n`,
);
const outcome = await troubledFleet(plan);
const { account, undisturbedSeconds, outageSeconds, ...counts } = outcome;
for (const [name, value] of Object.entries(counts)) print(name, value);
const isInTime = printAccount(outcome);
const isRight = outcome.same && outcome.rows === outcome.tiles && outcome.distinct === outcome.tiles;
process.exit(isRight && (isInTime || !process.argv.includes('--strict')) ? 0 : 1);

/**
 * The time that the trouble took, against what it may: what is lost of a worker's time delays the job by a fourth of that, as the others go on.
 *
 * @returns whether it took no longer
 */
function printAccount({
  account,
  undisturbedSeconds,
  outageSeconds,
  seconds,
  failedRequests,
  kills,
}: Outcome): boolean {
  const { lostWork, lostTiles, away, longestTile } = account;
  const lost = seconds - undisturbedSeconds;
  const waits: Record<string, number> = {
    [`${lostTiles} tiles that did not count, ${lostWork.toFixed(0)} s`]: lostWork / WORKERS,
    [`stopped, parted, ${kills} restarts, ${away.toFixed(0)} s`]: away / WORKERS,
    PostgreSQL: outageSeconds + DATABASE_AGAIN_SECONDS,
    [`${failedRequests} requests to S3 again`]: (failedRequests * STORE_AGAIN_SECONDS) / WORKERS,
    'last tile, missed and computed again': HEARTBEAT_SECONDS + longestTile,
  };
  const most = Object.values(waits).reduce((sum, wait) => sum + wait, 0);
  process.stdout.write('\n');
  print('seconds without trouble', undisturbedSeconds);
  print('seconds lost', lost);
  print('seconds that may be lost', most);
  for (const [name, wait] of Object.entries(waits)) print(`  ${name}`, wait);
  print('time lost', lost <= most ? 'pass' : `SHORT: ${(lost - most).toFixed(1)} s more than killed tiles and waits`);
  return lost <= most;
}
