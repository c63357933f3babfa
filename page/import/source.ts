import { ParseError } from '../data/parse-error.ts';
import { read } from '../data/read.ts';
import type { Choices, Found, Reading, Wanted } from '../data/reading.ts';

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
  try {
    if (bytes.length > MOST_BYTES)
      throw new ParseError(`This file has ${Math.round(bytes.length / 1e6)} MB; the page reads files of up to 100 MB.`);
    return { ...source, reading: await read(bytes, name, chosen, wanted) };
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    return { ...source, wrong: error.message };
  }
}

export const sourceOfFile = async (file: File, wanted: Wanted): Promise<Source> =>
  await sourceOf(file.name, new Uint8Array(await file.arrayBuffer()), wanted);

/** All series of some sources. The only series of a file is named after the file. */
export const foundIn = (sources: readonly Source[]): readonly Found[] =>
  sources.flatMap(({ reading }) => reading?.series ?? []);
