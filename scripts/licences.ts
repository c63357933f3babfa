// Lists the licences of what runs, and exits 1 where one is not allowed (scripts/licences-of.ts).
import { spawnSync } from 'node:child_process';
import { licencesOf } from './licences-of.ts';

const args = ['sbom', '--omit=dev', '--sbom-format=cyclonedx'];
const { stdout, stderr } = spawnSync('npm', args, { encoding: 'utf8', maxBuffer: 2 ** 26 });
if (stdout === '') throw new Error(stderr);
const { counts, refused } = licencesOf(JSON.parse(stdout).components);
for (const [licence, count] of counts) console.log(`${String(count).padStart(4)}  ${licence}`);
for (const one of refused) console.error(`not allowed: ${one}`);
process.exitCode = refused.length > 0 ? 1 : 0;
