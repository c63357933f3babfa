// node bench/matrix.ts [part of a row's name]: what a pair of a matrix of many short series costs over HTTP, by the number of series, the formats in and out, and
// whether a data set is compared with itself or with another one; and the library on as many threads, in the same run.
import { availableParallelism, cpus } from 'node:os';
import { Worker } from 'node:worker_threads';
import { array, serializeNpzSync } from 'numpy-ts';
import { request } from 'undici';
import { series } from './data.ts';
import { start } from './start.ts';

const COUNTS = [300, 600, 1200, 2400];
const STEPS = 20;
const THREADS = availableParallelism();
/** Rounds of which the fastest counts. Sizes take turns, so that what else the machine does is in all of them alike. */
const ROUNDS = 4;
/** Small matrices that are requested before a row is measured. */
const WARM_UP = 300;
/** How often each matrix is requested in a round, at the least. */
const LEAST = 4;
const MOST_SPREAD = 1.3;
const MOST_OVERHEAD = 1.5;

const INPUTS = { json: 'application/json', npz: 'application/x-npz' };
const OUTPUTS = { json: 'application/json', npy: 'application/x-npy', ndjson: 'application/x-ndjson' };
type Input = keyof typeof INPUTS;
type Output = keyof typeof OUTPUTS;

/**
 * Time per pair in microseconds: until the answer begins, and until it has ended; and of all processors for the service, which other work on
 * the machine does not change as much.
 */
interface PerPair {
  readonly computed: number;
  readonly whole: number;
  readonly cpu: number;
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
  // A client that takes little time itself: fetch would add a millisecond to each request.
  const response = await request(`${url}/dtw/cdist`, { method: 'POST', headers, body });
  const computed = performance.now() - started;
  if (response.statusCode !== 200) throw new Error(`${response.statusCode}: ${await response.body.text()}`);
  for await (const _ of response.body);
  return { computed, whole: performance.now() - started };
}

/** The figures of each size. */
async function measure(url: string, counts: number[], self: boolean, input: Input, output: Output): Promise<PerPair[]> {
  const sizes = counts.map((count) => ({
    body: bodyOf(count, self, input),
    pairs: pairsOf(count, self),
    computed: Infinity,
    whole: Infinity,
    cpu: Infinity,
  }));
  // What serves small requests is compiled while the first of them run.
  const small = bodyOf(Math.min(...counts), self, input);
  for (let k = 0; k < WARM_UP; k++) await ask(url, input, output, small);
  for (let round = 0; round < ROUNDS; round++) {
    for (const size of sizes) {
      const before = await cpuSeconds(url);
      let asked = 0;
      // Each size gets about the same time: after a large matrix, the first small ones find caches that are cold.
      const most = Math.max(...sizes.map(({ pairs }) => pairs));
      for (; asked < Math.max(LEAST, most / size.pairs); asked++) {
        const { computed, whole } = await ask(url, input, output, size.body);
        size.computed = Math.min(size.computed, computed);
        size.whole = Math.min(size.whole, whole);
      }
      size.cpu = Math.min(size.cpu, (1000 * ((await cpuSeconds(url)) - before)) / asked);
    }
  }
  return sizes.map(({ pairs, computed, whole, cpu }) => ({
    computed: (1000 * computed) / pairs,
    whole: (1000 * whole) / pairs,
    cpu: (1000 * cpu) / pairs,
  }));
}

/** What the service has taken of all processors since its start. */
async function cpuSeconds(url: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(/^process_cpu_seconds_total ([\d.]+)$/m.exec(text)?.[1]);
}

