import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as np from 'numpy-ts';
import { bandwidth, gammaSoftDtw, sigmaGak } from '../../../src/core/index.ts';

// tslearn's documentation: sigma_gak is 2 and gamma_soft_dtw is 8 for these series and 200 samples.
const dataset = [
  [1, 2, 2, 3],
  [1, 2, 3, 4],
];

describe('bandwidths', () => {
  it("are those of tslearn's documentation", () => {
    assert.equal(sigmaGak(dataset, { n_samples: 200 }), 2);
    assert.equal(gammaSoftDtw(dataset, { n_samples: 200 }), 8);
    assert.deepEqual(bandwidth('unnormalized-gak', dataset, { n_samples: 200 }), {
      sigma: 2,
      be: 'numpy',
      dtype: 'float64',
    });
  });

  it('do not depend on the seed if all steps are sampled', () => {
    const all = { n_samples: 8 };
    assert.equal(sigmaGak(dataset, { ...all, random_state: 5 }), sigmaGak(dataset, all));
    // 28 distances: 0 of equal steps, 1, 2 and 3; the 14th and the 15th of them are 1.
    assert.equal(sigmaGak(dataset, all), 2);
  });

  it('are the same for the same seed, whatever numpy-ts drew before, and leave its generator alone', () => {
    const many = Array.from({ length: 30 }, (_, k) => Array.from({ length: 20 }, (_, i) => Math.sin(k * i)));
    np.random.seed(9);
    const expected = [np.random.random(), np.random.random()];
    np.random.seed(9);
    const first = np.random.random();
    const found = sigmaGak(many);
    assert.deepEqual([first, np.random.random()], expected);
    assert.equal(sigmaGak(many), found);
    assert.notEqual(sigmaGak(many, { random_state: 1 }), found);
  });

  it('count each channel, and the longest series', () => {
    const all = { n_samples: 2 };
    assert.equal(sigmaGak([[[0, 0], [3, 4]]], all), 5 * Math.sqrt(2)); // biome-ignore format: rows
    assert.equal(sigmaGak([[[0, 0]], [[3, 4]]], all), 5); // biome-ignore format: rows
    assert.equal(sigmaGak([[1, null, null], [3]], all), 2);
  });

  it('count real steps only, however a dataset is padded', () => {
    const nan = Number.NaN;
    // Of the steps 1, 2, 3 and 4 the 6 distances are 1, 1, 1, 2, 2, 3.
    assert.equal(sigmaGak([[1, 2, 3], [4, null, null]], { n_samples: 4 }), 1.5 * Math.sqrt(3)); // biome-ignore format: rows
    const grid = { data: Float64Array.of(1, 2, 3, 4, nan, nan), shape: [2, 3] };
    assert.equal(sigmaGak(grid), sigmaGak([[1, 2, 3], [4]]));
    assert.equal(sigmaGak(grid).toFixed(7), '1.7320508');
    const rows = { data: Float64Array.of(nan, nan, 1, 1, 2, 2, nan, nan), shape: [2, 2, 2] };
    assert.throws(() => sigmaGak(rows), { name: 'InvalidInput' }); // what is missing in front is no padding
    const last = { data: Float64Array.of(5, 5, nan, nan, 1, 1, 2, 2), shape: [2, 2, 2] };
    assert.equal(sigmaGak(last, { n_samples: 3 }), sigmaGak([[[5, 5]], [[1, 1], [2, 2]]], { n_samples: 3 })); // biome-ignore format: rows
  });

  it('of equal steps are rejected as a sigma, which must be positive, and 0 as a gamma, which may be 0', () => {
    for (const constant of [[[2, 2, 2]], [[1], [1]], [[0, 1e-200]]]) {
      for (const metric of ['gak', 'unnormalized-gak']) {
        assert.throws(() => bandwidth(metric, constant, { n_samples: 2 }), { code: 'no_bandwidth', path: ['dataset'] });
      }
    }
    assert.equal(gammaSoftDtw([[2, 2, 2]]), 0);
  });

  it('reject what they cannot serve, and say where', () => {
    const refused = (path: (string | number)[], run: () => unknown) =>
      assert.throws(run, { name: 'InvalidInput', path });
    refused(['n_samples'], () => sigmaGak(dataset, { n_samples: 1 }));
    refused(['random_state'], () => sigmaGak(dataset, { random_state: -1 }));
    refused(['dataset', 1], () => sigmaGak([[1], []]));
    refused(['metric'], () => bandwidth('dtw', dataset));
    refused(['be'], () => bandwidth('gak', dataset, { be: 'tfjs' }));
    assert.throws(() => sigmaGak([[1e200, -1e200]], { n_samples: 2 }), { code: 'out_of_range' });
  });
});
