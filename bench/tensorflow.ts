// node bench/tensorflow.ts: soft-dtw with its gradient on the native TensorFlow, on TensorFlow.js and on numpy, by length, alone and in batches. A process
// computes on one engine, so each has its own. scripts/native-tensorflow.sh puts the native library in place.
import { spawnSync } from 'node:child_process';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { dtw, evaluate, pairs, setTfjsEngine, softDtw, tfjsEngine } from '../src/core/index.ts';
import { series } from './data.ts';

const LENGTHS = [16, 64, 100, 256, 1000];
const BATCHES = [
  [32, 100],
  [256, 32],
] as const;
const COLUMNS = ['node', 'cpu', 'numpy'] as const;
type Column = (typeof COLUMNS)[number];

/** Milliseconds of one run: the median of some rounds of half a second in all. */
function time(run: () => unknown): number {
  for (let k = 0; k < 3; k++) run();
  const times: number[] = [];
  for (const began = performance.now(); performance.now() - began < 500 || times.length < 5; ) {
    const started = performance.now();
    run();
    times.push(performance.now() - started);
  }
  return times.sort((a, b) => a - b)[times.length >> 1] as number;
}

function measure(column: Column): number[] {
  const be = column === 'numpy' ? 'numpy' : 'tfjs';
  if (be === 'tfjs') {
    setTfjsEngine(column as 'node' | 'cpu');
    tfjsEngine();
  }
  const alone = LENGTHS.flatMap((n) => {
    const [s1, s2] = [series(n, 1), series(n, 2)];
    const wanted = { grad: true };
    return [softDtw, dtw].map((metric) => time(() => evaluate(metric, s1, s2, { be }, wanted)));
  });
  const batches = BATCHES.map(([b, n]) => {
    const many = (seed: number) => Array.from({ length: b }, (_, k) => series(n, seed + k));
    const [first, second] = [many(1), many(1000)];
    return time(() => pairs(softDtw, first, second, { be }, { grad: true }));
  });
  return [...alone, ...batches];
}

const shown = (ms: number): string => (ms < 10 ? ms.toPrecision(2) : ms.toFixed(0));

if (process.argv[2] !== undefined) {
  console.log(JSON.stringify(measure(process.argv[2] as Column)));
} else {
  console.log(
    `Node ${process.version}, ${cpus()[0]?.model} x ${availableParallelism()}, load ${loadavg()[0]?.toFixed(1)}: milliseconds, with the gradient\n`,
  );
  const found = COLUMNS.map((column) => {
    const env = { ...process.env, TF_CPP_MIN_LOG_LEVEL: '3' };
    const { status, stdout } = spawnSync(process.execPath, [fileURLToPath(import.meta.url), column], {
      env,
      encoding: 'utf8',
    });
    return status === 0 ? (JSON.parse(stdout) as number[]) : undefined;
  });
  const rows = [
    ...LENGTHS.flatMap((n) => [`soft-dtw, n = ${n}`, `dtw, n = ${n}`]),
    ...BATCHES.map(([b, n]) => `soft-dtw, ${b} pairs of n = ${n}`),
  ];
  console.log('| | native | JavaScript | numpy |\n|---|---|---|---|');
  for (const [k, row] of rows.entries()) {
    const cells = found.map((times) => (times === undefined ? 'not installed' : shown(times[k] as number)));
    console.log(`| ${row} | ${cells.join(' | ')} |`);
  }
}
