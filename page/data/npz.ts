import { unzipSync } from 'fflate';
import { type NumpyArray, readArray, seriesOf } from './npy.ts';
import { ParseError } from './parse-error.ts';
import type { Choices, Found, Reading, Wanted } from './reading.ts';

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
  if ('[Content_Types].xml' in files) {
    throw new ParseError('This is an Office file: save the sheet as CSV and use that.');
  }
  const arrays = Object.entries(files)
    .filter(([name]) => name.endsWith('.npy'))
    .map(([name, file]) => [name.slice(0, -4), readArray(file)] as const);
  const numbers = arrays.filter((entry): entry is [string, NumpyArray] => typeof entry[1].flat[0] === 'number');
  const [largest] = numbers.toSorted(([, a], [, b]) => b.shape.length - a.shape.length);
  if (largest === undefined)
    throw new ParseError('This zip holds no NumPy array of numbers: unpack it and use the files in it.');
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
