import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { metrics } from '../../../src/core/index.ts';
import { operations } from '../../../src/server/operations/index.ts';
import { examplesFor } from '../../../src/server/operations/operation.ts';
import { placementOf } from '../../../src/server/schemas/placement.ts';
import { assertDocumented } from '../../support/assert-documented.ts';
import { type Service, startService, untilReady } from '../../support/start-service.ts';
import { float64 } from '../../support/write-npy.ts';
import { zip } from '../../support/write-zip.ts';

const folder = new URL('./files/', import.meta.url);
const values = JSON.parse(readFileSync(new URL('values.json', folder), 'utf8'));

/** Nested lists as one array, shorter ones padded with NaN. */
function padded(value: unknown): { data: number[]; shape: number[] } {
  const shape: number[] = [];
  const measure = (list: unknown, axis: number): void => {
    if (!Array.isArray(list)) return;
    shape[axis] = Math.max(shape[axis] ?? 0, list.length);
    for (const one of list) measure(one, axis + 1);
  };
  measure(value, 0);
  const data: number[] = [];
  const fill = (list: unknown, axis: number): void => {
    if (axis === shape.length) data.push((list as number | null | undefined) ?? Number.NaN);
    else for (let at = 0; at < shape[axis]; at++) fill((list as unknown[] | undefined)?.[at], axis + 1);
  };
  fill(value, 0);
  return { data, shape };
}

