import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type NDArray, parseNpzSync } from 'numpy-ts';
import { evaluate, metrics } from '../../../src/core/index.ts';
import { operations } from '../../../src/server/operations/index.ts';
import { placementOf } from '../../../src/server/schemas/placement.ts';
import { assertDocumented } from '../../support/assert-documented.ts';
import { type Service, startService, untilReady } from '../../support/start-service.ts';
import { float64 } from '../../support/write-npy.ts';
import { zip } from '../../support/write-zip.ts';

type Rows = number[][];

/** Four steps of three channels. */
const rowsOf = (seed: number): Rows =>
  Array.from({ length: 4 }, (_, i) =>
    Array.from({ length: 3 }, (_, channel) => Math.sin(seed + i * 1.3 + channel * 2)),
  );
const flipped = (rows: Rows): Rows =>
  (rows[0] as number[]).map((_, channel) => rows.map((row) => row[channel] as number));

/** What a field holds by its name: series, or datasets of several. */
function filled(names: Iterable<string>): Record<string, Rows | Rows[]> {
  const found: Record<string, Rows | Rows[]> = {};
  for (const name of names) {
    const seed = Object.keys(found).length;
    if (['s1', 's2', 'query', 'series', 'init'].includes(name)) found[name] = rowsOf(seed);
    if (['dataset', 'dataset1', 'dataset2', 'queries', 'candidates'].includes(name)) {
      found[name] = [rowsOf(seed), rowsOf(seed + 5), rowsOf(seed + 9)];
    }
  }
  return found;
}

const isRows = (value: Rows | Rows[]): value is Rows => typeof value[0]?.[0] === 'number';
const inOther = (value: Rows | Rows[]) => (isRows(value) ? flipped(value) : value.map(flipped));

/** The answer with everything that has the shape of a series flipped. */
function flippedAnswer(answer: Record<string, unknown>): Record<string, unknown> {
  const copy = structuredClone(answer) as Record<string, never>;
  for (const [holder, key] of [
    [copy.gradient, 's1'],
    [copy.gradient, 's2'],
    [copy.envelope, 'lower'],
    [copy.envelope, 'upper'],
    [copy, 'barycenter'],
  ] as [Record<string, Rows> | undefined, string][]) {
    if (holder?.[key] !== undefined) holder[key] = flipped(holder[key]);
  }
  for (const dataset of ['dataset1', 'dataset2']) {
    const gradients = (copy.gradient as Record<string, Rows[]> | undefined)?.[dataset];
    if (gradients !== undefined) (copy.gradient as Record<string, Rows[]>)[dataset] = gradients.map(flipped);
  }
  return copy;
}

