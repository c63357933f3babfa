import { batch } from '@preact/signals-core';
import { examplePair, exampleTitles, loadExample, sampleOf } from '../data/examples.ts';
import { ownSample, type Sample, sizeOf } from '../data/series.ts';
import { attempt, client, dataOf } from '../service/attempt.ts';
import { alignedChannel } from './channel.ts';
import { dataset, datasetFrom, datasetStored, useExampleDataset, useStoredDataset } from './dataset.ts';
import { openedJob, openJobNamed } from './open-job.ts';
import { packed, unpacked } from './packing.ts';
import { query } from './query.ts';
import { longChosen, sought, soughtPart } from './search.ts';
import { be, exampleName, metricName, params, s1, s2, VIEWS, view, zNormalise } from './state.ts';
import { fetchStored } from './stored.ts';

/** A longer address is cut or refused somewhere on its way. */
const LONGEST = 1_000_000;
/** More numbers than these make a longer one; to find that out would take seconds. */
const MOST_VALUES = 500_000;

/**
 * The state as the part of the link after #: short for examples, with the numbers themselves for the user's series. Undefined if they are
 * too many for an address.
 */
export async function stateText(): Promise<string | undefined> {
  const job = openedJob();
  if (job !== undefined) return new URLSearchParams({ view: view.value, job }).toString();
  if (ownValues() > MOST_VALUES) return undefined;
  const text = await chosenText();
  return text.length > LONGEST ? undefined : text;
}

/** How many numbers of the user's the link would hold. */
function ownValues(): number {
  const many = datasetStored.value || datasetFrom.value ? [] : dataset.value;
  const samples = [s1.value, s2.value, query.value, sought.value, longChosen.value, ...many];
  return samples.reduce((sum, sample) => sum + (sample && !sample.from ? sizeOf(sample.values) : 0), 0);
}

async function chosenText(): Promise<string> {
  const link = new URLSearchParams();
  if (view.value !== 'pair') link.set('view', view.value);
  if (['matrix', 'neighbors', 'search'].includes(view.value)) link.set('dataset', await datasetText());
  if (view.value === 'neighbors' && query.value) link.set('query', await textOf(query.value));
  if (view.value === 'search') {
    if (longChosen.value) link.set('long', await textOf(longChosen.value));
    if (soughtPart.value) link.set('part', soughtPart.value.join('-'));
    else if (sought.value) link.set('query', await textOf(sought.value));
  }
  link.set('metric', metricName.value);
  if (zNormalise.value) link.set('normalise', 'z');
  if (be.value !== 'numpy') link.set('be', be.value);
  for (const [name, value] of Object.entries(params.value)) link.set(`p.${name}`, JSON.stringify(value));
  if (alignedChannel.value > 0) link.set('channel', String(alignedChannel.value));
  link.set('example', exampleName.value);
  if (s1.value) link.set('s1', await textOf(s1.value));
  if (s2.value) link.set('s2', await textOf(s2.value));
  return link.toString();
}

const kept = ({ name, values, label, channels }: Sample) => ({ name, values, label, channels });
const ownDataset = () => dataset.value.map(kept);

async function datasetText(): Promise<string> {
  if (datasetStored.value) return `${STORED}${datasetStored.value.name}`;
  return datasetFrom.value ?? `own:${await packed(JSON.stringify(ownDataset()))}`;
}

/** A stored data set is given by its name. */
const STORED = 'stored:';

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
  const [asked, searched] = await Promise.all([sampleFrom(link.get('query')), sampleFrom(link.get('long'))]);
  const part = /^(\d+)-(\d+)$/.exec(link.get('part') ?? '');
  const job = link.get('job');
  // What a job was asked is chosen with its result: nothing is asked before.
  const where = job !== null ? 'stored' : (VIEWS.find((name) => name === link.get('view')) ?? 'pair');
  batch(() => {
    many?.();
    query.value = where === 'neighbors' ? asked : undefined;
    sought.value = where === 'search' ? asked : undefined;
    longChosen.value = searched;
    soughtPart.value = part ? [Number(part[1]), Number(part[2])] : undefined;
    exampleName.value = known;
    metricName.value = link.get('metric') ?? 'dtw';
    be.value = link.get('be') ?? 'numpy';
    zNormalise.value = link.get('normalise') === 'z';
    alignedChannel.value = Number(/^\d+$/.exec(link.get('channel') ?? '')?.[0] ?? 0);
    view.value = where;
    params.value = Object.fromEntries(
      [...link].filter(([name]) => name.startsWith('p.')).map(([name, value]) => [name.slice(2), read(value)]),
    );
    s1.value = one ?? first;
    s2.value = other ?? second;
  });
  if (job !== null) await openJobNamed(job);
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
  if (text.startsWith(STORED)) return await storedFromLink(text.slice(STORED.length));
  if (text in exampleTitles) {
    const example = await loadExample(text);
    return () => useExampleDataset(text, example);
  }
  try {
    const found = JSON.parse(await unpacked(text.replace('own:', ''))) as Sample[];
    return () => {
      datasetFrom.value = undefined;
      datasetStored.value = undefined;
      dataset.value = found.map(unkept);
    };
  } catch {
    return undefined; // a truncated link
  }
}

/** The newest content under a name; a data set that is not there any more gives way to the example. */
async function storedFromLink(name: string): Promise<(() => void) | undefined> {
  const found = await attempt(dataOf(client().GET('/datasets/{name}', { params: { path: { name } } })));
  if (!found.ok) return undefined;
  const fetched = await fetchStored(found.data);
  return fetched.ok ? () => useStoredDataset(found.data, fetched.data) : undefined;
}

function read(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** The link that brings back what is on the screen; undefined where it holds too much data for an address. */
export async function link(): Promise<string | undefined> {
  const text = await stateText();
  return text === undefined ? undefined : new URL(`#${text}`, location.href).href;
}
