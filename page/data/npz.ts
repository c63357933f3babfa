import { unzipSync } from 'fflate';
import { type NumpyArray, readArray, seriesOf } from './npy.ts';
import { ParseError } from './parse-error.ts';
import type { Choices, Found, Reading, Wanted } from './reading.ts';

/** The only file in a zip, if it is no array of NumPy: `data.csv.zip`. */
export function onlyFileIn(bytes: Uint8Array): { name: string; bytes: Uint8Array } | undefined {
  const names: string[] = [];
  const visible = (name: string) => !/(^|\/)(\.|__MACOSX)|\/$/.test(name);
  try {
    unzipSync(bytes, {
      filter({ name }) {
        if (visible(name)) names.push(name);
        return false;
      },
    });
    const [name = '', ...others] = names;
    if (others.length > 0 || name === '' || name.endsWith('.npy')) return undefined;
    return { name: name.replace(/^.*\//, ''), bytes: unzipSync(bytes, { filter: (file) => file.name === name })[name] };
  } catch {
    return undefined; // it cannot be opened, which is said elsewhere
  }
}

/**
 * NumPy's .npz, a zip of arrays: `X` with its classes `y`, a single array, or several series under their names.
 *
 * @throws ParseError if it contains no arrays of numbers
 */
export function readNpz(bytes: Uint8Array, chosen: Choices, wanted: Wanted): Reading {
  let files: Record<string, Uint8Array>;
  try {
    files = unzipSync(bytes);
  } catch (error) {
    throw new ParseError(`This zip cannot be opened: ${(error as Error).message}.`);
  }
  const office =
    '[Content_Types].xml' in files ||
    'content.xml' in files ||
    Object.keys(files).some((name) => name.endsWith('.iwa'));
  if (office) throw new ParseError('This is an Office file: save the sheet as CSV and use that.');
  const arrays = Object.entries(files)
    .filter(([name]) => name.endsWith('.npy'))
    .map(([name, file]) => [name.slice(0, -4), readArray(file)] as const);
  const numbers = arrays.filter((entry): entry is [string, NumpyArray] => typeof entry[1].flat[0] === 'number');
  const [largest] = numbers.toSorted(([, a], [, b]) => b.shape.length - a.shape.length);
  if (largest === undefined)
    throw new ParseError(
      'This zip holds several files, none of them a NumPy array of numbers: unpack it and use the files in it.',
    );
  if (numbers.length > 1 && largest[1].shape.length === 1) {
    const series = numbers.map(([name, { flat }]): Found => ({ name, values: flat }));
    return { format: 'NumPy arrays', series, choices: {}, notes: [] };
  }
  const [name, array] = numbers.find(([called]) => /^x(_train)?$|^data(set1?)?$/i.test(called)) ?? largest;
  const reading = seriesOf(array, chosen, wanted);
  const labels = arrays.find(([, { shape }]) => shape.length === 1 && shape[0] === reading.series.length)?.[1].flat;
  return {
    ...reading,
    series: reading.series.map((one, k) => ({ ...one, ...(labels && { label: String(labels[k]) }) })),
    notes: [...reading.notes, ...(arrays.length > 1 ? [`the array ${name}`] : [])],
  };
}
