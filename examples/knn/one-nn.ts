// Classifies problems of the UCR and UEA archives by the nearest neighbour under DTW, one POST /dtw per pair, and
// prints the number of errors next to the expected one.
//
//   node examples/knn/one-nn.ts <folder> [problem]
//
// <folder> contains <problem>/<problem>_TRAIN.ts and _TEST.ts, or .txt, as https://www.timeseriesclassification.com ships them.
// The service is WARPSERVE_URL, by default http://127.0.0.1:8080.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** One number per time step, or one row of numbers per time step if there are several dimensions; null is missing. */
type Series = readonly (number | null | readonly (number | null)[])[];

interface Sample {
  /** As JSON, because each series is sent many times. */
  readonly series: string;
  readonly label: string;
}

/**
 * Test series that 1-NN DTW without a constraint gets wrong: tslearn's dtw in float64, equal to the archive's "DTW (w=100)"
 * (https://www.cs.ucr.edu/~eamonn/time_series_data_2018/) if all series have the same length. PickupGestureWiimoteZ has
 * lengths from 29 to 361, and the archive's 0.34 is of padded series.
 */
const expected: Record<string, number> = {
  Coffee: 0,
  GunPoint: 14,
  ItalyPowerDemand: 51,
  BasicMotions: 1,
  PickupGestureWiimoteZ: 15,
};

/** Requests in flight: enough to keep the workers busy, far below MAX_QUEUE. */
const concurrency = 8;
const service = process.env.WARPSERVE_URL ?? 'http://127.0.0.1:8080';
const [folder, only] = process.argv.slice(2);
if (folder === undefined) throw new Error('usage: node examples/knn/one-nn.ts <folder> [problem]');

console.log('problem                  pairs  n_wrong  expected   error  seconds');
for (const problem of only === undefined ? Object.keys(expected) : [only]) {
  const train = await readProblem(problem, 'TRAIN');
  const test = await readProblem(problem, 'TEST');
  const start = performance.now();
  const wrong = await countWrong(train, test);
  const seconds = (performance.now() - start) / 1000;
  console.log(
    problem.padEnd(22),
    String(train.length * test.length).padStart(7),
    String(wrong).padStart(8),
    String(expected[problem] ?? '?').padStart(9),
    (wrong / test.length).toFixed(4).padStart(7),
    seconds.toFixed(1).padStart(8),
  );
  if (wrong !== (expected[problem] ?? wrong)) process.exitCode = 1;
}

async function countWrong(train: readonly Sample[], test: readonly Sample[]): Promise<number> {
  let wrong = 0;
  const waiting = test.values(); // shared: each runner takes the next one
  const run = async () => {
    for (const { series, label } of waiting) if ((await nearest(series, train)).label !== label) wrong++;
  };
  await Promise.all(Array.from({ length: concurrency }, run));
  return wrong;
}

/** The training sample with the smallest distance; the first one in case of ties. */
async function nearest(series: string, train: readonly Sample[]): Promise<Sample> {
  let best = train[0];
  let least = Number.POSITIVE_INFINITY;
  for (const candidate of train) {
    const value = await dtw(series, candidate.series);
    if (value < least) [least, best] = [value, candidate];
  }
  return best;
}

async function dtw(s1: string, s2: string): Promise<number> {
  const response = await fetch(`${service}/dtw`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: `{"s1":${s1},"s2":${s2}}`,
  });
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
  return ((await response.json()) as { value: number }).value;
}

async function readProblem(problem: string, part: 'TRAIN' | 'TEST'): Promise<Sample[]> {
  const file = join(folder, problem, `${problem}_${part}`);
  const text = await readFile(`${file}.ts`, 'utf8').catch(() => readFile(`${file}.txt`, 'utf8'));
  const lines = text.split('\n').map((line) => line.trim());
  return lines
    .slice(lines.indexOf('@data') + 1)
    .filter((line) => line !== '')
    .map(readSample);
}

/** A line of the `.ts` format: the dimensions, then the label, separated by colons; `?` is a missing value. */
function readSample(line: string): Sample {
  const parts = line.split(':');
  const label = parts.pop() ?? '';
  const dimensions = parts.map((part) => part.split(',').map((value) => (value === '?' ? null : Number(value))));
  const series: Series =
    dimensions.length === 1 ? dimensions[0] : dimensions[0].map((_, i) => dimensions.map((values) => values[i]));
  return { series: JSON.stringify(series), label };
}