describe('layout over HTTP', () => {
  let service: Service;
  before(async () => {
    service = await startService({ WORKERS: '2' });
    await untilReady(service);
  });
  after(() => service.close());

  for (const record of metrics) {
    it(`every operation of ${record.name} answers series with their channels first as it answers rows, in JSON and .npz`, async () => {
      for (const operation of operations.filter(({ appliesTo }) => appliesTo(record))) {
        const route = `/${record.name}${operation.suffix}`;
        const flags = operation.flags(record).map((flag) => `${flag}=true`);
        const path = `${route}?${flags.join('&')}`;
        const { arrays, scalars } = placementOf(record, operation);
        // Channels that are aligned on their own have no common path.
        const scalar = scalars.has('independent') ? { independent: false } : {};
        const timeFirst = filled(arrays);
        assert.ok(Object.keys(timeFirst).length > 0, route);
        const channelsFirst = Object.fromEntries(Object.entries(timeFirst).map(([name, one]) => [name, inOther(one)]));
        const plain = await service.request.post(path).send({ ...timeFirst, ...scalar });
        assert.equal(plain.status, 200, `${route} ${plain.text}`);
        const wanted = flippedAnswer(plain.body);

        const json = await service.request.post(path).send({ ...channelsFirst, ...scalar, layout: 'channels_first' });
        assertDocumented(json, 'post', route);
        assert.deepEqual(json.body, wanted, route);

        const files = Object.entries(channelsFirst).map(([name, one]) => ({
          name: `${name}.npy`,
          content: float64(one.flat(2) as number[], isRows(one) ? [3, 4] : [3, 3, 4]),
        }));
        const npz = await service.request
          .post(`${path}&${new URLSearchParams({ ...scalar, layout: 'channels_first' } as never)}`)
          .set('content-type', 'application/x-npz')
          .send(zip(files));
        assert.deepEqual(npz.body, wanted, `${route} ${npz.text}`);
      }
    });
  }

  it('weights in the shape of a series come in its layout, whichever operation and format, and plain ones are per step', async () => {
    const [a, b] = [rowsOf(1), rowsOf(2)].map((rows) => rows.slice(0, 3)) as [Rows, Rows]; // as many steps as channels
    const w = rowsOf(3).slice(0, 3).map((row) => row.map(Math.abs)); // biome-ignore format: rows
    const layout = 'channels_first';
    const ask = async (path: string, body: object) => {
      const response = await service.request.post(`/minkowski${path}`).send(body);
      assert.equal(response.status, 200, response.text);
      return response.body;
    };
    for (const be of ['numpy', 'tfjs']) {
      for (const [path, timeFirst] of [
        ['?grad=true', { s1: a, s2: b }],
        ['/cdist', { dataset1: [a, b, rowsOf(7).slice(0, 3)] }],
        ['/neighbors', { queries: [a], candidates: [b, rowsOf(8).slice(0, 3)] }],
      ] as [string, Record<string, Rows | Rows[]>][]) {
        const channelsFirst = Object.fromEntries(Object.entries(timeFirst).map(([name, one]) => [name, inOther(one)]));
        const wanted = flippedAnswer(await ask(path, { ...timeFirst, w, be }));
        assert.deepEqual(await ask(path, { ...channelsFirst, w: flipped(w), layout, be }), wanted);
        const perStep = flippedAnswer(await ask(path, { ...timeFirst, w: [1, 2, 3], be }));
        assert.deepEqual(await ask(path, { ...channelsFirst, w: [1, 2, 3], layout, be }), perStep);
        const library = evaluate('minkowski', flipped(a), flipped(b), { w: flipped(w), layout, be: be as 'numpy' });
        if (path === '?grad=true') assert.equal(library.value, wanted.value);
      }
    }
    const files = Object.entries({ s1: flipped(a), s2: flipped(b), w: flipped(w) });
    const npz = await service.request
      .post(`/minkowski?layout=${layout}`)
      .set('content-type', 'application/x-npz')
      .send(zip(files.map(([name, one]) => ({ name: `${name}.npy`, content: float64(one.flat(), [3, 3]) }))));
    assert.equal(npz.body.value, (await ask('', { s1: a, s2: b, w })).value);
    const places = async (w: unknown): Promise<string> => {
      const response = await service.request.post('/minkowski').send({ s1: flipped(a), s2: flipped(b), w, layout });
      assert.equal(response.status, 400, response.text);
      return response.body.errors[0].pointer;
    };
    assert.match(await places([[1, 2, 3], [1, -2, 3], [1, 2, 3]]), /^\/w/); // biome-ignore format: rows
    assert.match(await places([]), /^\/w/);
    assert.match(await places([[], []]), /^\/w/);
    assert.match(await places([[1, 2], [1, 2]]), /^\/w/); // biome-ignore format: rows
  });

  it('gradients as .npz have the shape of their series', async () => {
    const response = await service.request
      .post('/soft-dtw?grad=true')
      .set('accept', 'application/x-npz')
      .responseType('blob')
      .send({ s1: flipped(rowsOf(1)), s2: flipped(rowsOf(2)), layout: 'channels_first' });
    const { arrays } = parseNpzSync(response.body, { force: true });
    assert.deepEqual((arrays.get('gradient_s1') as NDArray).shape, [3, 4]);
  });

  it('large bodies are read on a worker in the same way', async () => {
    const long = (seed: number): Rows =>
      Array.from({ length: 2 }, (_, channel) =>
        Array.from({ length: 5000 }, (_, i) => Math.sin(i / 50 + channel + seed)),
      );
    const [s1, s2] = [long(1), long(2)];
    const body = { s1, s2, layout: 'channels_first', sakoe_chiba_radius: 5 };
    assert.ok(JSON.stringify(body).length > 300_000);
    const found = await service.request.post('/dtw').send(body);
    const wanted = await service.request.post('/dtw').send({ s1: flipped(s1), s2: flipped(s2), sakoe_chiba_radius: 5 });
    assert.equal(found.body.value, wanted.body.value);
  });

  it('a dataset in the wrong layout whose lengths differ is refused with the right one', async () => {
    const dataset1 = [
      flipped(rowsOf(1)),
      flipped(
        rowsOf(2)
          .slice(0, 3)
          .map((row) => row),
      ),
    ].map((one) => one.slice(0, 2));
    const { status, body } = await service.request.post('/dtw/cdist').send({ dataset1 });
    assert.equal(status, 400);
    assert.equal(body.errors[0].pointer, '/dataset1/1');
    assert.match(body.detail, /send layout "channels_first"/);
    const right = await service.request.post('/dtw/cdist').send({ dataset1, layout: 'channels_first' });
    assert.equal(right.status, 200);
  });

  it('errors point at the place in the layout of the caller, in JSON and .npz', async () => {
    const layout = 'channels_first';
    const json = await service.request.post('/dtw').send({
      s1: [
        [1, 2],
        [3, 'x'],
        [5, 6],
      ],
      s2: [[1], [2], [3]],
      layout,
    });
    assert.equal(json.body.errors[0].pointer, '/s1/1/1');
    const values = [1, 2, 3, 4, 5, 6, 7, 8, 9, Infinity, 11, 12];
    const npz = await service.request
      .post(`/dtw/cdist?layout=${layout}`)
      .set('content-type', 'application/x-npz')
      .send(zip([{ name: 'dataset1.npy', content: float64(values, [2, 2, 3]) }]));
    assert.equal(npz.body.errors[0].pointer, '/dataset1/1/1/0');
  });

  it('what is kept is returned in the layout of the request', async () => {
    const kept = [rowsOf(1), rowsOf(2)];
    await service.request.put('/datasets/three-channels').send({ series: kept });
    const [first, second] = [0, 1].map((index) => ({ dataset: 'three-channels', index }));
    const layout = 'channels_first';
    const pair = await service.request.post('/dtw?grad=true').send({ s1: first, s2: flipped(rowsOf(2)), layout });
    const plain = await service.request.post('/dtw?grad=true').send({ s1: kept[0], s2: kept[1] });
    assert.deepEqual(pair.body, flippedAnswer(plain.body));
    const average = await service.request.post('/dtw/barycenter').send({ dataset: kept });
    for (const dataset of ['three-channels', [first, second], [first, flipped(rowsOf(2))]]) {
      const { body } = await service.request.post('/dtw/barycenter').send({ dataset, layout });
      assert.deepEqual(body, flippedAnswer(average.body));
    }
  });

  it('any other word is refused, with the nearest', async () => {
    const { body } = await service.request.post('/dtw').send({ s1: [1], s2: [2], layout: 'channel_first' });
    assert.equal(body.errors[0].pointer, '/layout');
    assert.match(body.detail, /did you mean "channels_first"\?/);
  });

  it('GET /capabilities lists the layouts', async () => {
    const { body } = await service.request.get('/capabilities');
    assert.deepEqual(body.layouts, ['time_first', 'channels_first']);
  });
});
