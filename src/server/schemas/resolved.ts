import { type Dataset, InvalidInput, keptSeriesAt, type Series } from '../../core/server-door.ts';

/** A stored data set, or one of its series, in place of the reference in a body. */
export class Resolved {
  readonly dataset: Dataset;
  readonly index: number | undefined;

  constructor(dataset: Dataset, index?: number) {
    this.dataset = dataset;
    this.index = index;
  }

  /** The series. @throws InvalidInput if this is a whole data set, or has no such series */
  series(...name: readonly (string | number)[]): Series {
    const count = this.dataset.lengths.length;
    if (this.index === undefined) {
      throw new InvalidInput('a series is expected here, not a data set: send {"dataset": "name", "index": 0}', name);
    }
    if (this.index < count) return keptSeriesAt(this.dataset, this.index);
    throw new InvalidInput(
      `the data set has ${count} series: index must be from 0 to ${count - 1}, not ${this.index}`,
      [...name, 'index'],
    );
  }
}

/** The fields of a body that hold series or data sets, by which of them they hold. */
export type GridFields = ReadonlyMap<string, 'series' | 'dataset'>;

/** A reference to a stored data set, or to one of its series, and its place. */
export interface Found {
  readonly text: string;
  readonly index?: number;
  readonly path: readonly (string | number)[];
}

/** The references to stored data sets in a body: a name in place of a data set, `{ dataset, index }` in place of a series. */
export function referencesIn(body: unknown, fields: GridFields): Found[] {
  const found: Found[] = [];
  if (!isObject(body)) return found;
  for (const name of Object.keys(body)) {
    const kind = fields.get(name);
    if (kind === undefined) continue;
    const value = body[name];
    if (typeof value === 'string') {
      if (kind === 'dataset') found.push({ text: value, path: [name] });
    } else if (isSeriesReference(value)) found.push(foundAt(value, [name]));
    else if (Array.isArray(value)) {
      for (let k = 0; k < value.length; k++) if (isSeriesReference(value[k])) found.push(foundAt(value[k], [name, k]));
    }
  }
  return found;
}

/** The body with its references resolved. */
export function withResolved(body: unknown, fields: GridFields, datasets: ReadonlyMap<string, Dataset>): unknown {
  if (!isObject(body)) return body;
  const resolved = (text: string, index?: number) => new Resolved(datasets.get(text) as Dataset, index);
  const one = (value: unknown) => (isSeriesReference(value) ? resolved(value.dataset, value.index) : value);
  const all = { ...body };
  for (const [name, kind] of fields) {
    const value = body[name];
    if (typeof value === 'string') {
      if (kind === 'dataset') all[name] = resolved(value);
    } else if (Array.isArray(value)) all[name] = value.some(isSeriesReference) ? value.map(one) : value;
    else if (value !== undefined) all[name] = one(value);
  }
  return all;
}

const isObject = (body: unknown): body is Record<string, unknown> =>
  typeof body === 'object' && body !== null && !Array.isArray(body);

const foundAt = ({ dataset, index }: SeriesReference, path: (string | number)[]): Found => ({
  text: dataset,
  index,
  path,
});

interface SeriesReference {
  readonly dataset: string;
  readonly index: number;
}

function isSeriesReference(value: unknown): value is SeriesReference {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const { dataset, index, ...rest } = value as { dataset?: unknown; index?: number };
  const isPlace = Number.isSafeInteger(index) && (index as number) >= 0;
  return typeof dataset === 'string' && isPlace && Object.keys(rest).length === 0;
}
