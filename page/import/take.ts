import { computed, signal } from '@preact/signals-core';
import type { Choices, Wanted } from '../data/reading.ts';
import type { Sample } from '../data/series.ts';
import { dataset } from '../state/dataset.ts';
import { originalOf } from '../state/move-point.ts';
import { s1, s2 } from '../state/state.ts';
import { type Destination, destinationOf, said, settle } from './destination.ts';
import { GIVEN_UP } from './reader.ts';
import { foundIn, type Source, sourceOf, sourceOfFile } from './source.ts';

/** What is read, and where it goes. */
export interface Taken {
  readonly sources: readonly Source[];
  readonly destination: Destination;
}

/** What was read last, and what was on the screen then. */
const last = signal<(Taken & { readonly on: readonly unknown[] }) | undefined>(undefined);
const onScreen = computed(() => [asRead(s1.value), asRead(s2.value), dataset.value]);
/** A series of which points were moved is still the one that was read. */
const asRead = (sample: Sample | undefined) => sample && originalOf(sample);
/** What was read last, as long as it is on the screen; if it could not be read, as long as nothing else was. */
export const taken = computed<Taken | undefined>(() => {
  if (!last.value) return undefined;
  const { on, sources, destination } = last.value;
  const same = on.map((one, k) => one === onScreen.value[k]);
  if (sources.some(({ wrong }) => wrong !== undefined)) return same.every(Boolean) ? last.value : undefined;
  return PARTS[destination.as].some((k) => same[k]) ? last.value : undefined;
});
/** Which of {@link onScreen} each destination takes. */
const PARTS = { matrix: [2], pair: [0, 1], halves: [0, 1], s1: [0], s2: [1] } as const;
/** What is open in the dialog: not used yet. */
export const draft = signal<Taken | undefined>(undefined);

/** Says what was read and how, or what is wrong with it. */
export const takenNote = computed(() => {
  if (!taken.value) return '';
  const { sources, destination } = taken.value;
  const wrong = sources.find((source) => source.wrong !== undefined);
  if (wrong) return `${wrong.name}: ${wrong.wrong}`;
  const names = sources.length > 3 ? `${sources.length} files` : sources.map(({ name }) => name).join(', ');
  return `${names}: ${said(foundIn(sources), destination)} (${howRead(sources)}).`;
});

/** Reads files and shows their contents at once; if something is wrong, the dialog opens. */
export async function takeFiles(files: readonly File[], wanted: Wanted): Promise<void> {
  if (files.length === 0) return;
  await takeSources(await Promise.all(files.map((file) => sourceOfFile(file, wanted))));
}

/** The same for sources that are already read. */
export async function takeSources(sources: readonly Source[], destination?: Destination): Promise<void> {
  if (sources.some(({ wrong }) => wrong === GIVEN_UP)) return;
  const found = foundIn(sources);
  const now = { sources, destination: destination ?? destinationOf(found) };
  const wrong = sources.some((source) => source.wrong !== undefined);
  if (wrong) draft.value = now;
  else settle(found, now.destination);
  last.value = { ...now, on: onScreen.value };
}

/** Uses what the dialog shows. */
export function useDraft(): void {
  if (!draft.value) return;
  const now = { sources: draft.value.sources.filter(({ reading }) => reading), destination: draft.value.destination };
  settle(foundIn(now.sources), now.destination);
  last.value = { ...now, on: onScreen.value };
  draft.value = undefined;
}

/** Reads one source of the dialog differently. */
export async function readAgain(at: number, chosen: Choices): Promise<void> {
  const now = draft.peek();
  const source = now?.sources[at];
  if (!now || !source) return;
  const again = await sourceOf(source.name, source.bytes, source.wanted, chosen);
  if (draft.peek() !== now) return;
  const sources = now.sources.map((one, k) => (k === at ? again : one));
  const [before, after] = [foundIn(now.sources).length, foundIn(sources).length];
  const destination = before === after ? now.destination : destinationOf(foundIn(sources), fromSame(now.sources));
  draft.value = { sources, destination };
}

/** What is on the screen of these sources, as they were read before. */
function fromSame(sources: readonly Source[]): readonly unknown[] {
  const { value: before } = last;
  if (!before?.sources.some(({ bytes }) => sources.some((one) => one.bytes === bytes))) return [];
  return PARTS[before.destination.as].map((k) => before.on[k]);
}

/** How sources were read, each way once. */
export function howRead(sources: readonly Source[]): string {
  const ways = sources.flatMap(({ reading }) => {
    if (!reading) return [];
    const { format, choices, notes, preview } = reading;
    const unused = preview?.names.filter((name, k) => name && choices.roles?.[k] === 'unused') ?? [];
    const time = preview?.names.filter((name, k) => name && choices.roles?.[k] === 'time') ?? [];
    return [
      format,
      ...(choices.decimal === ',' ? ['decimal comma'] : []),
      ...(choices.header && preview ? ['names in the first line'] : []),
      ...(choices.arrangement ? [ARRANGED[choices.arrangement]] : []),
      ...(choices.layout === 'channels_first' ? ['channels before steps'] : []),
      ...(time.length ? [`time in ${time.join(', ')}`] : []),
      ...(unused.length ? [`without ${unused.join(', ')}`] : []),
      ...notes,
    ];
  });
  return [...new Set(ways)].join('; ');
}

const ARRANGED = {
  columns: 'one series per column',
  rows: 'one series per row',
  channels: 'one series of all columns',
  long: 'stacked series',
} as const;
