import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { killedJob } from '../support/killed-job.ts';
import { countRow } from './load.ts';
import type { Row } from './table.ts';

const THREADS = 2;

/** SIGKILL in the middle of a job, the given number of times at random moments: after each start it goes on by itself. */
export async function killJobs(times: number): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'warpserve-soak-'));
  try {
    const job = await killedJob(folder, times, 1000, 100, { WORKERS: String(THREADS) });
    const { doneAtKills, inHandAtKills, lost, same, tiles } = job;
    console.log(`a job of ${tiles} tiles, killed when it had ${doneAtKills.join(', ')}`);
    const inHand = Math.max(...inHandAtKills);
    return [
      countRow(`SIGKILL x ${times}: tiles that were done, and had to be computed again`, lost),
      {
        promise: `SIGKILL x ${times}: tiles in hand at a kill, with ${THREADS} threads`,
        target: `<= ${THREADS}`,
        measured: String(inHand),
        kept: inHand <= THREADS,
      },
      countRow(
        `SIGKILL x ${times}: kills after the end of the job`,
        doneAtKills.filter((done) => done >= tiles).length,
      ),
      countRow(`SIGKILL x ${times}: results other than the direct one to the last bit`, same ? 0 : 1),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
