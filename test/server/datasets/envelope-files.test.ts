import assert from 'node:assert/strict';
import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { after, before, beforeEach, describe, it } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { neighbors } from '../../../src/core/index.ts';
import { envelopeFiles } from '../../../src/server/datasets/envelope-files.ts';
import { startProcess } from '../../support/start-process.ts';
import { type S3Server, startS3, withoutS3 } from '../../support/start-s3.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const digest = `sha256:${'a1'.repeat(32)}`;
const SIZE = 1000;
const BYTES = 16 + 4 * 10 + 8 * SIZE;
const place = (part: number, windows = '100 sakoe_chiba 5', queries = 4) => ({ digest, windows, part, queries });
/** Two arrays of different kinds. */
const memory = (seed?: number) => {
  const value = (i: number) => (seed === undefined ? 0 : Math.sin(seed + i) / 3);
  return [
    Int32Array.from({ length: 10 }, (_, i) => 100 * value(i)),
    Float64Array.from({ length: SIZE }, (_, i) => value(i)),
  ];
};

describe('envelopes in files', () => {
  const root = temporaryFolder();
  let folder: string;
  const shelf = (code = 'one', bytes = 2 ** 20) => envelopeFiles({ folder, bytes, code });
  const read = (from: ReturnType<typeof shelf>, at: ReturnType<typeof place>) => {
    const found = memory();
    return from.read(at, found) ? found : undefined;
  };
  beforeEach(() => {
    folder = mkdtempSync(join(root, 'cache-'));
  });

  it('are read as they were put, part by part in any order, by whoever has the same code', () => {
    const own = shelf();
    own.put(place(7), memory(7));
    own.put(place(2), memory(2));
    own.put(place(2, '100 itakura'), memory(3));
    assert.deepEqual(read(shelf(), place(2)), memory(2));
    assert.deepEqual(read(own, place(7)), memory(7));
    assert.deepEqual(read(own, place(2, '100 itakura')), memory(3));
    for (const absent of [place(0), place(1), place(3), place(8), place(7, '100 itakura')])
      assert.equal(read(own, absent), undefined);
    assert.equal(read(own, { ...place(2), digest: `sha256:${'b2'.repeat(32)}` }), undefined);
    assert.equal(read(shelf('two'), place(2)), undefined);
    assert.equal(own.read(place(2), [new Float64Array(SIZE)]), false); // of another size
    assert.ok(readdirSync(folder).every((name) => name.startsWith(digest.slice(7))));
  });

  it('are for searches of as many queries as needed them, and more', () => {
    const own = shelf();
    own.put(place(0, 'a', 20), memory(1));
    assert.deepEqual(
      [10, 20, 30].map((queries) => read(own, place(0, 'a', queries)) !== undefined),
      [false, true, true],
    );
    own.put(place(0, 'a', 10), memory(1));
    assert.deepEqual(read(own, place(0, 'a', 10)), memory(1));
  });

  it('are not read where any byte is not what was written, until they are put again', () => {
    const own = shelf();
    own.put(place(0), memory(1));
    const path = join(folder, readdirSync(folder)[0] as string);
    const whole = readFileSync(path);
    assert.equal(whole.length, BYTES);
    for (const at of [0, 5, 16, 17, 60, 4000, whole.length - 1]) {
      const damaged = Buffer.from(whole);
      damaged[at] = (damaged[at] as number) ^ 1;
      writeFileSync(path, damaged);
      assert.equal(read(own, place(0)), undefined, `byte ${at}`);
      own.put(place(0), memory(1));
      assert.deepEqual(read(own, place(0)), memory(1), `byte ${at}`);
    }
    truncateSync(path, whole.length - 8);
    assert.equal(read(own, place(0)), undefined);
    own.put(place(0), memory(1));
    assert.deepEqual(read(own, place(0)), memory(1));
  });

  it('share their room with data sets: what was not used for the longest time makes way', async () => {
    const own = shelf('one', 3 * BYTES + 500);
    const windows = ['a', 'b', 'c', 'd'];
    for (const [k, name] of windows.entries()) {
      own.put(place(0, name), memory(k));
      await setTimeout(20); // another time of use; and whoever removes has removed
      if (k > 0) assert.ok(read(own, place(0, 'a')), 'the one that is used stays');
    }
    while (readdirSync(folder).length > 3) await setTimeout(5);
    assert.deepEqual(
      windows.map((name) => read(own, place(0, name)) !== undefined),
      [true, false, true, true],
    );
  });

  it('are not kept where their folder is gone or has too little room, and nothing fails', () => {
    const small = shelf('one', BYTES);
    small.put(place(0), memory(1));
    assert.deepEqual(readdirSync(folder), []);
    rmSync(folder, { recursive: true });
    const own = shelf();
    own.put(place(0), memory(1));
    assert.equal(read(own, place(0)), undefined);
  });
});

describe('a service with a bucket', { skip: withoutS3 }, () => {
  let s3: S3Server;
  const folder = temporaryFolder();
  before(async () => {
    s3 = await startS3();
  });

  // Noise, which bounds hardly prune: nearly all envelopes are needed.
  const noise = (k: number) => Array.from({ length: 64 }, (_, i) => Math.sin(1e4 * Math.sin(k * 64 + i + 1)));
  const candidates = Array.from({ length: 150 }, (_, k) => noise(k));
  const request = { queries: Array.from({ length: 40 }, (_, k) => noise(1000 + k)), k: 2, sakoe_chiba_radius: 6 };

  /** What a new process answers. */
  async function answered(): Promise<{ indices: unknown; values: unknown }> {
    const env = { ...s3.env, STORE_CACHE: folder, WORKERS: '1', LOG_LEVEL: 'error' };
    const { url, child, ended } = await startProcess(env);
    const sent = async (method: string, path: string, body: object) => {
      const headers = { 'content-type': 'application/json' };
      const answer = await fetch(`${url}${path}`, { method, headers, body: JSON.stringify(body) });
      assert.ok(answer.ok, `${answer.status} ${path}`);
      return (await answer.json()) as { indices: unknown; values: unknown };
    };
    try {
      await sent('PUT', '/datasets/noise', { series: candidates });
      return await sent('POST', '/dtw/neighbors', { ...request, candidates: 'noise' });
    } finally {
      child.kill('SIGTERM');
      await ended;
    }
  }

  it('reads the envelopes that an earlier process has computed, unless they are damaged: then it writes them again', async () => {
    const { queries, ...options } = request;
    const { indices, values } = neighbors('dtw', queries, candidates, options);
    const isRight = (answer: { indices: unknown; values: unknown }) =>
      assert.deepEqual([answer.indices, answer.values], [indices, values]);

    isRight(await answered());
    const files = readdirSync(folder).filter((name) => name.includes('-envelopes-'));
    assert.equal(files.length, 1, readdirSync(folder).join());
    const path = join(folder, files[0] as string);
    const written = readFileSync(path);

    const before = new Date(1e12);
    utimesSync(path, before, before);
    isRight(await answered());
    assert.ok(statSync(path).mtimeMs > 1e12, 'they were not read');
    assert.deepEqual(readFileSync(path), written);

    const damaged = Buffer.from(written);
    damaged.writeDoubleLE(1e9, damaged.length / 2 - ((damaged.length / 2) % 8));
    writeFileSync(path, damaged);
    isRight(await answered());
    assert.deepEqual(readFileSync(path), written);
  });

  after(() => s3.end());
});
