import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Cancelled, readDataset, readSeries, stoppable } from '../../../src/core/server-door.ts';

const up = Int32Array.of(1);
const rows = (n: number, d: number) => Array.from({ length: n }, () => new Array<number>(d).fill(1));

describe('reading that may be stopped', () => {
  const long: Readonly<Record<string, () => unknown>> = {
    'a long series': () => readSeries(new Array<number>(200_000).fill(1)),
    'a long series in rows': () => readSeries(rows(100_000, 2)),
    'a dataset of short series': () => readDataset(rows(2000, 3)),
    'a dataset of short series in rows': () => readDataset(rows(2000, 3).map((series) => series.map((x) => [x, x]))),
  };
  for (const [name, read] of Object.entries(long)) {
    it(`stops in ${name}`, () => {
      assert.throws(() => stoppable(up, read), Cancelled);
      assert.doesNotThrow(() => stoppable(Int32Array.of(0), read));
    });
  }
});