/** Microseconds that the library takes for a pair, by the clock and of a processor, while each of as many threads as there are cores computes the whole matrix. */
async function library(count: number): Promise<{ wall: number; cpu: number }> {
  const text = `
    const { parentPort, workerData } = require('node:worker_threads');
    import(workerData.core).then(({ cdist }) => {
      const { all, rounds } = workerData;
      cdist('dtw', all.slice(0, 200));
      parentPort.postMessage('ready');
      parentPort.once('message', () => {
        const times = [];
        for (let round = 0; round < rounds; round++) {
          const [started, before] = [performance.now(), process.threadCpuUsage()];
          cdist('dtw', all);
          const { user, system } = process.threadCpuUsage(before);
          times.push({ wall: performance.now() - started, cpu: (user + system) / 1000 });
        }
        const least = (of) => Math.min(...times.map((one) => one[of]));
        parentPort.postMessage({ wall: least('wall'), cpu: least('cpu') });
      });
    });`;
  const core = new URL('../src/core/index.ts', import.meta.url).href;
  const workerData = { core, all: all.slice(0, count), rounds: ROUNDS };
  const workers = Array.from({ length: THREADS }, () => new Worker(text, { eval: true, workerData }));
  const next = (worker: Worker) => new Promise<unknown>((resolve) => worker.once('message', resolve));
  await Promise.all(workers.map(next));
  const times = workers.map(next);
  for (const worker of workers) worker.postMessage('go');
  const found = (await Promise.all(times)) as { wall: number; cpu: number }[];
  await Promise.all(workers.map((worker) => worker.terminate()));
  const slowest = (of: 'wall' | 'cpu') => Math.max(...found.map((one) => one[of]));
  const pairs = pairsOf(count, true);
  return { wall: (1000 * slowest('wall')) / pairs / THREADS, cpu: (1000 * slowest('cpu')) / pairs };
}

const spreadOf = (values: readonly number[]): number => Math.max(...values) / Math.min(...values);

const verdict = (kept: boolean): string => (kept ? 'pass ' : 'SHORT');

console.log(`Node ${process.version}, ${cpus()[0]?.model} x ${cpus().length}; series of ${STEPS} steps, dtw`);
console.log('microseconds per pair, the whole request, by the number of series\n');
const { process: child, url } = await start('src/server/main.ts', 18_084, { MAX_CELLS: '1e12', MAX_QUEUE: '1e13' });
try {
  const before = await library(1200);
  const alone: ({ task: string } & PerPair)[] = [];
  for (const input of Object.keys(INPUTS) as Input[]) {
    for (const output of Object.keys(OUTPUTS) as Output[]) {
      for (const self of [true, false]) {
        const task = `${input} in, ${output} out, ${self ? 'self' : 'two data sets'}`;
        if (!task.includes(process.argv[2] ?? '')) continue;
        const found = await measure(url, COUNTS, self, input, output);
        const whole = found.map((one) => one.whole);
        const [spread, cpu] = [spreadOf(whole), spreadOf(found.map((one) => one.cpu))];
        if (output !== 'ndjson') alone.push({ task, ...(found.at(-1) as PerPair) });
        console.log(
          `${verdict(spread <= MOST_SPREAD)} ${task.padEnd(38)} ${COUNTS.map((count, at) => `${count}: ${(whole[at] as number).toFixed(3)}`).join('  ')}   spread ${spread.toFixed(2)} <= ${MOST_SPREAD}   of processor time ${cpu.toFixed(2)}`,
        );
      }
    }
  }
  const after = await library(1200);
  const base = { wall: Math.min(before.wall, after.wall), cpu: Math.min(before.cpu, after.cpu) };
  console.log(
    `\nthe library on ${THREADS} threads, 1200 series: ${base.wall.toFixed(3)} us per pair, ${base.cpu.toFixed(3)} of processor time`,
  );
  for (const { task, computed, cpu } of alone) {
    const ratio = computed / base.wall;
    console.log(
      `${verdict(ratio <= MOST_OVERHEAD)} ${task.padEnd(38)} until the answer begins, ${COUNTS.at(-1)} series: ${computed.toFixed(3)}   against the library ${ratio.toFixed(2)} <= ${MOST_OVERHEAD}   of processor time, writing and all, ${(cpu / base.cpu).toFixed(2)}`,
    );
  }
} finally {
  child.kill();
}
