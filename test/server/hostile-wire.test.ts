import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import type { Response } from 'supertest';
import { Agent, request } from 'undici';
import { assertDocumented } from '../support/assert-documented.ts';
import { type Service, startService, untilReady } from '../support/start-service.ts';

// What hostile.test.ts cannot say in JSON: bytes, headers and query strings that no client library sends. FC_RUNS asks for more of them.

interface Sent {
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: Buffer;
}

const good = '{"s1":[1,2,3],"s2":[3,4,-3]}';
const paths = fc.constantFrom(
  '/dtw',
  '/soft-dtw',
  '/msm',
  '/dtw/cdist',
  '/dtw/neighbors',
  '/soft-dtw/barycenter',
  '/dtw/subsequence',
);
const plain = { 'content-type': 'application/json' };
const ofText = (texts: fc.Arbitrary<string>): fc.Arbitrary<Sent> =>
  fc.record({ path: paths, headers: fc.constant(plain), body: texts.map((text) => Buffer.from(text)) });

/** Numbers as only a text can have them. */
const number = fc.constantFrom(
  '-0',
  '1e308',
  '-1e308',
  '1e309',
  '1e-400',
  '0.1e1',
  '01',
  '1.',
  '+1',
  'NaN',
  '0x10',
  '9'.repeat(400),
  '""',
);
const key = fc.constantFrom(
  's1',
  's2',
  'dataset',
  'dataset1',
  'queries',
  'gamma',
  'be',
  '__proto__',
  'constructor',
  'toString',
  '',
  '\\u0000',
);
const value = fc.oneof(
  fc.array(number, { maxLength: 5 }).map((numbers) => `[${numbers.join(',')}]`),
  fc.array(fc.array(number, { maxLength: 3 }), { maxLength: 4 }).map((rows) => `[${rows.map((row) => `[${row}]`)}]`),
  fc.constantFrom('[1,2,3]', '[[1,2],[3,4]]', '{}', 'null', '"x"', 'true', '1'),
);

const kinds: Readonly<Record<string, fc.Arbitrary<Sent>>> = {
  'duplicate, odd and missing keys': ofText(
    fc
      .array(fc.tuple(key, value), { maxLength: 6 })
      .map((fields) => `{${fields.map(([name, of]) => `"${name}":${of}`)}}`),
  ),
  'deep nesting': ofText(
    fc
      .tuple(fc.constantFrom('[', '{"a":', '[[],'), fc.constantFrom(1, 10, 1000, 50_000, 300_000), fc.boolean())
      .map(
        ([open, depth, whole]) =>
          `{"s1":${open.repeat(depth)}${whole && open === '[' ? `1${']'.repeat(depth)}` : ''},"s2":[1]}`,
      ),
  ),
  'bytes put in, changed and cut off': fc
    .tuple(paths, fc.uint8Array({ minLength: 1, maxLength: 4 }), fc.nat(good.length), fc.boolean())
    .map(([path, bytes, at, cut]) => {
      const whole = Buffer.from(good);
      return {
        path,
        headers: plain,
        body: Buffer.concat([whole.subarray(0, at), bytes, ...(cut ? [] : [whole.subarray(at)])]),
      };
    }),
  'broken compression': fc
    .tuple(
      paths,
      fc.constantFrom('gzip', 'deflate', 'br', 'gzip, gzip', 'zstd', 'x'),
      fc.constantFrom(gzipSync, deflateSync, brotliCompressSync),
      fc.nat(60),
      fc.nat(255),
    )
    .map(([path, encoding, compress, cut, change]) => {
      const body = Buffer.from(compress(good));
      if (change < body.length) body[change] = 255 - body[change];
      return {
        path,
        headers: { ...plain, 'content-encoding': encoding },
        body: body.subarray(0, Math.max(1, body.length - (cut % 30))),
      };
    }),
  'floods of headers': fc
    .tuple(
      paths,
      fc.constantFrom(1, 50, 300),
      fc.constantFrom(1, 100, 200),
      fc.constantFrom('accept', 'x-request-id', 'authorization', 'x'),
    )
    .map(([path, count, length, name]) => ({
      path,
      headers: {
        ...plain,
        ...Object.fromEntries(Array.from({ length: count }, (_, k) => [`${name}${k || ''}`, 'v'.repeat(length)])),
      },
      body: Buffer.from(good),
    })),
  'absurd queries': fc
    .tuple(
      paths,
      fc.array(
        fc.tuple(
          fc.constantFrom('grad', 'path', 'grad[]', '__proto__', '%00', '%ff', 'be', ''),
          fc.constantFrom('true', 'false', '1', '%zz', '%F0%9F', 'x'.repeat(5000), ''),
        ),
        { maxLength: 8 },
      ),
      fc.constantFrom('&', '&&', ';', '?', '/..%2f'),
    )
    .map(([path, pairs, joint]) => ({
      path: `${path}?${pairs.map(([name, of]) => `${name}=${of}`).join(joint)}`,
      headers: plain,
      body: Buffer.from(good),
    })),
  'types that are none': fc
    .tuple(
      paths,
      fc.constantFrom(
        '',
        'application/json; charset=utf-16',
        'text/json',
        'application/x-npz',
        'application/json/x',
        'multipart/form-data',
        '*/*',
      ),
    )
    .map(([path, type]) => ({ path, headers: { 'content-type': type }, body: Buffer.from(good) })),
};

/** A million elements: a few of them, since each takes as long as a hundred others. */
const millions = ['1', '1e308', 'null', '[1]', '"x"', '{}', '[]'].map(
  (one): Sent => ({
    path: '/dtw',
    headers: plain,
    body: Buffer.from(`{"s1":[${`${one},`.repeat(999_999)}${one}],"s2":[1]}`),
  }),
);

describe('hostile bytes', () => {
  let service: Service;
  const agent = new Agent({ maxHeaderSize: 1e6 });
  before(async () => {
    service = await startService({ WORKERS: '2', MAX_CELLS: '100000000' });
    await untilReady(service);
  });
  after(async () => {
    await agent.destroy();
    await service.close();
  });

  async function assertAnswered({ path, headers, body }: Sent): Promise<void> {
    const response = await request(`${service.url}${path}`, { dispatcher: agent, method: 'POST', headers, body });
    const text = await response.body.text();
    const { statusCode: status } = response;
    assert.ok(status < 500, `${status}: ${text}`);
    assertDocumented(
      { status, headers: response.headers, body: JSON.parse(text) } as unknown as Response,
      'post',
      path.split('?')[0] as string,
    );
  }

  async function assertWell(): Promise<void> {
    const { body } = await service.request.post('/dtw').set('content-type', 'application/json').send(good);
    assert.equal(body.value, 6.48074069840786);
  }

  for (const [what, sent] of Object.entries(kinds)) {
    it(`are answered as the OpenAPI document says: ${what}`, async () => {
      const numRuns = Math.ceil(Number(process.env.FC_RUNS ?? 280) / Object.keys(kinds).length);
      await fc.assert(fc.asyncProperty(sent, assertAnswered), { numRuns, seed: Number(process.env.FC_SEED ?? 1) });
      await assertWell();
    });
  }

  it('are answered as the OpenAPI document says: a million elements', async () => {
    for (const sent of millions) await assertAnswered(sent);
    await assertWell();
  });
});
