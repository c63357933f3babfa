import type { Sample, Series } from './series.ts';

/** Real series, excerpts from the UCR and UEA archives. */
export interface Example {
  readonly title: string;
  readonly problem: string;
  readonly about: string;
  readonly step: string;
  readonly value: string;
  readonly source: { readonly text: string; readonly url: string };
  /** The two that are shown first. */
  readonly pair: readonly number[];
  readonly series: readonly { readonly label: string; readonly index: number; readonly values: Series }[];
}

const files = import.meta.glob<Example>('../examples/*.json', { import: 'default' });

/** The examples' titles, in the order in which they are offered. */
export const exampleTitles: Readonly<Record<string, string>> = {
  'gun-point': 'Gestures: pointing, drawing a gun',
  coffee: 'Spectra of coffee: arabica, robusta',
  'italy-power': 'Power demand: winter and summer days',
  'pickup-gesture': 'Picking up a remote: unequal lengths',
  'basic-motions': 'Walking and running: three channels',
};

/** Fetches one example from the service. */
export async function loadExample(name: string): Promise<Example> {
  const load = files[`../examples/${name}.json`];
  if (load === undefined) throw new RangeError(`there is no example ${name}`);
  return await load();
}

/** Series `index` of an example. */
export function sampleOf(example: Example, name: string, index: number): Sample {
  const { step, value, problem, series } = example;
  const { label, index: row, values } = series[index];
  return { values, name: `${label} (${problem} ${row})`, label, step, value, from: { example: name, index } };
}

/** The two series that an example shows first. */
export async function examplePair(name: string): Promise<[Sample, Sample]> {
  const example = await loadExample(name);
  const [one = 0, other = 1] = example.pair;
  return [sampleOf(example, name, one), sampleOf(example, name, other)];
}
