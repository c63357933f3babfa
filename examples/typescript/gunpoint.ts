// Pulls one real series towards another by gradient descent on soft-DTW, with nothing but fetch.
//
//   node examples/typescript/gunpoint.ts [http://127.0.0.1:8080]
import { readFile } from 'node:fs/promises';

interface Answer {
  readonly value: number;
  readonly path?: readonly (readonly [number, number])[];
  readonly gradient?: { readonly s1: readonly number[]; readonly s2: readonly number[] };
}

const service = process.argv[2] ?? process.env.WARPSERVE_URL ?? 'http://127.0.0.1:8080';

// Every step size below 1 / (largest row sum of the soft alignment) lowers the loss; here that is 1 / 30.
const step = 0.03;
const gamma = 0.01;

const series = await readSeries(new URL('../data/GunPoint_TRAIN.txt', import.meta.url));
let s1 = series[0]; // an actor points with the finger
const s2 = series[9]; // an actor draws a gun

const before = await post('/dtw?path=true', { s1, s2 });
console.log(`dtw before: ${before.value.toFixed(4)}`);
console.log(`its path has ${before.path?.length} pairs of time steps: ${JSON.stringify(before.path?.slice(0, 5))} ...`);

for (let turn = 0; turn <= 10; turn++) {
  const { value, gradient } = await post('/soft-dtw?grad=true', { s1, s2, gamma });
  console.log(`step ${String(turn).padStart(2)}  soft-dtw ${value.toFixed(4).padStart(8)}`);
  if (turn < 10) s1 = s1.map((x, i) => x - step * gradient!.s1[i]);
}

const after = await post('/dtw', { s1, s2 });
console.log(`dtw after: ${after.value.toFixed(4)}`);

async function post(path: string, body: object): Promise<Answer> {
  const response = await fetch(service + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as Answer;
}

/** The univariate series of a UCR file: one per line, values, colon, label. */
async function readSeries(file: URL): Promise<number[][]> {
  const lines = (await readFile(file, 'utf8')).trim().split('\n');
  return lines.slice(lines.indexOf('@data') + 1).map((line) => line.split(':')[0].split(',').map(Number));
}
