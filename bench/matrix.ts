// node bench/matrix.ts: what a pair of a matrix of many short series costs over HTTP, by the number of series, the formats in and out, and
// whether a data set is compared with itself or with another one; and the library on as many threads, in the same run.
import { availableParallelism, cpus } from 'node:os';
import { Worker } from 'node:worker_threads';
import { array, serializeNpzSync } from 'numpy-ts';
import { series } from './data.ts';
import { start } from './start.ts';

const COUNTS = [300, 600, 1200, 2400];
const STEPS = 20;
const THREADS = availableParallelism();
/** Rounds of which the fastest counts: so many pairs in all, and at least so many rounds. */
const [PAIRS, LEAST_ROUNDS] = [3_000_000, 3];
const MOST_SPREAD = 1.3;
const MOST_OVERHEAD = 1.5;

const INPUTS = { json: 'application/json', npz: 'application/x-npz' };
const OUTPUTS = { json: 'application/json', npy: 'application/x-npy', ndjson: 'application/x-ndjson' };
type Input = keyof typeof INPUTS;
type Output = keyof typeof OUTPUTS;

/** Time per pair in microseconds: until the answer begins, and until it has ended. */
interface PerPair {
  readonly computed: number;
  readonly whole: number;
}

const all = Array.from({ length: 2 * Math.max(...COUNTS) }, (_, k) => series(STEPS, k + 1));

function bodyOf(count: number, self: boolean, input: Input): string | Uint8Array<ArrayBuffer> {
  const sets = { dataset1: all.slice(0, count), ...(!self && { dataset2: all.slice(count, 2 * count) }) };
  if (input === 'json') return JSON.stringify(sets);
  return Uint8Array.from(
    serializeNpzSync(Object.fromEntries(Object.entries(sets).map(([name, set]) => [name, array(set)]))),
  );
}

const pairsOf = (count: number, self: boolean): number => (self ? (count * (count - 1)) / 2 : count * count);

async function ask(url: string, input: Input, output: Output, body: string | Uint8Array<ArrayBuffer>) {
  const started = performance.now();
  const headers = { 'content-type': INPUTS[input], accept: OUTPUTS[output] };
  const response = await fetch(`${url}/dtw/cdist`, { method: 'POST', headers, body });
  const computed = performance.now() - started;
  if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`);
  for await (const _ of response.body as ReadableStream<Uint8Array>);
  return { computed, whole: performance.now() - started };
}

async function measure(url: string, count: number, self: boolean, input: Input, output: Output): Promise<PerPair> {
  const body = bodyOf(count, self, input);
  const pairs = pairsOf(count, self);
  let [computed, whole] = [Infinity, Infinity];
  for (let round = 0; round < Math.max(LEAST_ROUNDS, PAIRS / pairs); round++) {
    const found = await ask(url, input, output, body);
    computed = Math.min(computed, found.computed);
    whole = Math.min(whole, found.whole);
  }
  return { computed: (1000 * computed) / pairs, whole: (1000 * whole) / pairs };
}

/** Microseconds that the library takes for a pair, while each of as many threads as there are cores computes the whole matrix. */
async function library(count: number): Promise<number> {
  const text = `
    const { parentPort, workerData } = require('node:worker_threads');
    import(workerData.core).then(({ cdist }) => {
      const { all, rounds } = workerData;
      cdist('dtw', all.slice(0, 200));
      parentPort.postMessage('ready');
      parentPort.once('message', () => {
        const times = [];
        for (let round = 0; round < rounds; round++) {
          const started = performance.now();
          cdist('dtw', all);
          times.push(performance.now() - started);
        }
        parentPort.postMessage(Math.min(...times));
      });
    });`;
  const core = new URL('../src/core/index.ts', import.meta.url).href;
  const workerData = { core, all: all.slice(0, count), rounds: LEAST_ROUNDS };
  const workers = Array.from({ length: THREADS }, () => new Worker(text, { eval: true, workerData }));
  const next = (worker: Worker) => new Promise<unknown>((resolve) => worker.once('message', resolve));
  await Promise.all(workers.map(next));
  const times = workers.map(next);
  for (const worker of workers) worker.postMessage('go');
  const slowest = Math.max(...((await Promise.all(times)) as number[]));
  await Promise.all(workers.map((worker) => worker.terminate()));
  return (1000 * slowest) / pairsOf(count, true) / THREADS;
}

const verdict = (kept: boolean): string => (kept ? 'pass ' : 'SHORT');

console.log(`Node ${process.version}, ${cpus()[0]?.model} x ${cpus().length}; series of ${STEPS} steps, dtw`);
console.log('microseconds per pair, the whole request, by the number of series\n');
const { process: child, url } = await start('src/server/main.ts', 18_084, { MAX_CELLS: '1e12', MAX_QUEUE: '1e13' });
try {
  for (let round = 0; round < 5; round++) await measure(url, 300, true, 'json', 'npy'); // warm-up
  const base = await library(1200);
  const alone: { task: string; computed: number }[] = [];
  for (const input of Object.keys(INPUTS) as Input[]) {
    for (const output of Object.keys(OUTPUTS) as Output[]) {
      for (const self of [true, false]) {
        const task = `${input} in, ${output} out, ${self ? 'self' : 'two data sets'}`;
        const found: PerPair[] = [];
        for (const count of COUNTS) found.push(await measure(url, count, self, input, output));
        const whole = found.map((one) => one.whole);
        const spread = Math.max(...whole) / Math.min(...whole);
        if (output !== 'ndjson') alone.push({ task, computed: (found.at(-1) as PerPair).computed });
        console.log(
          `${verdict(spread <= MOST_SPREAD)} ${task.padEnd(38)} ${COUNTS.map((count, at) => `${count}: ${(whole[at] as number).toFixed(3)}`).join('  ')}   spread ${spread.toFixed(2)} <= ${MOST_SPREAD}`,
        );
      }
    }
  }
  console.log(`\nthe library on ${THREADS} threads, 1200 series: ${base.toFixed(3)} us per pair`);
  for (const { task, computed } of alone) {
    const ratio = computed / base;
    console.log(
      `${verdict(ratio <= MOST_OVERHEAD)} ${task.padEnd(38)} until the answer begins, ${COUNTS.at(-1)} series: ${computed.toFixed(3)}   against the library ${ratio.toFixed(2)} <= ${MOST_OVERHEAD}`,
    );
  }
} finally {
  child.kill();
}
