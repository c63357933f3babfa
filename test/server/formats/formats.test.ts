import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { InvalidInput } from '../../../src/core/index.ts';
import { ingest } from '../../../src/server/datasets/ingest.ts';
import type { Content, ReadOptions } from '../../../src/server/formats/format.ts';
import { formats } from '../../../src/server/formats/index.ts';
import { contentOf } from '../../support/memory-content.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const folder = temporaryFolder();
let files = 0;

/** Reads bytes as an upload is read, and gives what is told of them. */
async function read(bytes: string | Uint8Array, format?: string, options: Partial<ReadOptions> = {}) {
  const path = join(folder, `upload-${files++}`);
  writeFileSync(path, bytes);
  const given = { labels: 'first', layout: 'time_first', ...options } as const;
  return ingest({ path, to: `${path}.content`, format, options: given, limit: 2 ** 20 }, new Int32Array(1));
}

async function written(name: string, content: Content): Promise<Buffer> {
  const format = formats.find((one) => one.name === name);
  assert.ok(format);
  const pieces: Buffer[] = [];
  for await (const piece of format.write(content)) pieces.push(Buffer.from(piece));
  return Buffer.concat(pieces);
}

const digestOf = async (content: Content): Promise<string> =>
  (await read(await written('json', content), 'json')).digest;

const number = fc
  .oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer({ min: -9, max: 9 }))
  .map((x) => x + 0);
const data = (d: fc.Arbitrary<number>) =>
  d.chain((width) =>
    fc.array(fc.array(number, { minLength: 1, maxLength: 12 }), { minLength: 1, maxLength: 6 }).map((all) => ({
      d: width,
      series: all.map((one) => Float64Array.from(one.flatMap((x) => new Array(width).fill(x)))),
    })),
  );
const label = fc.stringMatching(/^[A-Za-z0-9_.é日]{1,6}$/);

