import type { Choices, Found, Reading, Wanted } from '../data/reading.ts';
import { readBeside } from './reader.ts';

/** A file or a text, with what was found in it or what is wrong with it. */
export interface Source {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly wanted: Wanted;
  readonly chosen: Choices;
  readonly reading?: Reading;
  readonly wrong?: string;
}

/** Larger files are not read on the page. */
const MOST_BYTES = 100e6;

/** Reads a source with the given choices. */
export async function sourceOf(name: string, bytes: Uint8Array, wanted: Wanted, chosen: Choices = {}): Promise<Source> {
  const source = { name, bytes, wanted, chosen };
  return { ...source, ...(await readBeside({ name, bytes, wanted, chosen })) };
}

/** Reads a file. One that is too large is not even fetched. */
export async function sourceOfFile(file: File, wanted: Wanted): Promise<Source> {
  if (file.size <= MOST_BYTES) return await sourceOf(file.name, new Uint8Array(await file.arrayBuffer()), wanted);
  const wrong = `This file has ${Math.round(file.size / 1e6)} MB, and the page reads files of up to ${MOST_BYTES / 1e6} MB. Cut it, or store it on the service under “Stored data and jobs”.`;
  return { name: file.name, bytes: new Uint8Array(), wanted, chosen: {}, wrong };
}

/** All series of some sources. The only series of a file is named after the file. */
export const foundIn = (sources: readonly Source[]): readonly Found[] =>
  sources.flatMap(({ reading }) => reading?.series ?? []);
