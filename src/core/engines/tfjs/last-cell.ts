import type * as tf from '@tensorflow/tfjs';
import {
  type Band,
  type GivenKernel,
  givenKernel,
  type MoveTables,
  type Poll,
  type Recurrence,
} from '../../kernels/index.ts';
import { isRecording, loadTf, onSameTape } from './load.ts';
import type { MoveTensors } from './move-tensors.ts';
import { lastOfLines, wavefront } from './wavefront.ts';

type Argument = tf.Tensor | tf.GradSaveFunc;

/** A recurrence, and the tensors of its moves for their shapes, and for which of them are one. */
interface Spec {
  readonly like: MoveTensors;
  readonly recurrence: Recurrence;
  readonly band: Band | undefined;
  readonly poll: Poll;
  readonly byGamma: boolean;
}

/**
 * The value of a recurrence, R[n-1,m-1], from the costs of its moves: one operation on the tape, however large, and another one for its
 * gradient, both computed by float64 loops. Costs of shape (..., n, m) give values of shape (...).
 *
 * The gradient of the gradient goes through a tape that holds the recurrence diagonal by diagonal, so derivatives exist to any order.
 * `gamma`: the smoothing, (...), all alike, if the values are differentiated with respect to it, once.
 */
export function lastCell(
  moves: MoveTensors,
  recurrence: Recurrence,
  band: Band | undefined,
  poll: Poll,
  gamma?: tf.Tensor,
): tf.Tensor {
  const spec = { like: moves, recurrence, band, poll, byGamma: gamma !== undefined };
  return value(spec, [...distinct(moves), ...(gamma ? [gamma] : [])]);
}

/** The kernel of one pair, off the tape. */
export function kernelOf(moves: MoveTensors, recurrence: Recurrence, band: Band | undefined, poll: Poll): GivenKernel {
  const spec = { like: moves, recurrence, band, poll, byGamma: false };
  return kernelsOf(spec, distinct(moves))[0] as GivenKernel;
}

function value(spec: Spec, inputs: tf.Tensor[]): tf.Tensor {
  const operation = loadTf().customGrad((...args: Argument[]) => {
    const given = args.slice(0, -1) as tf.Tensor[];
    (args.at(-1) as tf.GradSaveFunc)(given);
    const kernels = kernelsOf(spec, given);
    const values = Float32Array.from(kernels, (kernel) => kernel.value(isRecording()));
    return {
      value: loadTf().tensor(values, lead(spec)),
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => scaledShares(spec, dy, saved, kernels),
    };
  });
  return operation(...inputs);
}

/** dy times d value / d input, for each input. */
function scaledShares(spec: Spec, dy: tf.Tensor, inputs: tf.Tensor[], kernels: GivenKernel[]): tf.Tensor[] {
  const tf = loadTf();
  return unpacked(shares(spec, inputs, kernels), inputs).map((share, k) => {
    if (spec.byGamma && k === inputs.length - 1) return tf.mul(dy, share);
    // A product of matrices: the JavaScript engine is slow at broadcasting.
    const each = tf.reshape(share, [dy.size, 1, share.size / dy.size]);
    return tf.reshape(tf.matMul(tf.reshape(dy, [dy.size, 1, 1]), each), share.shape);
  });
}

/** d value / d input of all inputs, as one flat tensor. */
function shares(spec: Spec, inputs: tf.Tensor[], kernels: GivenKernel[]): tf.Tensor {
  const tf = loadTf();
  const operation = tf.customGrad((...args: Argument[]) => {
    const given = args.slice(0, -1) as tf.Tensor[];
    (args.at(-1) as tf.GradSaveFunc)(given);
    const sizes = given.map(({ size }) => size);
    const ends = sizes.map((_, k) => sizes.slice(0, k + 1).reduce((sum, size) => sum + size));
    const flat = new Float32Array(ends.at(-1) as number);
    const parts = sizes.map((size, k) => flat.subarray((ends[k] as number) - size, ends[k]));
    kernels.forEach((kernel, k, { length }) => {
      kernel.gradient(tablesOf(spec.like, parts, k, length));
      if (spec.byGamma) (parts.at(-1) as Float32Array)[k] = kernel.slope();
    });
    return {
      value: tf.tensor1d(flat),
      gradFunc: (weights: tf.Tensor, saved: tf.Tensor[]) => secondOrder(spec, weights, saved),
    };
  });
  return operation(...inputs);
}

