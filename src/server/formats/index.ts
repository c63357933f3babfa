import { csv, tsv } from './delimited.ts';
import type { Format } from './format.ts';
import { json } from './json.ts';
import { npy } from './npy.ts';
import { npz } from './npz.ts';
import { parquet } from './parquet.ts';
import { ts } from './ts.ts';

/** Every format of a data set. A file of unknown format has the first one that recognises it. */
export const formats: readonly Format[] = [json, npz, npy, parquet, ts, tsv, csv];

/** The format with a name, or a media type. */
export const formatOf = (given: {
  readonly name?: string | undefined;
  readonly mediaType?: string | undefined;
}): Format | undefined =>
  formats.find(
    ({ name, mediaTypes }) =>
      name === given.name || (given.mediaType !== undefined && mediaTypes.includes(given.mediaType)),
  );
