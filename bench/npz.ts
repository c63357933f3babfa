// A matrix of 200 x 200 series of 500 steps over loopback: the cost of JSON compared with NumPy files, in bytes and in time.
import { array, serializeNpzSync } from 'numpy-ts';
import { series } from './data.ts';
import { start } from './start.ts';

const [N, STEPS, ROUNDS] = [200, 500, 20];

/** Euclidean, where transferring the numbers takes most of the time; dtw, which has more to compute. */
const PATHS = ['/euclidean/cdist', '/dtw/cdist?sakoe_chiba_radius=25'];

interface Form {
  readonly type: string;
  readonly accept: string;
  readonly body: string | Uint8Array<ArrayBuffer>;
}

const dataset1 = Array.from({ length: N }, (_, k) => series(STEPS, k + 1));
const asJson = (path: string): string =>
  JSON.stringify({
    dataset1: dataset1.map((one) => Array.from(one)),
    ...(path.includes('?') && { sakoe_chiba_radius: 25 }),
  });
const npz = Uint8Array.from(serializeNpzSync({ dataset1: array(dataset1.map((one) => Array.from(one))) }));

async function ask(url: string, { type, accept, body }: Form): Promise<{ ms: number; bytes: number }> {
  const started = performance.now();
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': type, accept }, body });
  const answer = accept.includes('json') ? await response.text() : await response.arrayBuffer();
  if (!response.ok) throw new Error(`${response.status}`);
  if (typeof answer === 'string') JSON.parse(answer);
  return { ms: performance.now() - started, bytes: typeof answer === 'string' ? answer.length : answer.byteLength };
}

process.env.MAX_CELLS = '50000000000';
const { process: child, url } = await start('src/server/main.ts', 18_083);
for (const path of PATHS) {
  const json: Form = { type: 'application/json', accept: 'application/json', body: asJson(path) };
  const binary: Form = { type: 'application/x-npz', accept: 'application/x-npy', body: npz };
  const paths = { json: path.split('?')[0] as string, binary: path };
  const times = { json: [] as number[], binary: [] as number[] };
  const answers = { json: 0, binary: 0 };
  for (let round = 0; round < ROUNDS + 3; round++) {
    for (const [name, form] of [
      ['json', json],
      ['binary', binary],
    ] as const) {
      const { ms, bytes } = await ask(url + paths[name], form);
      answers[name] = bytes;
      if (round >= 3) times[name].push(ms);
    }
  }
  const [j, b] = [Math.min(...times.json), Math.min(...times.binary)];
  console.log(`${path}: ${N} x ${STEPS}`);
  console.log(`  JSON    ${json.body.length} bytes in, ${answers.json} out, ${j.toFixed(1)} ms`);
  console.log(`  NumPy   ${binary.body.length} bytes in, ${answers.binary} out, ${b.toFixed(1)} ms`);
  const bytes = (json.body.length + answers.json) / (binary.body.length + answers.binary);
  console.log(`  ratio   ${bytes.toFixed(2)} of the bytes, ${(j / b).toFixed(2)} of the time`);
}
child.kill();