describe('a format of data sets', () => {
  for (const { name } of formats) {
    const table = name === 'csv' || name === 'tsv';
    const labelled = name !== 'npy';

    it(`${name} gives back every value, length and label`, async () => {
      await fc.assert(
        fc.asyncProperty(
          data(table ? fc.constant(1) : fc.integer({ min: 1, max: 3 })),
          fc.array(label, { minLength: 6, maxLength: 6 }),
          async ({ d, series }, names) => {
            const labels = labelled ? names.slice(0, series.length) : undefined;
            const content = contentOf(series, d, labels);
            const facts = await read(await written(name, content), name);
            assert.equal(facts.digest, await digestOf(content));
          },
        ),
        { numRuns: 60 },
      );
    });

    it(`${name} is recognised by its first bytes`, async () => {
      const series = [Float64Array.of(1, 2, 3, 4), Float64Array.of(0.5, -2e-7, 1e300)];
      const content = contentOf(series, 1, labelled ? ['1', '2'] : undefined);
      assert.equal((await read(await written(name, content))).digest, await digestOf(content));
    });

    it(`${name} is never more than refused, whatever is cut off or changed`, async () => {
      const content = contentOf(
        [Float64Array.of(1, 2, 3, 4), Float64Array.of(0.5, -2, 1)],
        1,
        labelled ? ['a', 'b'] : undefined,
      );
      const whole = await written(name, content);
      await fc.assert(
        fc.asyncProperty(fc.nat(whole.length - 1), fc.nat(255), fc.boolean(), async (at, byte, cut) => {
          const bytes = Buffer.from(cut ? whole.subarray(0, at) : whole);
          if (!cut) bytes[at] = byte;
          try {
            await read(bytes, name);
          } catch (error) {
            assert.ok(error instanceof InvalidInput, String((error as Error).stack));
          }
        }),
        { numRuns: 150 },
      );
    });
  }

  it('knows equal data sets in different spellings as the same', async () => {
    const { digest } = await read('[[1,2,3],[4,5]]');
    for (const same of ['[[1.0,2e0,3],[4,5,null]]', '{"series":[[1,2,3],[4,5]]}', ' \n[[1,2,3] , [4,5,null,null]]\n']) {
      assert.equal((await read(same)).digest, digest);
    }
    assert.equal((await read('1,2,3\n4,5,\n', 'csv', { labels: 'none' })).digest, digest);
    for (const other of [
      '[[1,2,3],[4,5,0]]',
      '[[4,5],[1,2,3]]',
      '[[[1],[2],[3]],[[4],[5]]]',
      '{"series":[[1,2,3],[4,5]],"labels":["a","a"]}',
    ]) {
      const found = (await read(other)).digest;
      if (other.startsWith('[[[')) assert.equal(found, digest, 'one value per step is the same in rows');
      else assert.notEqual(found, digest);
    }
  });

  it('reads JSON whose labels come before its series', async () => {
    const { labels } = await read('{"labels":["x",2,"x"],"series":[[1],[2],[3]]}');
    assert.deepEqual(labels, { x: 2, 2: 1 });
  });

  it('turns channels_first round', async () => {
    const { digest } = await read('[[[1,10],[2,20],[3,30]]]');
    assert.equal((await read('[[[1,2,3],[10,20,30]]]', 'json', { layout: 'channels_first' })).digest, digest);
  });

  it('warns where time and channels seem swapped', async () => {
    const { warnings } = await read('[[[1,2,3],[4,5,6]]]');
    assert.match(warnings?.[0] ?? '', /3 values per step and at most 2 steps.*layout=channels_first/);
  });

  it('reads what Excel and R write: a byte order mark, CRLF, quotes', async () => {
    const { digest } = await read('[[1,2],[3,4]]');
    assert.equal((await read('\uFEFF"1","2"\r\n"3","4"\r\n', 'csv', { labels: 'none' })).digest, digest);
  });

  for (const [what, bytes, format, message, path] of [
    ['a ragged row', '[[[1,2],[3]]]', 'json', /expected a row of 2 numbers, got 1/, ['series', 0, 1]],
    ['a word for a number', '{"series":[[1,2],[1,"x"]]}', 'json', /expected a finite number/, ['series', 1, 1]],
    ['series of different d', '[[1],[[1,2]]]', 'json', /1 and 2 differ/, ['series', 1]],
    ['a missing value inside', '[[1,null,2]]', 'json', /missing value inside the series/, ['series', 0, 1]],
    ['an empty series', '[[1],[]]', 'json', /zero length/, ['series', 1]],
    ['no series', '[]', 'json', /has no series/, ['series']],
    ['an unknown field', '{"serie":[[1]]}', 'json', /unknown field "serie"/, ['serie']],
    ['too few labels', '{"series":[[1],[2]],"labels":["a"]}', 'json', /1 labels for 2 series/, ['labels']],
    ['what is no JSON', '[[1,NaN]]', 'json', /not JSON/, []],
    ['JSON that ends early', '[[1,2', 'json', /ends too early/, []],
    ['nothing', '', 'json', /empty/, []],
    ['a word in a table', 'a,1,x\n', 'csv', /line 1, value 3: expected a number, got "x"/, []],
    ['time stamps', '@timestamps true\n@data\n(0,1),(1,2):a\n', 'ts', /time stamps/, []],
    ['channels of unequal lengths', '@data\n1,2:1:a\n', 'ts', /line 2: its channels have unequal lengths/, []],
    ['what is none', 'PAR1 but no more', 'parquet', /Parquet file cannot be read/, []],
    ['what nobody knows', 'hello world', undefined, /not recognised: set \?format= to one of json, npz/, []],
  ] as const) {
    it(`refuses ${what}, and says where`, async () => {
      await assert.rejects(read(bytes, format), (error: InvalidInput) => {
        assert.ok(error instanceof InvalidInput, String(error));
        assert.match(error.message, message);
        assert.deepEqual(error.path, path);
        return true;
      });
    });
  }

  it('refuses more values than the limit', async () => {
    const bytes = await written('npy', contentOf([new Float64Array(2 ** 17 + 1)], 1));
    await assert.rejects(read(bytes), /more than 1048576 bytes/);
  });
});
