// Compares what runs, by the lock file, with the advisories of npm's registry (GitHub's advisory database). Exits 1 on a high or critical one; says so where
// the registry gives none.
import { spawnSync } from 'node:child_process';
import { verdictOf } from './audit-verdict.ts';

const args = ['audit', '--audit=true', '--omit=dev', '--json', '--fetch-retries=0', '--fetch-timeout=20000'];
const { stdout } = spawnSync('npm', args, { encoding: 'utf8', timeout: 60_000 });
const { failed, lines } = verdictOf(stdout);
for (const line of lines) console.log(`audit: ${line}`);
process.exitCode = failed ? 1 : 0;
