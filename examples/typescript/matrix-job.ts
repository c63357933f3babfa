// Uploads a data set, computes its matrix of soft-DTW as a job, follows its progress, and writes a picture of it: matrix.svg.
import { readFile, writeFile } from 'node:fs/promises';
import { putDataset, resultOf, submit, untilEnded } from '../../clients/typescript/jobs.ts';

const baseUrl = process.argv[2] ?? process.env.WARPSERVE_URL ?? 'http://127.0.0.1:8080';
const service = { baseUrl };

const file = await readFile(new URL('../data/GunPoint_TRAIN.txt', import.meta.url));
const { count, digest, labels } = await putDataset(service, 'gunpoint-example', file);
console.log(`${count} series, labels ${JSON.stringify(labels)}, ${digest.slice(0, 19)}`);

const job = await submit(service, '/soft-dtw-normalized/cdist', { dataset1: 'gunpoint-example', gamma: 0.1 });
console.log(`job ${job.id}: ${job.progress.tiles} tiles`);
const ended = await untilEnded(service, job.id, {
  progress: ({ status, progress }) => console.log(`${status} ${(100 * progress.fraction).toFixed(0)} %`),
});
if (ended.status !== 'succeeded') throw new Error(`the job has ${ended.status}: ${ended.problem?.detail}`);

const { matrix } = (await (await resultOf(service, job.id)).json()) as { matrix: number[][] };
const largest = Math.max(...matrix.flat());
const cells = matrix.flatMap((row, i) =>
  row.map(
    (value, j) =>
      `<rect x="${j}" y="${i}" width="1" height="1" fill="hsl(215 60% ${Math.round(20 + (75 * value) / largest)}%)"/>`,
  ),
);
await writeFile(
  'matrix.svg',
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${count} ${count}">${cells.join('')}</svg>\n`,
);
console.log(`matrix.svg: ${count} x ${count}, dark is near; the largest value is ${largest.toFixed(2)}`);