/** The gradient of the sum of weights * shares. That of a minimum is 0: its shares do not change. */
function secondOrder(spec: Spec, weights: tf.Tensor, inputs: tf.Tensor[]): tf.Tensor[] {
  const tf = loadTf();
  if (spec.byGamma) throw new RangeError('the gradient by gamma cannot itself be differentiated');
  if (spec.recurrence.reduce !== 'softmin') return inputs.map((input) => tf.zerosLike(input));
  const by = unpacked(weights, inputs);
  const weighted = (...at: tf.Tensor[]) => {
    const first = tf.grads((...point: tf.Tensor[]) => tapedSum(spec, point))(at);
    return tf.addN(first.map((share, k) => tf.sum(tf.mul(share, by[k] as tf.Tensor))));
  };
  return onSameTape(() => tf.grads(weighted)(inputs));
}

/** The sum of all values, from operations on whole diagonals. */
function tapedSum({ like, recurrence, band, poll }: Spec, inputs: tf.Tensor[]): tf.Scalar {
  const tf = loadTf();
  const leading = lead({ like });
  const ofPair = (input: tf.Tensor, k: number) => {
    const shape = input.shape.slice(leading.length);
    const size = tf.util.sizeFromShape(shape);
    return tf.reshape(tf.slice(tf.reshape(input, [-1]), k * size, size), shape);
  };
  const values = Array.from({ length: tf.util.sizeFromShape(leading) }, (_, k) => {
    const own = inputs.map((input) => ofPair(input, k));
    return lastOfLines(wavefront(arranged(like, own) as MoveTensors, recurrence, band, poll));
  });
  return tf.addN(values);
}

/** A kernel for each value. */
function kernelsOf(spec: Spec, inputs: tf.Tensor[]): GivenKernel[] {
  const [n, m] = spec.like.diagonal.shape.slice(-2) as [number, number];
  const data = inputs.map((input) => input.dataSync() as Float32Array);
  const gamma = spec.byGamma ? (data.at(-1) as Float32Array)[0] : undefined;
  const recurrence = gamma === undefined ? spec.recurrence : { ...spec.recurrence, gamma };
  const count = loadTf().util.sizeFromShape(lead(spec));
  return Array.from({ length: count }, (_, k) =>
    givenKernel(recurrence, tablesOf(spec.like, data, k, count), n, m, spec.band, spec.poll),
  );
}

const lead = ({ like }: Pick<Spec, 'like'>): number[] => like.diagonal.shape.slice(0, -2);

/** The tables of the k-th of `count` pairs. */
const tablesOf = (like: MoveTensors, data: Float32Array[], k: number, count: number): MoveTables =>
  arranged(
    like,
    data.map((all) => all.subarray((k * all.length) / count, ((k + 1) * all.length) / count)),
  );

/** What belongs to the inputs, cut from a flat tensor. */
function unpacked(flat: tf.Tensor, inputs: tf.Tensor[]): tf.Tensor[] {
  const tf = loadTf();
  let end = 0;
  return inputs.map(({ size, shape }) => {
    end += size;
    return tf.reshape(tf.slice(flat, end - size, size), shape);
  });
}

const distinct = ({ diagonal, up, left, border }: MoveTensors): tf.Tensor[] => [
  ...new Set<tf.Tensor>([diagonal, up, left, ...(border ? [border.left, border.above] : [])]),
];

/** Parts in the order of the distinct tensors, in the places of those. */
function arranged<T>(like: MoveTensors, parts: readonly T[]): Arranged<T> {
  const order = distinct(like);
  const part = (tensor: tf.Tensor) => parts[order.indexOf(tensor)] as T;
  const { diagonal, up, left, border } = like;
  return {
    diagonal: part(diagonal),
    up: part(up),
    left: part(left),
    ...(border && { border: { left: part(border.left), above: part(border.above) } }),
  };
}

interface Arranged<T> {
  readonly diagonal: T;
  readonly up: T;
  readonly left: T;
  readonly border?: { readonly left: T; readonly above: T };
}
