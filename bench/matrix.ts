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
/** Rounds of which the fastest counts. Sizes take turns, so that what else the machine does is in all of them alike. */
const ROUNDS = 4;
/** A smaller matrix is asked for more often in each round: as often as makes so many pairs. */
const PAIRS = 360_000;
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

/** The figures of each size. */
async function measure(url: string, counts: number[], self: boolean, input: Input, output: Output): Promise<PerPair[]> {
  const sizes = counts.map((count) => ({
    body: bodyOf(count, self, input),
    pairs: pairsOf(count, self),
    computed: Infinity,
    whole: Infinity,
  }));
  for (let round = 0; round < ROUNDS; round++) {
    for (const size of sizes) {
      for (let pairs = 0; pairs < PAIRS; pairs += size.pairs) {
        const { computed, whole } = await ask(url, input, output, size.body);
        size.computed = Math.min(size.computed, computed);
        size.whole = Math.min(size.whole, whole);
      }
    }
  }
  return sizes.map(({ pairs, computed, whole }) => ({
    computed: (1000 * computed) / pairs,
    whole: (1000 * whole) / pairs,
  }));
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
  const workerData = { core, all: all.slice(0, count), rounds: ROUNDS };
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
  await measure(url, [300, 600], true, 'json', 'npy'); // warm-up
  const before = await library(1200);
  const alone: { task: string; computed: number }[] = [];
  for (const input of Object.keys(INPUTS) as Input[]) {
    for (const output of Object.keys(OUTPUTS) as Output[]) {
      for (const self of [true, false]) {
        const task = `${input} in, ${output} out, ${self ? 'self' : 'two data sets'}`;
        const found = await measure(url, COUNTS, self, input, output);
        const whole = found.map((one) => one.whole);
        const spread = Math.max(...whole) / Math.min(...whole);
        if (output !== 'ndjson') alone.push({ task, computed: (found.at(-1) as PerPair).computed });
        console.log(
          `${verdict(spread <= MOST_SPREAD)} ${task.padEnd(38)} ${COUNTS.map((count, at) => `${count}: ${(whole[at] as number).toFixed(3)}`).join('  ')}   spread ${spread.toFixed(2)} <= ${MOST_SPREAD}`,
        );
      }
    }
  }
  const base = Math.min(before, await library(1200));
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