describe('Content-Type: application/x-npz', () => {
  let service: Service;
  before(async () => {
    service = await startService({ WORKERS: '2', MAX_BODY_BYTES: '1000000' });
    await untilReady(service);
  });
  after(() => service.close());

  const post = async (path: string, body: Buffer) => {
    const response = await service.request.post(path).set('content-type', 'application/x-npz').send(body);
    assertDocumented(response, 'post', path.split('?')[0] as string);
    return response;
  };

  for (const record of metrics) {
    it(`answers every operation of ${record.name} as JSON does, to the last bit`, async () => {
      const own = operations.filter(({ appliesTo }) => appliesTo(record));
      let answered = 0;
      for (const operation of own) {
        const path = `/${record.name}${operation.suffix}`;
        const { arrays } = placementOf(record, operation);
        const flags = operation.flags(record).map((flag) => `${flag}=true`);
        for (const { value } of Object.values(examplesFor(record, operation))) {
          const fields = Object.entries(value);
          const files = fields.filter(([name]) => arrays.has(name));
          const rest = fields.filter(([name]) => !arrays.has(name)).map(([name, text]) => `${name}=${text}`);
          const entries = files.map(([name, list]) => {
            const { data, shape } = padded(list);
            return { name: `${name}.npy`, content: float64(data, shape) };
          });
          const json = await service.request.post(`${path}?${flags.join('&')}`).send(value);
          const binary = await post(`${path}?${[...flags, ...rest].join('&')}`, zip(entries));
          assert.equal(binary.status, json.status, binary.text);
          if (binary.status !== 200) continue; // not every metric can do all at once for every example
          assert.deepEqual(binary.body, json.body, path);
          answered++;
        }
      }
      assert.ok(answered >= own.length, `${answered} answers of ${own.length} operations`);
    });
  }

  const fixtures = readdirSync(folder).filter((file) => file.endsWith('.npz'));
  it(`reads what numpy writes: ${fixtures.length} files`, async () => {
    for (const file of fixtures) {
      const path = file.startsWith('dataset') ? '/soft-dtw/cdist' : '/dtw?path=true&grad=true';
      const json = await service.request.post(path).send(values[file.replace('.npz', '')]);
      const binary = await post(path, readFileSync(new URL(file, folder)));
      assert.equal(binary.status, 200, `${file}: ${binary.text}`);
      assert.deepEqual(binary.body, json.body, file);
    }
  });

  it('takes numbers, strings and booleans from the query, as their parameters define them', async () => {
    const files = zip([
      { name: 's1.npy', content: float64([1, 2, 3, 9]) },
      { name: 's2.npy', content: float64([3, 4, -3]) },
    ]);
    const body = { s1: [1, 2, 3, 9], s2: [3, 4, -3] };
    const given = { gamma: 5e-1, global_constraint: 'sakoe_chiba', sakoe_chiba_radius: 2, compute_with_backend: false };
    const query = 'gamma=5e-1&global_constraint=sakoe_chiba&sakoe_chiba_radius=2&compute_with_backend=False';
    for (const be of ['numpy', 'pytorch']) {
      const json = await service.request.post('/soft-dtw').send({ ...body, ...given, be });
      const binary = await post(`/soft-dtw?${query}&be=${be}`, files);
      assert.deepEqual(binary.body, json.body);
      assert.equal(json.status, 200);
    }
    const either = await post(
      '/erp',
      zip([
        { name: 's1.npy', content: float64([1, 2]) },
        { name: 's2.npy', content: float64([2, 3]) },
        { name: 'g.npy', content: float64([1.5]) },
      ]),
    );
    const inQuery = await post(
      '/erp?g=1.5',
      zip([
        { name: 's1.npy', content: float64([1, 2]) },
        { name: 's2.npy', content: float64([2, 3]) },
      ]),
    );
    assert.equal(either.body.value, inQuery.body.value);
  });

  it('400 with the place of what is wrong, in the file or in the query', async () => {
    const [s1, s2] = [float64([1, 2, 3]), float64([3, 4, -3])];
    const good = zip([
      { name: 's1.npy', content: s1 },
      { name: 's2.npy', content: s2 },
    ]);
    const cases: [query: string, file: Buffer, pointer: string, detail: RegExp][] = [
      ['?gamma=x', good, '/gamma', /^query\/gamma: .*expected number/],
      ['?gamma=-1', good, '/gamma', /^query\/gamma: /],
      ['?gama=1', good, '/gama', /^query\/gama: unknown/],
      ['?gamma=1&gamma=2', good, '/gamma', /^query\/gamma: /],
      ['?constructor=1', good, '/constructor', /unknown/],
      ['?s1=1', good, '/s1', /unknown/],
      ['', zip([{ name: 's1.npy', content: s1 }]), '/s2', /^body\/s2: /],
      [
        '',
        zip([
          { name: 's1.npy', content: s1 },
          { name: 's2.npy', content: s2 },
          { name: 'x.npy', content: s2 },
        ]),
        '/x',
        /unknown field "x"/,
      ],
      [
        '',
        zip([
          { name: 's1.npy', content: s1 },
          { name: 'gamma.npy', content: s2 },
        ]),
        '/gamma',
        /in the query/,
      ],
      [
        '',
        zip([
          { name: 's1.npy', content: s1 },
          { name: 's2.npy', content: float64([1, Number.NaN, 2]) },
        ]),
        '/s2/1',
        /missing value/,
      ],
      [
        '',
        zip([
          { name: 's1.npy', content: s1 },
          { name: 's2.npy', content: float64([1, Infinity]) },
        ]),
        '/s2/1',
        /finite/,
      ],
      [
        '',
        zip([
          { name: 's1.npy', content: s1 },
          { name: 's2.npy', content: float64([], [0]) },
        ]),
        '/s2',
        /zero length/,
      ],
      [
        '',
        zip([
          { name: 's1.npy', content: s1 },
          { name: 's2.npy', content: float64([1, 2], [1, 1, 2]) },
        ]),
        '/s2',
        /shape/,
      ],
      [
        '',
        zip([
          { name: 's1.npy', content: s1 },
          { name: 's2.npy', content: float64([1, 2], [1, 2]) },
        ]),
        '/s2',
        /feature size/,
      ],
    ];
    for (const [query, file, pointer, detail] of cases) {
      const { status, body } = await post(`/soft-dtw${query}`, file);
      assert.equal(status, 400, JSON.stringify(body));
      assert.equal(body.errors[0].pointer, pointer, JSON.stringify(body));
      assert.match(body.detail, detail);
    }
  });

  it('400 with the place of what is wrong in a dataset', async () => {
    const of = (content: Buffer) => post('/dtw/cdist', zip([{ name: 'dataset1.npy', content }]));
    assert.equal((await of(float64([1, 2, 3, Infinity], [2, 2]))).body.errors[0].pointer, '/dataset1/1/1');
    assert.equal((await of(float64([1, 2, NaN, NaN], [2, 2, 1]))).body.errors[0].pointer, '/dataset1/1');
    for (const shape of [[4], [1, 2, 2, 1], [0, 4], [4, 0], [2, 0, 3]]) {
      const count = shape.reduce((product, one) => product * one);
      const { status, body } = await of(float64(new Array(count).fill(1), shape));
      assert.equal(status, 400, `${shape}`);
      assert.match(body.errors[0].pointer, /^\/dataset1/);
    }
  });

  it('415 if a route accepts no arrays', async () => {
    const { status } = await service.request
      .post('/dtw')
      .set('content-type', 'application/x-npy')
      .send(float64([1]));
    assert.equal(status, 415);
  });
});
