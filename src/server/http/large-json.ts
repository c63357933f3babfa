import { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { type Grid, gridsToLists, isGrid, listOfGrid } from '../../core/server-door.ts';

/** How many numbers can be written as JSON in a few milliseconds; more at once would block the event loop. */
const AT_ONCE = 20_000;

/** A response as fastify takes it: a large one as a stream of JSON, which yields to other requests between chunks. */
export const streamedIfLarge = (answer: object): object =>
  numbersIn(answer) > AT_ONCE ? Readable.from(text(answer), { objectMode: false }) : answer;

/** Roughly how many values its arrays contain, assuming that the elements of an array are alike. */
function numbersIn(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  if (isGrid(value)) return value.data.length;
  if (Array.isArray(value)) return value.length * Math.max(1, numbersIn(value[0]));
  let sum = 0;
  for (const name in value) sum += numbersIn(Reflect.get(value, name));
  return sum;
}

async function* text(answer: unknown): AsyncGenerator<string> {
  let piece = '';
  for (const part of parts(answer)) {
    piece += part;
    if (piece.length < 8 * AT_ONCE) continue;
    yield piece;
    piece = '';
    await setImmediate();
  }
  yield piece;
}

/** The output of `JSON.stringify` in parts. */
function* parts(value: unknown): Generator<string> {
  if (numbersIn(value) <= AT_ONCE) yield JSON.stringify(gridsToLists(value));
  else if (isGrid(value)) yield* partsOfGrid(value);
  else if (!Array.isArray(value)) {
    let mark = '{';
    for (const [name, field] of Object.entries(value as object)) {
      if (field === undefined) continue;
      yield `${mark}${JSON.stringify(name)}:`;
      yield* parts(field);
      mark = ',';
    }
    yield '}';
  } else if (typeof value[0] === 'object') {
    for (const [at, row] of value.entries()) {
      yield at === 0 ? '[' : ',';
      yield* parts(row);
    }
    yield ']';
  } else {
    for (let from = 0; from < value.length; from += AT_ONCE) {
      yield (from === 0 ? '[' : ',') + JSON.stringify(value.slice(from, from + AT_ONCE)).slice(1, -1);
    }
    yield ']';
  }
}

/** A grid as nested lists, which are never all there: they would take as much memory again, and block the event loop while they are made. */
function* partsOfGrid({ data, shape }: Grid): Generator<string> {
  const [count = 0, ...rest] = shape;
  const each = rest.length === 0 ? AT_ONCE : data.length / count;
  for (let at = 0; at < data.length; at += each) {
    const part = data.subarray(at, at + each);
    const mark = at === 0 ? '[' : ',';
    if (rest.length === 0) yield mark + JSON.stringify(Array.from(part)).slice(1, -1);
    else if (each <= AT_ONCE) yield mark + JSON.stringify(listOfGrid({ data: part, shape: rest }));
    else {
      yield mark;
      yield* partsOfGrid({ data: part, shape: rest });
    }
  }
  yield ']';
}
