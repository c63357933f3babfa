import { ok, strictEqual } from 'node:assert';
import { describe, it } from 'node:test';
import type * as tf from '@tensorflow/tfjs';
import { loadTf } from '../../../../src/core/engines/tfjs/load.ts';
import { tfjsBackend as be } from '../../../../src/core/tslearn/backend/tfjs/backend.ts';

const { tensor, memory } = loadTf();

describe('tensors of the tfjs backend', () => {
  const x = tensor([
    [1, 2],
    [3, 4],
  ]);
  const list = [
    [1, 2],
    [3, 4],
  ];
  const operations: Record<string, (y: tf.Tensor | number[][]) => unknown> = {
    abs: be.abs,
    all: be.all,
    any: be.any,
    argmax: be.argmax,
    ceil: be.ceil,
    exp: be.exp,
    iscomplex: be.iscomplex,
    log: be.log,
    max: be.max,
    mean: be.mean,
    median: be.median,
    sqrt: be.sqrt,
    sum: be.sum,
    array: be.array,
    copy: be.copy,
    diag: be.diag,
    tril: be.tril,
    zeros_like: be.zeros_like,
    cdist: (y) => be.cdist(y, y),
    pdist: be.pdist,
    inv: be.linalg.inv,
    norm: be.linalg.norm,
    round: (y) => be.round(y, { decimals: 1 }),
    hstack: (y) => be.hstack([y, y]),
    vstack: (y) => be.vstack([y, y]),
    reshape: (y) => be.reshape(y, -1),
    called: (y) => be.cdist(y, y, { metric: (a) => be.sum(a) }),
    cast: (y) => be.cast(y, 'int32'),
    eye: () => be.eye(2),
    randint: () => be.random.randint(3),
    rand: () => be.random.rand(),
    complex: () => be.array([{ re: 1, im: 2 }]),
  };
  for (const [name, operation] of Object.entries(operations)) {
    it(`makes one tensor for ${name}`, () => {
      for (const given of [x, list]) {
        const before = memory().numTensors;
        const made = operation(given) as tf.Tensor;
        ok(
          memory().numTensors - before <= (made.dtype === 'complex64' ? 3 : 1),
          `${memory().numTensors - before} tensors`,
        );
        made.dispose();
        strictEqual(memory().numTensors, before);
      }
    });
  }
  it('makes none to measure a list', () => {
    const before = memory().numTensors;
    be.shape([[1]]);
    be.ndim([1]);
    be.testing.assertAllclose([1], [1]);
    be.to_numpy([1]);
    strictEqual(memory().numTensors, before);
  });
});
