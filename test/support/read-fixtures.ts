import { readdirSync, readFileSync } from 'node:fs';
import type { Numbers } from './close-to.ts';

/** Values that another program computed; `meta` in each file says which. */
export interface FixtureFile {
  readonly source: string;
  /** The file's name without its ending: for a metric, the metric's name. */
  readonly name: string;
  readonly cases: readonly FixtureCase[];
  readonly meta: { readonly skipped?: readonly { readonly id: string; readonly why: string }[] };
}

export interface FixtureCase {
  readonly id: string;
  /** The function that was called. */
  readonly fn: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly expected: Expected;
  readonly tags: readonly string[];
  /** Where Warpserve deliberately differs: how, and why. */
  readonly contract?: Expected & { readonly why: string };
}

/** The result; only what the function returns is there. */
export interface Expected {
  readonly value?: number | number[][] | boolean[][];
  readonly path?: [number, number][];
  readonly grad_s1?: number[] | number[][];
  readonly grad_s2?: number[] | number[][];
  readonly alignment?: number[][];
  readonly shifted?: Numbers[];
  readonly symbols?: number[][][];
  readonly breakpoints_avg?: number[];
  readonly distance_01?: number;
  readonly loss?: number;
  readonly envelope_down?: number[][];
  readonly envelope_up?: number[][];
  readonly error?: { readonly type: string; readonly message: string };
}

const root = new URL('../fixtures/', import.meta.url);

/** Whose programs computed them. */
const sources = ['aeon', 'tslearn'];

/** Every fixture file: test/fixtures/{source}/{name}.json. */
export function fixtureFiles(): FixtureFile[] {
  return sources.flatMap((source) =>
    readdirSync(new URL(`${source}/`, root))
      .filter((file) => file.endsWith('.json'))
      .map((file) => {
        const text = readFileSync(new URL(`${source}/${file}`, root), 'utf8');
        return { source, name: file.slice(0, -'.json'.length), ...JSON.parse(text, revive) };
      }),
  );
}

/** JSON has no NaN and no Infinity: the fixtures write them as strings. */
const revive = (_key: string, value: unknown): unknown =>
  value === 'NaN' || value === 'Infinity' || value === '-Infinity' ? Number(value) : value;
