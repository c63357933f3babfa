import { channels, type Sample, type Series } from './series.ts';

/** A series of which every channel has mean 0 and standard deviation 1 (of the population); a constant channel becomes 0. */
function zNormalised(series: Series): Series {
  const lines = channels(series).map((line) => {
    const mean = line.reduce((sum, value) => sum + value, 0) / line.length;
    const centred = line.map((value) => value - mean);
    const deviation = Math.sqrt(centred.reduce((sum, value) => sum + value * value, 0) / line.length);
    // What remains of a constant is rounding error.
    const flat = deviation <= 1e-12 * Math.abs(mean);
    return centred.map((value) => (flat || deviation === 0 ? 0 : value / deviation));
  });
  if (typeof series[0] === 'number') return lines[0] as number[];
  return series.map((_, t) => lines.map((line) => line[t] as number));
}

const kept = new WeakMap<Sample, Sample>();

/** Cached by sample, so that nothing is drawn or requested twice. */
export function normalisedSample(sample: Sample): Sample {
  const found = kept.get(sample);
  if (found) return found;
  const made = {
    ...sample,
    values: zNormalised(sample.values),
    value: `${sample.value.replace(/ \(.*\)$/, '')} (z-normalised)`,
  };
  kept.set(sample, made);
  return made;
}
