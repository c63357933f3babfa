import * as tf from '@tensorflow/tfjs';
import { dtw, evaluate, softDtw, useKernelModule, useTensorFlow } from '../../src/core/index.ts';

// What the test asks of a page: the library on one of TensorFlow.js's backends, whose names are in tf.engine().
declare const window: { compute: (backend: string, s1: number[], s2: number[]) => Promise<object> };

window.compute = async (backend, s1, s2) => {
  if (!(await tf.setBackend(backend))) return { backend: 'none' };
  await tf.ready();
  useTensorFlow(tf);
  useKernelModule(new WebAssembly.Module(new Uint8Array(await (await fetch('/kernels.wasm')).arrayBuffer())));
  const a = tf.tensor1d(s1);
  const slope = tf.grad((x) => softDtw(x, s2, { gamma: 1 }));
  return {
    backend: tf.getBackend(),
    numpy: evaluate('soft-dtw', s1, s2, { gamma: 1 }, { grad: true }),
    dtw: Array.from(await dtw(a, s2).data()),
    dtwSlope: Array.from(
      await tf
        .grad((x) => dtw(x, s2))(a)
        .data(),
    ),
    softDtw: Array.from(await softDtw(a, s2, { gamma: 1 }).data()),
    slope: Array.from(await slope(a).data()),
    curve: Array.from(
      await tf
        .grad((x) => tf.sum(slope(x)))(a)
        .data(),
    ),
  };
};
