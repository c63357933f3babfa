import { type Dataset, InvalidInput, type Series, seriesAt } from '../../core/server-door.ts';

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
    if (this.index < count) return seriesAt(this.dataset, this.index);
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
  visit(body, fields, (reference) => {
    found.push(reference);
  });
  return found;
}

/** The body with its references resolved. */
export const withResolved = (body: unknown, fields: GridFields, datasets: ReadonlyMap<string, Dataset>): unknown =>
  visit(body, fields, ({ text, index }) => new Resolved(datasets.get(text) as Dataset, index));

function visit(body: unknown, fields: GridFields, replace: (reference: Found) => unknown): unknown {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return body;
  const one = (value: unknown, path: (string | number)[]): unknown =>
    isSeriesReference(value) ? replace({ text: value.dataset, index: value.index, path }) : value;
  const held = (name: string, value: unknown): unknown => {
    if (typeof value === 'string')
      return fields.get(name) === 'dataset' ? replace({ text: value, path: [name] }) : value;
    if (!Array.isArray(value)) return one(value, [name]);
    return value.some(isSeriesReference) ? value.map((part, k) => one(part, [name, k])) : value;
  };
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => [name, fields.has(name) ? held(name, value) : value]),
  );
}

function isSeriesReference(value: unknown): value is { dataset: string; index: number } {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const { dataset, index, ...rest } = value as { dataset?: unknown; index?: number };
  const isPlace = Number.isSafeInteger(index) && (index as number) >= 0;
  return typeof dataset === 'string' && isPlace && Object.keys(rest).length === 0;
}
