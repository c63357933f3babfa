import { batch } from '@preact/signals-core';
import { examplePair, exampleTitles, loadExample, sampleOf } from '../data/examples.ts';
import { ownSample, type Sample } from '../data/series.ts';
import { dataset, datasetFrom, useExampleDataset } from './dataset.ts';
import { packed, unpacked } from './packing.ts';
import { be, exampleName, metricName, params, s1, s2, view, zNormalise } from './state.ts';

/** The state as the part of the link after #: short for examples, with the numbers themselves for the user's series. */
export async function stateText(): Promise<string> {
  const link = new URLSearchParams();
  if (view.value === 'matrix') {
    link.set('view', 'matrix');
    link.set('dataset', datasetFrom.value ?? `own:${await packed(JSON.stringify(ownDataset()))}`);
  }
  link.set('metric', metricName.value);
  if (zNormalise.value) link.set('normalise', 'z');
  if (be.value !== 'numpy') link.set('be', be.value);
  for (const [name, value] of Object.entries(params.value)) link.set(`p.${name}`, JSON.stringify(value));
  link.set('example', exampleName.value);
  if (s1.value) link.set('s1', await textOf(s1.value));
  if (s2.value) link.set('s2', await textOf(s2.value));
  return link.toString();
}

const kept = ({ name, values, label, channels }: Sample) => ({ name, values, label, channels });
const ownDataset = () => dataset.value.map(kept);

const textOf = async (sample: Sample): Promise<string> =>
  sample.from ? `${sample.from.example}:${sample.from.index}` : `own:${await packed(JSON.stringify(kept(sample)))}`;

/** A sample of the user's own, as a link keeps it. */
const unkept = ({ name, values, label, channels }: Pick<Sample, 'name' | 'values' | 'label' | 'channels'>): Sample => ({
  ...ownSample(values, name),
  ...(label !== undefined && { label }),
  ...(channels && { channels }),
});

/** Restores the state of a link; anything it does not specify gets its initial value. An invalid link restores the first example. */
export async function restore(text: string): Promise<void> {
  const link = new URLSearchParams(text);
  const example = link.get('example') ?? 'gun-point';
  const known = example in exampleTitles ? example : 'gun-point';
  const [first, second] = await examplePair(known);
  const [one, other] = await Promise.all([sampleFrom(link.get('s1')), sampleFrom(link.get('s2'))]);
  const many = await datasetFromLink(link.get('dataset'));
  batch(() => {
    many?.();
    exampleName.value = known;
    metricName.value = link.get('metric') ?? 'dtw';
    be.value = link.get('be') ?? 'numpy';
    zNormalise.value = link.get('normalise') === 'z';
    view.value = link.get('view') === 'matrix' ? 'matrix' : 'pair';
    params.value = Object.fromEntries(
      [...link].filter(([name]) => name.startsWith('p.')).map(([name, value]) => [name.slice(2), read(value)]),
    );
    s1.value = one ?? first;
    s2.value = other ?? second;
  });
}

async function sampleFrom(text: string | null): Promise<Sample | undefined> {
  const [kind = '', rest = ''] = (text ?? '').split(':');
  try {
    if (kind === 'own') {
      return unkept(JSON.parse(await unpacked(rest)) as Sample);
    }
    return kind in exampleTitles ? sampleOf(await loadExample(kind), kind, Number(rest)) : undefined;
  } catch {
    return undefined; // a truncated link
  }
}

/** Takes the data set of a link, once it is called. */
async function datasetFromLink(text: string | null): Promise<(() => void) | undefined> {
  if (text === null) return undefined;
  if (text in exampleTitles) {
    const example = await loadExample(text);
    return () => useExampleDataset(text, example);
  }
  try {
    const found = JSON.parse(await unpacked(text.replace('own:', ''))) as Sample[];
    return () => {
      datasetFrom.value = undefined;
      dataset.value = found.map(unkept);
    };
  } catch {
    return undefined; // a truncated link
  }
}

function read(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** A longer address is cut or refused somewhere on its way. */
export const LONGEST = 1_000_000;

/** The link that brings back what is on the screen; undefined where it holds too much data for an address. */
export async function link(): Promise<string | undefined> {
  const text = await stateText();
  return text.length > LONGEST ? undefined : new URL(`#${text}`, location.href).href;
}
