// Trains a small network on soft-DTW: from the first 90 steps of a movement it predicts the other 60, in shape rather than step by step.
// The loss is the library's softDtwLoss in TensorFlow.js; no service is needed. Seeded, so every run prints the same.
//
//   node examples/typescript/train.ts [epochs]
import { readFile } from 'node:fs/promises';
import * as tf from '@tensorflow/tfjs';
import { softDtwLoss } from '../../src/core/index.ts';

tf.enableProdMode(); // silences a banner
const epochs = Number(process.argv[2] ?? 40);
const known = 90;

const series = await readSeries(new URL('../data/GunPoint_TRAIN.txt', import.meta.url));
const begin = tf.tensor2d(series.map((values) => values.slice(0, known)));
const end = tf.tensor2d(series.map((values) => values.slice(known)));

const seeded = (seed: number) => tf.initializers.glorotUniform({ seed });
const model = tf.sequential({
  layers: [
    tf.layers.dense({ inputShape: [known], units: 32, activation: 'relu', kernelInitializer: seeded(1) }),
    tf.layers.dense({ units: end.shape[1], kernelInitializer: seeded(2) }),
  ],
});
// The divergence: 0 if the prediction equals the target.
model.compile({ optimizer: tf.train.adam(0.01), loss: softDtwLoss({ gamma: 0.1, normalize: true }) });

const lossNow = () => (model.evaluate(begin, end) as tf.Scalar).dataSync()[0];
const print = (epoch: number, loss: number) =>
  console.log(`epoch ${String(epoch).padStart(3)}  soft-dtw ${loss.toFixed(4).padStart(9)}`);

const before = lossNow();
print(0, before);
await model.fit(begin, end, {
  epochs,
  batchSize: 10,
  shuffle: false,
  verbose: 0,
  callbacks: {
    onEpochEnd(epoch) {
      if ((epoch + 1) % 5 === 0 || epoch + 1 === epochs) print(epoch + 1, lossNow());
    },
  },
});

if (!(lossNow() < before)) {
  console.error('the loss did not fall');
  process.exit(1);
}

/** The univariate series of a UCR file: one per line, values, colon, label. */
async function readSeries(file: URL): Promise<number[][]> {
  const lines = (await readFile(file, 'utf8')).trim().split('\n');
  return lines.slice(lines.indexOf('@data') + 1).map((line) => line.split(':')[0].split(',').map(Number));
}
