import { strictEqual } from 'node:assert';
import { describe, it } from 'node:test';
import type * as tf from '@tensorflow/tfjs';
import { loadTf } from '../../../../src/core/engines/tfjs/load.ts';
import type { PlainList } from '../../../../src/core/input/arrays/array-like.ts';
import { distanceNames } from '../../../../src/core/tslearn/backend/distance.ts';
import { Backend } from '../../../../src/core/tslearn/backend/index.ts';
import { tfjsBackend as be } from '../../../../src/core/tslearn/backend/tfjs/backend.ts';
import { assertClose } from '../../../support/close-arrays.ts';

const { grad, grads, tensor, memory, sum: add } = loadTf();

const at: readonly [what: string, f: (x: tf.Tensor) => tf.Tensor, x: PlainList, gradient: PlainList][] = [
  ['sum', (x) => be.sum(x), [1, 2], [1, 1]],
  ['exp', (x) => be.sum(be.exp(x)), [0, 1], [1, Math.E]],
  ['log and mean', (x) => be.mean(be.log(x)), [1, 2], [0.5, 0.25]],
  ['abs, 0 at 0', (x) => be.sum(be.abs(x)), [-2, 0, 2], [-1, 0, 1]],
  ['sqrt', (x) => be.sum(be.sqrt(x)), [4], [0.25]],
  ['max', (x) => be.max(x), [1, 3], [0, 1]],
  ['max, shared by equals', (x) => be.max(x), [3, 1, 3], [0.5, 0, 0.5]],
  [
    'min along an axis',
    (x) => be.sum(be.min(x, { axis: 1 })),
    [
      [1, 2],
      [4, 3],
    ],
    [
      [1, 0],
      [0, 1],
    ],
  ],
  ['median', (x) => be.median(x), [5, 1, 2, 9], [0.5, 0, 0.5, 0]],
  ['round', (x) => be.sum(be.round(x, { decimals: 1 })), [1.26], [0]],
  ['array of a list of tensors', (x) => be.sum(be.array([x, x])), [1], [2]],
  ['copy and cast', (x) => be.sum(be.cast(be.copy(x), 'float32')), [1], [1]],
  ['reshape, hstack and vstack', (x) => be.sum(be.hstack([be.reshape(be.vstack([x, x]), -1), x])), [1], [3]],
  [
    'tril',
    (x) => be.sum(be.tril(x)),
    [
      [1, 2],
      [3, 4],
    ],
    [
      [1, 0],
      [1, 1],
    ],
  ],
  ['diag of a vector', (x) => be.sum(be.diag(x, { k: 1 })), [1, 2], [1, 1]],
  [
    'diag of a matrix',
    (x) => be.sum(be.diag(x)),
    [
      [1, 2],
      [3, 4],
    ],
    [
      [1, 0],
      [0, 1],
    ],
  ],
  ['norm', (x) => be.linalg.norm(x), [3, 4], [0.6, 0.8]],
  ['norm, 0 at 0', (x) => be.linalg.norm(x), [0, 0], [0, 0]],
  ['norm of order 3', (x) => be.linalg.norm(x, { ord: 3 }), [0, -2], [0, -1]],
  [
    'inv',
    (x) => be.sum(be.linalg.inv(x)),
    [
      [2, 0],
      [0, 4],
    ],
    [
      [-0.25, -0.125],
      [-0.125, -0.0625],
    ],
  ],
  [
    'cdist with a function',
    (x) => be.sum(be.cdist(x, x, { metric: (a, b) => be.sum(a).mul(be.sum(b)).asScalar() })),
    [[1], [2]],
    [[6], [6]],
  ],
];

describe('gradients through the tfjs backend', () => {
  for (const [what, f, x, gradient] of at) {
    it(`flow through ${what}`, () => assertClose(grad(f)(tensor(x as number[])), gradient, 1e-5));
  }
  it('flow through a Backend', () => {
    const either = new Backend('tfjs');
    const cost = (x: tf.Tensor) => either.sum(either.cdist(x, [[0, 0]])) as tf.Scalar;
    assertClose(grad(cost)(tensor([[3, 4]])), [[0.6, 0.8]], 1e-6);
  });
  for (const metric of distanceNames) {
    it(`of ${metric} agree with central differences`, () => {
      const [x, y] = [
        [
          [0.5, -1, 2],
          [1, 0.25, -1],
        ],
        [[1, 1, 1.5]],
      ];
      const numpy = new Backend('numpy');
      const value = (a: number[][]) => numpy.sum(numpy.cdist(a, y, { metric, p: 3 })) as number;
      const moved = (i: number, j: number, h: number) =>
        x.map((row, r) => row.map((v, c) => (r === i && c === j ? v + h : v)));
      const expected = x.map((row, i) =>
        row.map((_, j) => (value(moved(i, j, 1e-6)) - value(moved(i, j, -1e-6))) / 2e-6),
      );
      const [found] = grads((a, b) => be.sum(be.cdist(a, b, { metric, p: 3 })))([tensor(x), tensor(y)]);
      assertClose(found, expected, 1e-4);
    });
    if (metric === 'cosine') continue; // smooth, or undefined for zeros
    for (const p of [0.5, 1.5, 3]) {
      it(`of ${metric} are 0 if the distance is 0 (p = ${p})`, () => {
        const rows = tensor([
          [1, 2],
          [1, 2],
        ]);
        assertClose(
          grad((x) => be.sum(be.pdist(x, { metric, p })))(rows),
          [
            [0, 0],
            [0, 0],
          ],
          0,
        );
        assertClose(
          grad((x) => be.sum(be.cdist(x, x, { metric, p })))(rows),
          [
            [0, 0],
            [0, 0],
          ],
          0,
        );
      });
    }
  }
  it('have gradients themselves', () => {
    const second = grad((y) => add(grad((x) => be.sum(be.cdist(x, [[0, 0]])))(y).slice([0, 0], [1, 1])));
    assertClose(second(tensor([[3, 4]])), [[0.128, -0.096]], 1e-5); // (I - u u') / r for u = (0.6, 0.8), r = 5
  });
  it('of inv have gradients themselves', () => {
    const second = grad((y) => add(grad((x) => be.linalg.inv(x).asScalar())(y)));
    assertClose(second(tensor([[2]])), [[0.25]], 1e-6); // 2 / x^3
  });
  it('leave no tensor behind', () => {
    const x = tensor([
      [1, 2],
      [3, 4],
    ]);
    const before = memory().numTensors;
    grad((y) => be.sum(be.cdist(y, y)))(x).dispose();
    grad((y) => be.median(be.linalg.inv(y)))(x).dispose();
    strictEqual(memory().numTensors, before);
  });
});
