import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { assertDocumented } from '../../support/assert-documented.ts';
import { type Service, startService, untilReady } from '../../support/start-service.ts';
import { float64, npy } from '../../support/write-npy.ts';
import { type Entry, zip } from '../../support/write-zip.ts';

const folder = new URL('./files/', import.meta.url);
const samples = readdirSync(folder)
  .filter((file) => file.endsWith('.npz'))
  .map((file) => readFileSync(new URL(file, folder)));

const LIMIT = 1_000_000;
const good = float64([1, 2, 3]);
const s2: Entry = { name: 's2.npy', content: float64([3, 4, -3]) };
const eight = new Uint8Array(8);
const header = (descr: string, shape: string, order = 'False') =>
  `{'descr': ${descr}, 'fortran_order': ${order}, 'shape': (${shape}), }`;

describe('a hostile .npz', () => {
  let service: Service;
  before(async () => {
    service = await startService({ MAX_BODY_BYTES: String(LIMIT), REQUEST_TIMEOUT_MS: '20000' });
    await untilReady(service);
  });
  after(() => service.close());

  const post = async (body: Buffer, path = '/dtw') => {
    const response = await service.request.post(path).set('content-type', 'application/x-npz').send(body);
    assertDocumented(response, 'post', path);
    return response;
  };
  const served = async () => assert.equal((await post(zip([{ name: 's1.npy', content: good }, s2]))).status, 200);

  const s1Of = (content: Uint8Array, says: Entry['says'] = {}, deflate = false): Buffer =>
    zip([{ name: 's1.npy', content, says, deflate }, s2]);
  const lies: Record<string, Buffer> = {
    'more bytes than the shape': s1Of(npy(header("'<f8'", '3,'), new Uint8Array(32))),
    'fewer bytes than the shape': s1Of(npy(header("'<f8'", '3,'), eight)),
    'a shape whose product leaves the integers': s1Of(npy(header("'<f8'", '4294967296, 4294967296'), eight)),
    'a shape whose product wraps to what is there': s1Of(
      npy(header("'<f8'", '4294967297, 4294967296, 4294967296'), eight),
    ),
    'a shape of 10^300': s1Of(npy(header("'<f8'", `1${'0'.repeat(300)},`.slice(0, 50)), eight)),
    'a negative length': s1Of(npy(header("'<f8'", '-1,'), eight)),
    'two negative lengths': s1Of(npy(header("'<f8'", '-1, -1'), eight)),
    'a length that is no number': s1Of(npy(header("'<f8'", 'x,'), eight)),
    objects: s1Of(npy(header("'|O'", '1,'), eight)),
    'a record': s1Of(npy(header("[('a', '<f8')]", '1,'), eight)),
    text: s1Of(npy(header("'<U2'", '1,'), eight)),
    dates: s1Of(npy(header("'<M8[ns]'", '1,'), eight)),
    'complex numbers': s1Of(npy(header("'<c8'", '1,'), eight)),
    'an unknown float': s1Of(npy(header("'<f16'", '1,'), new Uint8Array(16))),
    'an integer of 5 bytes': s1Of(npy(header("'<i5'", '1,'), new Uint8Array(5))),
    'no header': s1Of(Buffer.from('\x93NUMPY\x01\x00', 'latin1')),
    'a header without end': s1Of(Buffer.from('\x93NUMPY\x01\x00\xff\xff{', 'latin1')),
    'a header of negative length': s1Of(Buffer.from('\x93NUMPY\x02\x00\xf0\xff\xff\xff{}  ', 'latin1')),
    'a header that takes long to match': s1Of(
      Buffer.concat([Buffer.from('\x93NUMPY\x02\x00\x00\x00\x0c\x00', 'latin1'), Buffer.alloc(0xc0000, "'shape':(")]),
    ),
    'another magic': s1Of(Buffer.from('PICKLE\x01\x00\x10\x00{}', 'latin1')),
    nothing: s1Of(new Uint8Array()),
    'a wrong checksum': s1Of(good, { crc: 1 }),
    'a wrong size': s1Of(good, { size: 9 }),
    'a wrong size when inflated': s1Of(good, { size: 9 }, true),
    'a larger size than it has': s1Of(good, { size: 999 }, true),
    'a method that is unknown': s1Of(good, { method: 14 }),
    'bytes that do not inflate': s1Of(good, { method: 8 }),
    encryption: s1Of(good, { flags: 1, size: good.length - 12 }),
    'a name twice': zip([{ name: 's1.npy', content: good }, { name: 's1.npy', content: good }, s2]),
    'an array that is no .npy': zip([{ name: 's1', content: good }, s2]),
  };

  for (const [what, file] of Object.entries(lies)) {
    it(`with ${what} is a 400 that points at the array`, async () => {
      const { status, body } = await post(file);
      assert.equal(status, 400, JSON.stringify(body));
      assert.equal(body.errors[0].pointer, '/s1', JSON.stringify(body));
      await served();
    });
  }

  const whole: Record<string, Buffer> = {
    'is none': Buffer.from('{"s1":[1],"s2":[2]}'),
    'is empty': Buffer.alloc(0),
    'is encrypted throughout': s1Of(good, { flags: 0x41 }),
    'has a name that leads out of its folder': zip([{ name: '../s1.npy', content: good }, s2]),
    'has an absolute name': zip([{ name: '/s1.npy', content: good }, s2]),
    'has too many entries': zip(Array.from({ length: 70_000 / 100 }, (_, k) => ({ name: `${k}.npy`, content: good }))),
  };
  for (const [what, file] of Object.entries(whole)) {
    it(`that ${what} is a 400`, async () => {
      const { status, body } = await post(file);
      assert.deepEqual([status, body.code], [400, 'malformed_npz'], JSON.stringify(body));
      await served();
    });
  }

  it('with unknown names is a 400 that points at them', async () => {
    const names = ['a/s1', '__proto__', 'constructor', 'readme.txt'];
    const file = zip([
      { name: 's1.npy', content: good },
      s2,
      ...names.map((name) => ({ name: `${name}.npy`, content: good })),
    ]);
    const { status, body } = await post(file);
    assert.equal(status, 400);
    const pointers = body.errors.map(({ pointer }: { pointer: string }) => pointer);
    assert.deepEqual(pointers, ['/a~1s1', '/__proto__', '/constructor', '/readme.txt']);
  });

  it('that grows beyond the limit is a 413, whatever size it declares', async () => {
    const count = 40 * LIMIT;
    const bomb = npy(header("'|u1'", `${count},`), new Uint8Array(count));
    const honest = s1Of(bomb, {}, true);
    assert.ok(honest.length < LIMIT / 10);
    const { status, body } = await post(honest);
    assert.deepEqual([status, body.code], [413, 'body_too_large']);
    assert.match(body.detail, /1000000/);
    const twice = zip([
      { name: 's1.npy', content: float64(new Array((0.6 * LIMIT) / 8).fill(1)), deflate: true },
      { name: 's2.npy', content: float64(new Array((0.6 * LIMIT) / 8).fill(1)), deflate: true },
    ]);
    assert.equal((await post(twice)).status, 413);
    // One that lies about its size is given up after as many bytes as it declares.
    const lying = s1Of(bomb, { size: 500 }, true);
    const before = process.memoryUsage().rss;
    for (const { status, body } of await Promise.all(Array.from({ length: 10 }, () => post(lying)))) {
      assert.equal(status, 400);
      assert.match(body.detail, /more than the 500 bytes/);
    }
    assert.ok(process.memoryUsage().rss - before < 5 * count, 'they were not inflated');
    const unnamed = await post(
      zip([{ name: 's1.npy', content: good }, s2, { name: 'x.npy', content: bomb, deflate: true }]),
    );
    assert.equal(unnamed.body.errors[0].pointer, '/x');
    const packed = gzipSync(Buffer.alloc(2 * LIMIT));
    const gzipped = await service.request
      .post('/dtw')
      .set({ 'content-type': 'application/x-npz', 'content-encoding': 'gzip' })
      .send(packed);
    assert.equal(gzipped.status, 413);
    await served();
  });

  it('never makes the service fail, wherever its bytes are changed, cut or doubled', async () => {
    const change = fc.oneof(
      {
        weight: 6,
        arbitrary: fc.record({ at: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), byte: fc.nat(255) }),
      },
      { weight: 1, arbitrary: fc.record({ cut: fc.double({ min: 0, max: 1, noNaN: true }) }) },
      { weight: 1, arbitrary: fc.record({ double: fc.double({ min: 0, max: 1, noNaN: true }) }) },
    );
    const statuses = new Map<number, number>();
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...samples),
        fc.array(change, { minLength: 1, maxLength: 4 }),
        async (sample, changes) => {
          let bytes = Buffer.from(sample);
          for (const one of changes) {
            if ('byte' in one) bytes[Math.floor(one.at * bytes.length)] = one.byte;
            else if ('cut' in one) bytes = bytes.subarray(0, Math.floor(one.cut * bytes.length));
            else bytes = Buffer.concat([bytes, bytes.subarray(Math.floor(one.double * bytes.length))]);
          }
          const { status } = await post(bytes);
          statuses.set(status, (statuses.get(status) ?? 0) + 1);
          assert.ok(status === 200 || status === 400 || status === 413, `${status}`);
        },
      ),
      { numRuns: Number(process.env.FC_RUNS ?? 300), seed: Number(process.env.FC_SEED ?? 1) },
    );
    assert.ok((statuses.get(200) ?? 0) > 5, JSON.stringify([...statuses]));
    await served();
  });

  it('never makes the service fail, whatever its headers say', async () => {
    const descr = fc.constantFrom(
      "'<f8'",
      "'>f4'",
      "'|b1'",
      "'<i8'",
      "'>u8'",
      "'<f2'",
      "'|u1'",
      "'=i2'",
      "'|O'",
      "'f8'",
      "''",
      '8',
    );
    const length = fc.constantFrom(
      '0',
      '1',
      '2',
      '3',
      '-1',
      '1e3',
      '2L',
      '4294967296',
      '9007199254740993',
      '1.5',
      '',
      'x',
    );
    const shape = fc.array(length, { maxLength: 4 }).map((all) => all.join(', '));
    const bytes = fc.uint8Array({ maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(
        descr,
        shape,
        fc.constantFrom('True', 'False', '1'),
        bytes,
        async (type, lengths, order, data) => {
          const file = npy(header(type, lengths, order), data);
          const { status } = await post(zip([{ name: 's1.npy', content: file, deflate: data.length % 2 === 0 }, s2]));
          assert.ok(status === 200 || status === 400, `${status}`);
          const many = await post(zip([{ name: 'dataset1.npy', content: file }]), '/dtw/cdist');
          assert.ok(many.status === 200 || many.status === 400, `${many.status}`);
        },
      ),
      { numRuns: Number(process.env.FC_RUNS ?? 300), seed: Number(process.env.FC_SEED ?? 1) },
    );
    await served();
  });
});
