// Prints which files of src a small request passes, POST /dtw with two short series, once the service is warm. Three ways to count them:
//
// - on the way: those with a function on the call stack where the request's data are worked on: where its numbers are read, where its cells are computed, and
//   where its answer is written. They stand between the socket and those places, and what is wrong with a request is in one of them.
// - between: those of which any function runs from the moment the body is parsed until the answer is written, so also whatever is asked for a word.
// - in all: those of which any function runs while the request is served: what receives it, what applies to every request, metrics and the log.
//
// test/request-files.test.ts holds the tables of docs/architecture.md to the first and the second; --json prints all three for it.
import { Session } from 'node:inspector';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const SOURCE = fileURLToPath(new URL('../src/', import.meta.url));
const BODY = JSON.stringify({ s1: [1, 2, 3], s2: [3, 4, -3] });
/** What follows an answer: the log and the metrics. */
const AFTERWARDS_MS = 200;

/** The files on the way to each place, from the outermost function to the innermost. */
const onTheWay = new Map<string, readonly string[]>();
let before: readonly string[] = [];
let between: readonly string[] = [];
let isWatching = false;

const fileOf = (url: string): string | undefined =>
  url.startsWith(`file://${SOURCE}`) ? `src/${url.slice(`file://${SOURCE}`.length)}` : undefined;

/** Records the files on the call stack, the first time that a request comes here. */
function passed(place: string): void {
  if (!isWatching || onTheWay.has(place)) return;
  const urls = [...(new Error().stack as string).matchAll(/(file:\/\/[^\s()]+?\.ts):\d/g)].map(
    ([, url]) => url as string,
  );
  const files = urls.map(fileOf).filter((file) => file !== undefined);
  onTheWay.set(place, [...new Set(files)].reverse());
}

// The places: JSON is read and written by these functions, numbers are tested by this one, and cells are computed by this export of the kernels.
const { parse, stringify } = JSON;
const { isFinite: isFiniteNumber } = Number;
Error.stackTraceLimit = Number.POSITIVE_INFINITY;
JSON.parse = (text, reviver) => {
  const parsed = parse(text, reviver);
  if (isWatching && text === BODY) before = takeCoverage();
  return parsed;
};
JSON.stringify = (value: unknown, ...rest: never[]) => {
  if (isWatching && typeof value === 'object' && value !== null && 'dtype' in value && !onTheWay.has('writing')) {
    between = takeCoverage();
    passed('writing');
  }
  return stringify(value, ...rest);
};
Number.isFinite = (value) => {
  passed('reading');
  return isFiniteNumber(value);
};
const { Instance } = WebAssembly;
WebAssembly.Instance = new Proxy(Instance, {
  construct(target, args: ConstructorParameters<typeof Instance>) {
    const { dtw, ...others } = new target(...args).exports as Record<string, (...cells: number[]) => unknown>;
    const watched = (...cells: number[]) => {
      passed('computing');
      return dtw?.(...cells);
    };
    return { exports: { ...others, dtw: watched } };
  },
});

const session = new Session();
session.connect();

function ask<T>(method: string, params?: object): T {
  let answer: unknown;
  session.post(method, params, (error: Error | null, result?: object) => {
    if (error) throw error;
    answer = result;
  });
  return answer as T;
}

interface Coverage {
  readonly result: readonly {
    readonly url: string;
    readonly functions: readonly {
      readonly functionName: string;
      readonly ranges: readonly { readonly count: number }[];
    }[];
  }[];
}

/** The files of which a function has run since the last call. */
function takeCoverage(): string[] {
  const { result } = ask<Coverage>('Profiler.takePreciseCoverage');
  const run = result.filter(({ functions }) =>
    functions.some(({ ranges: [whole] }) => whole !== undefined && whole.count > 0),
  );
  return run
    .map(({ url }) => fileOf(url))
    .filter((file) => file !== undefined)
    .sort();
}

const { buildApp } = await import('../src/server/app.ts');
const { readConfig } = await import('../src/server/config.ts');
const app = await buildApp(
  readConfig({
    STORE_URL: `file:${join(tmpdir(), 'request-files')}`,
    LOG_LEVEL: 'info',
    WORKERS: '1',
    PORT: '0',
    // What looks at readers regularly is no part of the request.
    WRITE_TIMEOUT_MS: '600000',
    SHUTDOWN_TIMEOUT_MS: '600000',
  }),
);
await app.listen({ host: '127.0.0.1', port: 0 });
const post = async (): Promise<void> => {
  const response = await fetch(`${app.listeningOrigin}/dtw`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: BODY,
  });
  if (!response.ok) throw new Error(await response.text());
  await response.arrayBuffer();
};
while (!(await fetch(`${app.listeningOrigin}/readyz`)).ok) await new Promise((resolve) => setTimeout(resolve, 20));
await post();
await new Promise((resolve) => setTimeout(resolve, AFTERWARDS_MS));

ask('Profiler.enable');
ask('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
await post(); // what runs for the first time
await new Promise((resolve) => setTimeout(resolve, AFTERWARDS_MS));
takeCoverage();
isWatching = true;
await post();
await new Promise((resolve) => setTimeout(resolve, AFTERWARDS_MS));
isWatching = false;
const inAll = [...new Set([...before, ...between, ...takeCoverage()])].sort();
await app.close();

if (process.argv.includes('--json')) console.log(stringify({ onTheWay: Object.fromEntries(onTheWay), between, inAll }));
else {
  const way = new Set([...onTheWay.values()].flat());
  for (const [place, files] of onTheWay) print(`on the way, ${place}`, files);
  print('on the way, of each once', [...way]);
  print('between', between);
  print('in all', inAll);
}

function print(title: string, files: readonly string[]): void {
  console.log(`${title}: ${files.length} files`);
  for (const file of files) console.log(`  ${file}`);
}
