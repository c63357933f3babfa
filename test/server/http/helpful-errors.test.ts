import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import { metrics } from '../../../src/core/index.ts';
import { assertDocumented } from '../../support/assert-documented.ts';
import { type Service, startService, untilReady } from '../../support/start-service.ts';
import { float64 } from '../../support/write-npy.ts';
import { zip } from '../../support/write-zip.ts';

const pair = { s1: [1, 2, 3], s2: [3, 4, -3] };
const series = [
  [1, 2, 3],
  [2, 3, 4],
];

describe('an error says what to send instead', () => {
  let service: Service;
  before(async () => {
    service = await startService({ WORKERS: '2' });
    await untilReady(service);
  });
  after(() => service.close());

  /** A request that is rejected, and the problem that comes back. */
  async function refused(path: string, body: unknown, status = 400) {
    const response = await service.request.post(path).send(body as object);
    assert.equal(response.status, status, response.text);
    assert.equal(response.type, 'application/problem+json');
    if (status === 400) assertDocumented(response, 'post', path.split('?')[0] as string);
    return response.body as { code: string; detail: string; errors: { pointer: string; detail: string }[] };
  }

  const send = (path: string, type: string, text: string | Buffer) =>
    service.request
      .post(path)
      .set('content-type', type)
      .serialize((body) => body)
      .send(text);

  describe('for a field that does not exist:', () => {
    const cases: [path: string, body: object, field: string, advice: RegExp][] = [
      // Typos
      ['/dtw', { ...pair, sakoe_chiba_raduis: 1 }, 'sakoe_chiba_raduis', /did you mean "sakoe_chiba_radius"\?/],
      ['/dtw', { ...pair, sakoeChibaRadius: 1 }, 'sakoeChibaRadius', /did you mean "sakoe_chiba_radius"\?/],
      ['/dtw', { ...pair, 'global-constraint': 'itakura' }, 'global-constraint', /did you mean "global_constraint"\?/],
      ['/soft-dtw', { ...pair, gama: 1 }, 'gama', /did you mean "gamma"\?/],
      ['/soft-dtw', { ...pair, gamam: 1 }, 'gamam', /did you mean "gamma"\?/],
      ['/dtw', { S1: [1], s2: [2] }, 'S1', /did you mean "s1"\?/],
      ['/dtw/barycenter', { dataset: series, weigths: [1, 1] }, 'weigths', /did you mean "weights"\?/],
      // Other libraries' names
      [
        '/dtw',
        { ...pair, window: 0.1 },
        'window',
        /use "sakoe_chiba_radius" .*aeon.*multiply.*length.*dtaidistance.*subtract 1/,
      ],
      ['/dtw', { ...pair, radius: 1 }, 'radius', /use "sakoe_chiba_radius"/],
      ['/dtw/lower-bound', { ...pair, window: 1 }, 'window', /use "radius"/],
      ['/dtw/lower-bound', { ...pair, sakoe_chiba_radius: 1 }, 'sakoe_chiba_radius', /use "radius"/],
      ['/dtw', { ...pair, psi: 2 }, 'psi', /end to end.*POST \/dtw\/subsequence/],
      ['/adtw', { ...pair, penalty: 2 }, 'penalty', /use "warp_penalty" .*squared/],
      ['/dtw', { ...pair, penalty: 2 }, 'penalty', /POST \/adtw/],
      ['/dtw/barycenter', { dataset: series, init_barycenter: [1] }, 'init_barycenter', /use "init"/],
      [
        '/dtw',
        { ...pair, init_barycenter: [1] },
        'init_barycenter',
        /\/dtw\/barycenter and .*\/soft-dtw\/barycenter take it as init/,
      ],
      ['/erp', { ...pair, g_arr: [1] }, 'g_arr', /use "g" \(one number, or one per channel\)/],
      ['/dtw', { ...pair, g_arr: [1] }, 'g_arr', /POST \/erp takes/],
      ['/dtw/cdist', { dataset1: series, n_jobs: -1 }, 'n_jobs', /omit it.*all workers/],
      ['/dtw/barycenter', { dataset: series, metric_params: { gamma: 1 } }, 'metric_params', /as fields of the body/],
      ['/dtw', { ...pair, max_dist: 3 }, 'max_dist', /omit it.*neighbors/],
      ['/dtw', { ...pair, use_c: true }, 'use_c', /omit it/],
      ['/dtw', { ...pair, dist: 'euclidean' }, 'dist', /use "metric"/],
      ['/euclidean', { ...pair, metric: 'cityblock' }, 'metric', /the metric goes in the path/],
      ['/gak', { ...pair, gamma: 1 }, 'gamma', /use "sigma" \(gamma = 2 sigma\^2\)/],
      ['/lcss', { ...pair, epsilon: 1 }, 'epsilon', /use "eps"/],
      ['/edr', { ...pair, eps: 1 }, 'eps', /use "epsilon"/],
      ['/twe', { ...pair, lambda: 1 }, 'lambda', /use "lmbda"/],
      ['/dtw/cdist', { X: series }, 'X', /use "dataset1"/],
      ['/dtw/neighbors', { X_train: series, queries: series }, 'X_train', /use "candidates"/],
      ['/dtw/subsequence', { subseq: [1], series: [1, 2] }, 'subseq', /use "query"/],
      ['/dtw', { x: [1], y: [2] }, 'x', /use "s1"/],
      ['/dtw', { ...pair, 'window.size': 1 }, 'window.size', /use "sakoe_chiba_radius"/],
      ['/dtw', { ...pair, sakoe_chiba_window: 1 }, 'sakoe_chiba_window', /use "sakoe_chiba_radius"/],
      ['/euclidean', { ...pair, window: 1 }, 'window', /there is no band here/],
      ['/dtw', { ...pair, itakura_slope: 2 }, 'itakura_slope', /use "itakura_max_slope"/],
      ['/dtw', { ...pair, 'step.pattern': 'symmetric2' }, 'step.pattern', /steps of a path are fixed/],
      ['/dtw', { ...pair, 'open.end': true }, 'open.end', /end to end.*POST \/dtw\/subsequence/],
      ['/dtw', { ...pair, weights_add: [1] }, 'weights_add', /steps of a path are fixed/],
      ['/dtw', { ...pair, 'distance.only': true }, 'distance.only', /omit it.*\?path=true/],
      ['/dtw', { ...pair, backtrack: true }, 'backtrack', /\?path=true/],
      ['/dtw', { ...pair, keepdims: true }, 'keepdims', /omit it/],
      ['/dtw', { ...pair, squared: true }, 'squared', /POST \/soft-dtw with gamma 0/],
      ['/dtw', { ...pair, weights: [1, 1, 1] }, 'weights', /POST \/minkowski/],
      ['/dtw/cdist', { dataset1: series, symmetric: true }, 'symmetric', /the whole matrix/],
      ['/dtw/cdist', { s1: series }, 's1', /use "dataset1"/],
      ['/dtw/cdist', { queries: series }, 'queries', /use "dataset1"/],
      ['/dtw/neighbors', { queries: series, candidates: series, leaf_size: 30 }, 'leaf_size', /omit it.*exact/],
      ['/dtw/neighbors', { queries: series, candidates: series, exclude_self: true }, 'exclude_self', /one more/],
      ['/dtw/subsequence', { query: [1], T_A: [1, 2] }, 'T_A', /use "series"/],
      ['/dtw/subsequence', { s1: [1], series: [1, 2] }, 's1', /use "query"/],
      ['/dtw/subsequence', { query: [1], series: [1, 2], overlap: 2 }, 'overlap', /never share a step/],
      ['/dtw/barycenter', { dataset: series, n_init: 3 }, 'n_init', /one start/],
      ['/dtw/barycenter', { dataset: series, random_state: 0 }, 'random_state', /nothing is random/],
      ['/dtw/barycenter', { dataset: series, thr: 0.1 }, 'thr', /use "tol"/],
      ['/dtw/lower-bound', { ...pair, envelope_candidate: [[1], [2]] }, 'envelope_candidate', /by radius/],
      ['/gak/bandwidth', { dataset: series, sample_size: 3 }, 'sample_size', /use "n_samples"/],
      ['/msm', { ...pair, split_cost: 1 }, 'split_cost', /use "c"/],
      ['/msm', { ...pair, dependent: true }, 'dependent', /use "independent" \(the opposite/],
      ['/twe', { ...pair, timestamps: [1, 2, 3] }, 'timestamps', /resample/],
      ['/lcss', { ...pair, delta: 1 }, 'delta', /use "sakoe_chiba_radius"/],
      ['/sax', { ...pair, word_size: 3 }, 'word_size', /use "n_segments"/],
      ['/sax', { ...pair, n_bins: 3 }, 'n_bins', /use "alphabet_size_avg"/],
      ['/sbd', { ...pair, normalize: true }, 'normalize', /use "standardize"/],
      ['/shape-dtw', { ...pair, descriptor: 'paa' }, 'descriptor', /neighbourhood/],
      ['/ctw', { ...pair, max_iterations: 3 }, 'max_iterations', /use "max_iter"/],
      ['/soft-dtw', { ...pair, Gamma: 1 }, 'Gamma', /did you mean "gamma"\?/],
      // What goes in a header
      ['/dtw/cdist', { dataset1: series, output_format: 'npy' }, 'output_format', /header Accept/],
      ['/dtw/cdist', { dataset1: series, async: true }, 'async', /header Prefer: respond-async/],
      ['/dtw', { ...pair, api_key: 'secret' }, 'api_key', /Authorization: Bearer/],
      // Our names, in the wrong place
      [
        '/soft-dtw/barycenter',
        { dataset: series, metric: 'euclidean' },
        'metric',
        /POST \/soft-dtw takes it, but barycenter does not/,
      ],
      ['/dtw', { ...pair, gamma: 1 }, 'gamma', /metrics that take it: .*soft-dtw/],
      [
        '/dtw/barycenter',
        { dataset: series, compute_with_backend: true },
        'compute_with_backend',
        /POST \/dtw takes it/,
      ],
      ['/dtw/cdist', { dataset1: series, k: 3 }, 'k', /POST \/\{metric\}\/neighbors/],
      ['/dtw', { ...pair, path: true }, 'path', /send it in the query: \?path=true/],
      ['/dtw', { ...pair, gradient: true }, 'gradient', /\?grad=true/],
      ['/dtw', { ...pair, colour: 'red' }, 'colour', /this route takes s1, s2, be/],
    ];
    for (const [path, body, field, advice] of cases) {
      it(`${field} at ${path}`, async () => {
        const { code, detail, errors } = await refused(path, body);
        assert.equal(code, 'invalid_request');
        assert.equal(errors[0]?.pointer, `/${field}`, JSON.stringify(errors));
        assert.match(detail, new RegExp(`unknown field "${field}"`));
        assert.match(detail, advice);
      });
    }

    it('of many, each by its own name', async () => {
      const { errors } = await refused('/dtw', { ...pair, window: 1, n_jobs: 2, psi: 3 });
      assert.deepEqual(
        errors.map(({ pointer, detail }) => [pointer, /unknown field "(\w+)"/.exec(detail)?.[1]]),
        [
          ['/window', 'window'],
          ['/n_jobs', 'n_jobs'],
          ['/psi', 'psi'],
        ],
      );
    });

    it('the name is truncated if it is long, and stays on one line', async () => {
      const { detail, errors } = await refused('/dtw', { ...pair, [`${'x\n'.repeat(5000)}`]: 1 });
      assert.equal(errors.length, 1);
      assert.ok(detail.length < 10_300 && (errors[0]?.detail.length ?? 0) < 300, `${detail.length}`);
      assert.ok(!errors[0]?.detail.includes('\n'));
    });
  });

  describe('for a value that is close to a valid one:', () => {
    const cases: [field: string, value: string, meant: string][] = [
      ['metric', 'euclidian', 'euclidean'],
      ['metric', 'manhattan', 'cityblock'],
      ['global_constraint', 'sakoe-chiba', 'sakoe_chiba'],
      ['be', 'NumPy', 'numpy'],
      ['be', 'torch', 'pytorch'],
    ];
    for (const [field, value, meant] of cases) {
      it(`${field} "${value}"`, async () => {
        const { detail } = await refused('/dtw', { ...pair, [field]: value });
        assert.match(detail, new RegExp(`did you mean "${meant}"`));
      });
    }
  });

  it('once for each place, by the narrowest rule', async () => {
    for (const [path, body, pointer, detail] of [
      ['/dtw', { ...pair, sakoe_chiba_radius: 1e30 }, '/sakoe_chiba_radius', /<=1000000000/],
      ['/dtw/neighbors', { queries: series, candidates: series, k: 1e18 }, '/k', /between 1 and 2, the number of cand/],
      ['/erp', { ...pair, g: 'mean' }, '/g', /expected number or array, received string/],
      ['/erp', { ...pair, g: [1, [2]] }, '/g/1', /expected number, received array/],
      ['/minkowski', { ...pair, w: [1, -1, 1] }, '/w/1', />=0/],
      ['/dtw', { ...pair, global_constraint: 'none' }, '/global_constraint', /omit it for the default/],
    ] as const) {
      const problem = await refused(path, body);
      assert.deepEqual(
        problem.errors.map((one) => one.pointer),
        [pointer],
      );
      assert.match(problem.detail, detail);
    }
  });

  it('a body that is not compressed as it says, in whatever case that is written', async () => {
    const compressed = gzipSync(JSON.stringify(pair));
    const sent = (encoding: string, body: Uint8Array<ArrayBuffer> | string) =>
      fetch(`${service.url}/dtw`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'content-encoding': encoding },
        body,
      });
    for (const encoding of ['gzip', 'GZIP', 'x-gzip']) {
      assert.equal((await sent(encoding, new Uint8Array(compressed))).status, 200, encoding);
      const wrong = await sent(encoding, JSON.stringify(pair));
      assert.equal(wrong.status, 400);
      const { code, detail } = (await wrong.json()) as { code: string; detail: string };
      assert.equal(code, 'malformed_json');
      assert.match(detail, /^the body is not gzip, or it ends too early: .*omit that header$/);
    }
    assert.equal((await sent('identity', JSON.stringify(pair))).status, 200);
    const early = await sent('gzip', new Uint8Array(compressed.subarray(0, -9)));
    assert.match(((await early.json()) as { detail: string }).detail, /ends too early/);
  });

  it('for a fraction of the length, as of other libraries, in place of a number of steps', async () => {
    const { detail, errors } = await refused('/dtw', { ...pair, sakoe_chiba_radius: 0.1 });
    assert.match(detail, /expected a whole number, got 0\.1/);
    assert.equal(errors[0]?.pointer, '/sakoe_chiba_radius');
  });

  describe('for a path that is not a route:', () => {
    const cases: [path: string, advice: RegExp][] = [
      ['/softdtw', /did you mean POST \/soft-dtw\?/],
      ['/soft_dtw', /did you mean POST \/soft-dtw\?/],
      ['/dtw/', /did you mean POST \/dtw\?/],
      ['/dtw/cdist/', /did you mean POST \/dtw\/cdist\?/],
      ['/dtw/cdst', /did you mean POST \/dtw\/cdist\?/],
      ['/DTW', /did you mean POST \/dtw\?/],
      ['/Soft-DTW/Cdist', /did you mean POST \/soft-dtw\/cdist\?/],
      ['/dwt', /did you mean POST \/dtw\?/],
      ['/dtw/lower_bound', /did you mean POST \/dtw\/lower-bound\?/],
      ['/cdist_soft_dtw', /did you mean POST \/soft-dtw\/cdist\?/],
      ['/dtw_path', /did you mean POST \/dtw\?path=true\?/],
      ['/soft_dtw_alignment', /did you mean POST \/soft-dtw\?alignment=true\?/],
      ['/msm_pairwise_distance', /did you mean POST \/msm\/cdist\?/],
      ['/lb_keogh', /did you mean POST \/dtw\/lower-bound\?/],
      ['/sigma_gak', /did you mean POST \/gak\/bandwidth\?/],
      ['/dtw/knn', /did you mean POST \/dtw\/neighbors\?/],
      ['/api/v1/dtw', /did you mean POST \/dtw\?/],
      ['/euclidean/barycenter', /euclidean does not support barycenter; use one of \/dtw\/barycenter, /],
      ['/cdist', /name a metric first, as in POST \/dtw\/cdist/],
      ['/dtw/frobnicate', /the routes of dtw are \/dtw, \/dtw\/cdist, /],
      ['/capability', /did you mean GET \/capabilities\?/],
      ['/healthz', /did you mean GET \/livez\?/],
      ['/dtw/lb_keogh', /did you mean POST \/dtw\/lower-bound\?/],
      ['/dtw/mean', /did you mean POST \/dtw\/barycenter\?/],
      ['/dtw/batch', /did you mean POST \/dtw\/pairs\?/],
      ['/gak/sigma', /did you mean POST \/gak\/bandwidth\?/],
      ['/dtw.json', /did you mean POST \/dtw\?/],
      ['/weighted-dtw', /did you mean POST \/wdtw\?/],
      ['/move_split_merge/pairwise', /did you mean POST \/msm\/cdist\?/],
      ['/edit-distance-real-penalty', /did you mean POST \/erp\?/],
      ['/discrete-fr%C3%A9chet-distance', /did you mean POST \/frechet\?/],
      ['/dtw-dependent', /did you mean POST \/dtw\?/],
      ['/dtw/alignment', /did you mean POST \/dtw\?path=true\?/],
      ['/edr/gradient', /did you mean POST \/edr\? It does not support grad/],
      ['/no-such-metric', /GET \/capabilities lists the metrics/],
    ];
    for (const [path, advice] of cases) {
      it(path, async () => {
        const { code, detail } = await refused(path, pair, 404);
        assert.equal(code, 'not_found');
        assert.match(detail, advice);
      });
    }

    it('every metric is found by its full name', async () => {
      for (const { name, title } of metrics) {
        const { detail } = await refused(`/${encodeURIComponent(title.toLowerCase().replaceAll(' ', '-'))}`, pair, 404);
        assert.match(detail, new RegExp(`did you mean POST /${name}\\?`), title);
      }
    });

    it('every metric is found by its name without hyphens, in capitals, and with underscores', async () => {
      for (const { name } of metrics) {
        for (const other of [name.toUpperCase(), `${name}/`, name.replaceAll('-', '_'), name.replaceAll('-', '')]) {
          if (other === name) continue;
          const { detail } = await refused(`/${other}`, pair, 404);
          assert.match(detail, new RegExp(`did you mean POST /${name}\\?`), other);
        }
      }
    });
  });

  describe('for a path with a name in it:', () => {
    const cases: [method: string, path: string, status: number, advice: RegExp][] = [
      ['GET', '/datasets/walks/', 404, /did you mean GET \/datasets\/walks\?/],
      ['GET', '/Datasets/walks', 404, /did you mean GET \/datasets\/walks\?/],
      ['PUT', '/dataset/walks', 404, /did you mean PUT \/datasets\/walks\?/],
      ['GET', '/datasets/walks/serie/3', 404, /did you mean GET \/datasets\/walks\/series\/3\?/],
      ['GET', '/datasets/walks/contents', 404, /did you mean GET \/datasets\/walks\/content\?/],
      ['POST', '/datasets/walks', 405, /accepts GET, PUT, DELETE, not POST/],
      ['PUT', '/datasets', 405, /accepts GET, not PUT: .*PUT \/datasets\/\{name\}/],
      ['POST', '/jobs', 405, /accepts GET, not POST: .*Prefer: respond-async/],
      ['GET', '/datasets?lmit=3', 400, /unknown field "lmit": did you mean "limit"\?/],
      ['PUT', '/datasets/walks?fromat=csv', 400, /did you mean "format"\?/],
    ];
    for (const [method, path, status, advice] of cases) {
      it(`${method} ${path}`, async () => {
        const response = await fetch(`${service.url}${path}`, { method, ...(method === 'PUT' && { body: '1,2' }) });
        assert.equal(response.status, status);
        assert.match(((await response.json()) as { detail: string }).detail, advice);
      });
    }
  });

  it('a parameter that is given twice beside an .npz is to be given once', async () => {
    const file = zip(['s1', 's2'].map((name) => ({ name: `${name}.npy`, content: float64([1, 2]) })));
    for (const query of ['layout=time_first&layout=channels_first', 'sakoe_chiba_radius=1&sakoe_chiba_radius=2']) {
      const { body } = await send(`/dtw?${query}`, 'application/x-npz', file);
      assert.match(body.detail, /^query\/\w+: given 2 times: give it once$/);
    }
    const inBody = await refused('/dtw', { ...pair, layout: ['time_first', 'channels_first'] });
    assert.doesNotMatch(inBody.detail, /given 2 times/);
  });

  describe('for what is no series:', () => {
    const cases: [path: string, body: object, pointer: string, advice: RegExp][] = [
      ['/dtw', { s1: 'walks', s2: [1] }, '/s1', /a series of a stored data set is \{"dataset": "name", "index": 0\}/],
      ['/dtw', { s1: { dataset: 'walks' }, s2: [1] }, '/s1', /"index": 0/],
      ['/dtw', { s1: null, s2: [1] }, '/s1', /expected an array of numbers.*got null/],
      [
        '/dtw/cdist',
        { dataset1: null },
        '/dataset1',
        /expected a list of series, or the name of a stored data set, got null/,
      ],
      ['/dtw', { s1: [1, 'NaN'], s2: [1] }, '/s1/1', /type string: send null for a missing value/],
      ['/dtw', { s1: ['1', '2'], s2: [1] }, '/s1/0', /type string: send numbers without quotes/],
      [
        '/dtw/cdist',
        { dataset1: [1, 2, 3] },
        '/dataset1/0',
        /a dataset is a list of series, so put a single one in brackets/,
      ],
    ];
    for (const [path, body, pointer, advice] of cases) {
      it(JSON.stringify(body), async () => {
        const { detail, errors } = await refused(path, body);
        assert.equal(errors[0]?.pointer, pointer);
        assert.match(detail, advice);
      });
    }
  });

  it('arrays of an .npz without names are told how to get them', async () => {
    const file = zip(['arr_0', 'arr_1'].map((name) => ({ name: `${name}.npy`, content: float64([1, 2]) })));
    const { body } = await send('/dtw', 'application/x-npz', file);
    assert.equal(body.errors[0].pointer, '/arr_0');
    assert.match(body.detail, /numpy\.savez\("x\.npz", s1=\.\.\., s2=\.\.\.\)/);
  });

  describe('for a flag:', () => {
    const data = { dataset1: series };
    const cases: [path: string, body: object, pointer: string, advice: RegExp][] = [
      [
        '/dtw/cdist?path=true',
        data,
        '/path',
        /cdist does not return a path: POST \/dtw\?path=true returns the path of one pair/,
      ],
      [
        '/soft-dtw/neighbors?alignment=true',
        { queries: series, candidates: series },
        '/alignment',
        /neighbors does not return an alignment: POST \/soft-dtw\?alignment=true/,
      ],
      ['/dtw/lower-bound?path=true', pair, '/path', /POST \/dtw\?path=true/],
      ['/soft-dtw?path=true', pair, '/path', /soft-dtw does not support path; metrics that do: .*dtw/],
      ['/edr?grad=true', pair, '/grad', /edr does not support grad; metrics that do: .*soft-dtw/],
      ['/dtw?gard=true', pair, '/gard', /unknown query parameter "gard": did you mean "grad"\?/],
      ['/dtw?gradient=true', pair, '/gradient', /did you mean "grad"\?/],
      ['/soft-dtw?gamma=1', pair, '/gamma', /a field of the JSON body/],
      ['/dtw?s1=1', pair, '/s1', /it is an array: send it in the body/],
      ['/dtw?window=1', pair, '/window', /use "sakoe_chiba_radius"/],
      ['/dtw?grad=true&grad=false', pair, '/grad', /given 2 times: give it once/],
      ['/dtw?format=npz', pair, '/format', /header Accept/],
    ];
    for (const [path, body, pointer, advice] of cases) {
      it(path, async () => {
        const { detail, errors } = await refused(path, body);
        assert.equal(errors[0]?.pointer, pointer);
        assert.match(detail, advice);
      });
    }

    it('no metric is named as having a flag because it itself was refused', async () => {
      for (const { name, gives } of metrics) {
        const { detail } = await refused(`/${name}/cdist?path=true`, data);
        const listed = /metrics that do: (.*)/.exec(detail)?.[1]?.split(', ') ?? [];
        assert.equal(listed.includes(name), false, detail);
        assert.equal(detail.includes(`POST /${name}?path=true`), gives.includes('path'), detail);
      }
    });
  });

  describe('for a body that is not JSON:', () => {
    const cases: [what: string, text: string, pointer: string, advice: RegExp][] = [
      ['NaN', '{"s1":[1,NaN,2],"s2":[1]}', '/s1/1', /NaN is not JSON.*json\.dumps.*null.*\.npz/],
      ['Infinity', '{"s1":[1],"s2":[[1,2],[3,Infinity]]}', '/s2/1/1', /Infinity is not JSON.*finite.*null.*\.npz/],
      ['-Infinity', '{"s2":[1],"s1":[-Infinity]}', '/s1/0', /-Infinity is not JSON/],
      ['NaN in a parameter', '{"s1":[1],"gamma":NaN}', '/gamma', /NaN is not JSON/],
      [
        'NaN beside a text with "NaN"',
        '{"a \\" NaN":["NaN"],"s1":[0.5e-3,-2,true,null,NaN]}',
        '/s1/4',
        /NaN is not JSON/,
      ],
      ['None', '{"s1":[1,None],"s2":[1]}', '/s1/1', /None is not JSON.*null, true and false.*json\.dumps/],
      ['a comma too many', '{"s1":[1,2,],"s2":[1]}', '/s1/1', /a comma before \] .*omit the comma/],
      ['a comma after the last field', '{"s1":[1],"s2":[1], }', '/s2', /a comma before \} .*omit the comma/],
      ['a comment', '{"s1":[1], // the query\n"s2":[1]}', '', /a comment is not JSON: remove it/],
      ['names without quotes', '{"s1":[1],s2:[2]}', '', /s2 is not JSON: names are in double quotes: "s2"/],
      ['a NumPy array', '{"s1":array([1.0, 2.0]),"s2":[1]}', '/s1', /array is not JSON.*tolist.*json\.dumps/],
      ['a NumPy number', '{"s1":[np.float64(1.0)],"s2":[1]}', '/s1/0', /np\.float64 is not JSON.*tolist/],
      ['a tuple', '{"s1":(1,2),"s2":[1]}', '/s1', /a bracket \( is not JSON.*json\.dumps/],
      ['a number with a plus', '{"s1":[1,+2],"s2":[1]}', '/s1/1', /write numbers as/],
      ['a number that ends in a point', '{"s1":[1,2.],"s2":[1]}', '/s1/1', /2\. is not JSON: write numbers as/],
      ['a number with a separator', '{"s1":[1_000],"s2":[1]}', '/s1/0', /1_000 is not JSON: write numbers as/],
      ['curly quotes', '{\u201cs1\u201d:[1],"s2":[1]}', '', /straight double quotes/],
      ['single quotes', "{'s1':[1]}", '', /single quote.*json\.dumps/],
    ];
    for (const [what, text, pointer, advice] of cases) {
      it(`${what}, in a small body and in a large one`, async () => {
        for (const body of [text, text.padEnd(300_000)]) {
          const response = await send('/dtw', 'application/json', body);
          assertDocumented(response, 'post', '/dtw');
          assert.equal(response.body.code, 'malformed_json');
          assert.match(response.body.detail, advice);
          assert.equal(response.body.errors[0].pointer, pointer);
        }
      });
    }

    const others: [what: string, type: string, body: Buffer, code: string, advice: RegExp][] = [
      [
        'an .npz sent as JSON',
        'application/json',
        zip([{ name: 's1.npy', content: float64([1]) }]),
        'malformed_json',
        /application\/x-npz/,
      ],
      ['an .npy sent as JSON', 'application/json', float64([1]), 'malformed_json', /\.npy file.*\.npz/],
      [
        'UTF-16',
        'application/json',
        Buffer.from(JSON.stringify(pair), 'utf16le'),
        'malformed_json',
        /UTF-16: send UTF-8/,
      ],
      ['HTML', 'application/json', Buffer.from('<html></html>'), 'malformed_json', /XML or HTML/],
      [
        'JSON sent as .npz',
        'application/x-npz',
        Buffer.from(JSON.stringify(pair)),
        'malformed_npz',
        /it is JSON.*application\/json/,
      ],
      [
        'an .npy sent as .npz',
        'application/x-npz',
        float64([1]),
        'malformed_npz',
        /single array \(\.npy\).*numpy\.savez/,
      ],
    ];
    for (const [what, type, body, code, advice] of others) {
      it(what, async () => {
        const response = await send('/dtw', type, body);
        assert.equal(response.status, 400);
        assert.equal(response.body.code, code);
        assert.match(response.body.detail, advice);
      });
    }

    it('fields without their names', async () => {
      const { body } = await send('/dtw', 'application/json', '[[1,2],[3,4]]');
      assert.match(body.detail, /by their names, as in \{"s1"/);
    });

    it('JSON in JSON', async () => {
      const { body } = await send('/dtw', 'application/json', JSON.stringify(JSON.stringify(pair)));
      assert.match(body.detail, /encoded as JSON twice/);
    });

    it('nothing at all', async () => {
      const response = await fetch(`${service.url}/dtw`, { method: 'POST' });
      assert.equal(response.status, 400);
      assert.match(((await response.json()) as { detail: string }).detail, /send the fields as a JSON object/);
    });
  });

  it('415 for any other content type and for none, listing the supported ones', async () => {
    for (const type of [
      'text/plain',
      'text/csv',
      'application/x-www-form-urlencoded',
      'application/octet-stream',
      '',
    ]) {
      const response = await fetch(`${service.url}/dtw`, {
        method: 'POST',
        headers: { 'content-type': type },
        body: JSON.stringify(pair),
      });
      const problem = (await response.json()) as { code: string; detail: string };
      assert.equal(response.status, 415, type);
      assert.equal(problem.code, 'unsupported_media_type');
      assert.match(problem.detail, /application\/json.*application\/x-npz/);
      assert.ok(problem.detail.includes(type === '' ? 'the content type is missing' : `"${type}"`), problem.detail);
    }
  });

  describe('for one pair of many:', () => {
    const long = [1, 2, 3, 4, 5, 6, 7, 8];
    const slope = { itakura_max_slope: 1.5 };
    const cases: [what: string, path: string, body: object, code: string, pair: RegExp][] = [
      [
        'a matrix',
        '/dtw/cdist',
        { dataset1: [long, long], dataset2: [long, [1, 2, 3]], ...slope },
        'infeasible_constraint',
        /s1 is dataset1\/0 and s2 is dataset2\/1/,
      ],
      [
        'a matrix of one data set',
        '/dtw/cdist',
        { dataset1: [long, long, [1, 2, 3]], ...slope },
        'infeasible_constraint',
        /s1 is dataset1\/0 and s2 is dataset1\/2/,
      ],
      [
        'neighbours with pruning',
        '/dtw/neighbors',
        { queries: [long], candidates: [long, [1, 2, 3]], ...slope },
        'infeasible_constraint',
        /s1 is queries\/0 and s2 is candidates\/1/,
      ],
      [
        'neighbours without',
        '/msm/neighbors',
        { queries: [long, [1, 2, 3]], candidates: [long], ...slope },
        'infeasible_constraint',
        /s1 is queries\/1 and s2 is candidates\/0/,
      ],
      [
        'a barycenter',
        '/dtw/barycenter',
        { dataset: [long, [1, 2, 3]], ...slope },
        'infeasible_constraint',
        /s2 is dataset\/1/,
      ],
      [
        'a smooth barycenter',
        '/soft-dtw/barycenter',
        { dataset: [long, [1, 2, 3]], ...slope },
        'infeasible_constraint',
        /s2 is dataset\/1/,
      ],
      [
        'a longest path',
        '/dtw-limited-warping-length/cdist',
        { dataset1: [[1], [1, 2, 3]], max_length: 2 },
        'infeasible_length',
        /dataset1\/0.*dataset1\/1/,
      ],
      [
        'a range',
        '/dtw/cdist',
        { dataset1: [[1], [1e308], [-1e308]] },
        'out_of_range',
        /dataset1\/1.*dataset1\/2|dataset1\/0.*dataset1\/1/,
      ],
      [
        'a number that float32 has no room for',
        '/edr/pairs',
        { dataset1: [[1], [1e39]], dataset2: [[1], [2e39]], be: 'tfjs' },
        'out_of_range',
        /^1e\+39 is out of the range of float32: .*be "numpy".*dataset1\/1.*dataset2\/1/,
      ],
      [
        'the same in a matrix',
        '/shape-dtw/cdist',
        { dataset1: [[1], [-1e39]], dataset2: [[1], [2]], be: 'tfjs' },
        'out_of_range',
        /float32.*dataset1\/1.*dataset2\/0/,
      ],
      [
        'a range among neighbours',
        '/dtw/neighbors',
        { queries: [[1], [2]], candidates: [[2], [1e200], [3]] },
        'out_of_range',
        /s1 is queries\/0 and s2 is candidates\/1/,
      ],
    ];
    for (const [what, path, body, code, where] of cases) {
      it(`${what} names it`, async () => {
        const problem = await refused(path, body);
        assert.equal(problem.code, code);
        assert.match(problem.detail, where);
      });
    }

    it('a series that is too short is pointed at', async () => {
      const short = await refused('/ddtw/cdist', { dataset1: [long], dataset2: [long, [1, 2]] });
      assert.deepEqual([short.code, short.errors[0]?.pointer], ['too_short', '/dataset2/1']);
      const unequal = await refused('/euclidean/neighbors', { queries: [[1, 2]], candidates: [[1, 2], [1]] });
      assert.deepEqual([unequal.code, unequal.errors[0]?.pointer], ['unequal_lengths', '/candidates/1']);
    });

    it('rows that stream end in the error, with the pair', async () => {
      const response = await service.request
        .post('/dtw/cdist')
        .set('accept', 'application/x-ndjson')
        .send({ dataset1: [long, [1, 2, 3]], ...slope });
      assert.match(response.text, /dataset1\/0 and s2 is dataset1\/1/);
    });
  });

  it('infeasible_length for a longest path that is too short, infeasible_constraint for a band alone', async () => {
    const { code, detail, errors } = await refused('/dtw-limited-warping-length', { ...pair, max_length: 2 });
    assert.deepEqual([code, errors[0]?.pointer], ['infeasible_length', '/max_length']);
    assert.match(detail, /smallest feasible max_length is 3/);
  });

  it('an overflow of unnormalized-gak advises gak, which works', async () => {
    const body = { s1: new Array(600).fill(1), s2: new Array(600).fill(1) };
    const { code, detail } = await refused('/unnormalized-gak', body);
    assert.equal(code, 'out_of_range');
    assert.match(detail, /use gak/);
    assert.doesNotMatch(detail, /scale/);
    assert.equal((await service.request.post('/gak').send(body)).body.value, 1);
  });

  describe('empty_series, with its place in full:', () => {
    const cases: [path: string, body: object, place: string][] = [
      ['/dtw', { s1: [], s2: [1] }, 's1'],
      ['/dtw', { s1: [1], s2: [null] }, 's2'],
      ['/dtw', { s1: [[]], s2: [1] }, 's1'],
      ['/dtw', { s1: [[null, null]], s2: [[1, 2]] }, 's1'],
      ['/dtw/cdist', { dataset1: [[1], [null, null]] }, 'dataset1/1'],
      ['/dtw/cdist', { dataset1: [[1]], dataset2: [[]] }, 'dataset2/0'],
      ['/dtw/neighbors', { queries: [[1]], candidates: [[1], []] }, 'candidates/1'],
      ['/dtw/subsequence', { query: [null], series: [1] }, 'query'],
      ['/dtw/barycenter', { dataset: [[1], [1], [null]] }, 'dataset/2'],
      ['/dtw/barycenter', { dataset: [[1]], init: [] }, 'init'],
      ['/gak/bandwidth', { dataset: [[null], [1]] }, 'dataset/0'],
    ];
    for (const [path, body, place] of cases) {
      it(`${JSON.stringify(body)} at ${path}`, async () => {
        const { code, detail, errors } = await refused(path, body);
        assert.equal(code, 'empty_series');
        assert.equal(errors[0]?.pointer, `/${place}`);
        assert.ok(detail.includes(`${place} contains only missing values`), detail);
      });
    }

    it('in .npz too: shape (0,), NaN alone, and a row of padding', async () => {
      const s2 = { name: 's2.npy', content: float64([1]) };
      const bodies: [path: string, file: Buffer, place: string][] = [
        ['/dtw', zip([{ name: 's1.npy', content: float64([], [0]) }, s2]), '/s1'],
        ['/dtw', zip([{ name: 's1.npy', content: float64([Number.NaN, Number.NaN]) }, s2]), '/s1'],
        [
          '/dtw/cdist',
          zip([{ name: 'dataset1.npy', content: float64([1, 2, Number.NaN, Number.NaN], [2, 2]) }]),
          '/dataset1/1',
        ],
        ['/dtw/cdist', zip([{ name: 'dataset1.npy', content: float64([], [2, 0]) }]), '/dataset1/0'],
      ];
      for (const [path, file, place] of bodies) {
        const { body } = await send(path, 'application/x-npz', file);
        assert.deepEqual([body.code, body.errors[0].pointer], ['empty_series', place], JSON.stringify(body));
      }
    });
  });
});
