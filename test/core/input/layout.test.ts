import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { array } from 'numpy-ts';
import { loadTf } from '../../../src/core/engines/tfjs/load.ts';
import {
  bandwidth,
  barycenter,
  cdist,
  evaluate,
  InvalidInput,
  lowerBound,
  metrics,
  neighbors,
  subsequence,
} from '../../../src/core/index.ts';
import { laidOut, readDataset, readSeries } from '../../../src/core/server-door.ts';
import { cutToEqual } from '../../support/equal-lengths.ts';

const layout = 'channels_first';
const flipped = (rows: readonly (readonly (number | null)[])[]): (number | null)[][] =>
  (rows[0] as number[]).map((_, channel) => rows.map((row) => row[channel] as number | null));

const s1 = [
  [1, 10],
  [2, 20],
  [3, 35],
  [5, 30],
];
const s2 = [
  [1, 11],
  [3, 29],
  [4, 41],
];

describe('layout: "channels_first"', () => {
  const kinds: [kind: string, make: (rows: number[][]) => unknown][] = [
    ['lists', (rows) => rows],
    ['numpy-ts arrays', (rows) => array(rows)],
    ['numpy-ts views', (rows) => array(flipped(rows) as number[][]).T],
    ['tensors', (rows) => loadTf().tensor2d(rows)],
    ['grids', (rows) => ({ data: Float64Array.from(rows.flat()), shape: [rows.length, (rows[0] as number[]).length] })],
  ];
  for (const [kind, make] of kinds) {
    it(`reads the same numbers from ${kind}, time-major`, () => {
      const given = readSeries(laidOut(make(flipped(s1) as number[][]), layout), 's1');
      assert.deepEqual([...given.data], s1.flat());
      assert.deepEqual([given.n, given.d, given.sz, given.ndim, given.layout], [4, 2, 4, 2, layout]);
    });
  }

  it('changes nothing for series of plain numbers', () => {
    assert.deepEqual(readSeries(laidOut([1, 2, null], layout)), readSeries([1, 2, null]));
    assert.deepEqual(readDataset(laidOut([[1, 2], [3]], layout)), readDataset([[1, 2], [3]]));
    const grid = { data: Float64Array.of(1, 2, 3, Number.NaN), shape: [2, 2] };
    assert.deepEqual(readDataset(laidOut(grid, layout)), readDataset(grid));
  });

  it('reads any series as its rows would be, padding included', () => {
    const rows = fc
      .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 }), fc.integer({ min: 0, max: 3 }))
      .chain(([n, d, padding]) =>
        fc
          .array(fc.array(fc.integer(), { minLength: d, maxLength: d }), { minLength: n, maxLength: n })
          .map((steps) => [...steps, ...Array.from({ length: padding }, () => new Array<null>(d).fill(null))]),
      );
    fc.assert(
      fc.property(rows, (given) => {
        const { layout: _, ...found } = readSeries(laidOut(flipped(given), layout));
        assert.deepEqual(found, readSeries(given));
      }),
    );
  });

  it('reads a stack (n, d, sz) as (n, sz, d), padded at the end of time', () => {
    const channelsFirst = { data: Float64Array.of(1, 2, 3, 10, 20, 30, 4, 5, NaN, 40, 50, NaN), shape: [2, 2, 3] };
    const timeFirst = { data: Float64Array.of(1, 10, 2, 20, 3, 30, 4, 40, 5, 50, NaN, NaN), shape: [2, 3, 2] };
    const found = readDataset(laidOut(channelsFirst, layout));
    const wanted = readDataset(timeFirst);
    assert.deepEqual([found.lengths, found.starts, found.d], [wanted.lengths, wanted.starts, wanted.d]);
    for (const [k, n] of wanted.lengths.entries()) {
      const part = ({ data, starts }: typeof found) => [...data.subarray(starts[k], (starts[k] as number) + 2 * n)];
      assert.deepEqual(part(found), part(wanted));
    }
    assert.ok(found.data.buffer instanceof SharedArrayBuffer);
  });

  for (const record of metrics) {
    it(`gives what ${record.name} gives for rows, on every backend, gradients in the layout of the series`, () => {
      const [a, b] = cutToEqual(record, [s1, s2]) as [number[][], number[][]];
      const wanted = Object.fromEntries(record.gives.map((extra) => [extra, true]));
      // Channels that are aligned on their own have no common path.
      const params = 'independent' in record.params.shape ? { independent: false } : {};
      for (const be of record.backends) {
        const { gradient: found, ...same } = evaluate(
          record,
          flipped(a),
          flipped(b),
          { ...params, be, layout },
          wanted,
        );
        const { gradient, ...rest } = evaluate(record, a, b, { ...params, be }, wanted);
        assert.deepEqual(same, rest);
        assert.deepEqual(
          found && [found.s1, found.s2],
          gradient && [gradient.s1, gradient.s2].map((g) => flipped(g as number[][])),
        );
      }
      assert.deepEqual(cdist(record, [flipped(a), flipped(b)], [flipped(b)], { layout }), cdist(record, [a, b], [b]));
      assert.deepEqual(
        neighbors(record, [flipped(a)], [flipped(b), flipped(a)], { layout }),
        neighbors(record, [a], [b, a]),
      );
    });
  }

  it('holds for every other operation', () => {
    const [x, y] = [flipped(s1), flipped(s2)];
    for (const metric of ['dtw', 'soft-dtw']) {
      const found = barycenter(metric, [x, y], { layout });
      const wanted = barycenter(metric, [s1, s2]);
      assert.deepEqual(found, { ...wanted, barycenter: flipped(wanted.barycenter as number[][]) });
      const from = barycenter(metric, [x, y], { layout, init: y, max_iter: 1 });
      assert.deepEqual(
        from.barycenter,
        flipped(barycenter(metric, [s1, s2], { init: s2, max_iter: 1 }).barycenter as number[][]),
      );
    }
    const bound = lowerBound('dtw', s1, s2, { radius: 1 });
    assert.deepEqual(lowerBound('dtw', x, y, { radius: 1, layout }), {
      ...bound,
      envelope: {
        lower: flipped(bound.envelope.lower as number[][]),
        upper: flipped(bound.envelope.upper as number[][]),
      },
    });
    assert.deepEqual(
      subsequence('dtw', y, x, { layout }, { path: true }),
      subsequence('dtw', s2, s1, {}, { path: true }),
    );
    assert.deepEqual(bandwidth('gak', [x, y], { layout }), bandwidth('gak', [s1, s2]));
  });

  const refused: [what: string, given: unknown, path: (string | number)[], message: RegExp][] = [
    [
      'a word',
      [
        [1, 2],
        [3, 'x'],
      ],
      ['s1', 1, 1],
      /finite number/,
    ],
    [
      'Infinity in a tensor',
      loadTf().tensor2d([
        [1, 2, 3],
        [4, Infinity, 6],
      ]),
      ['s1', 1, 1],
      /Infinity/,
    ],
    ['a shorter channel', [[1, 2], [3]], ['s1', 1], /a channel of 2 numbers, got 1/],
    [
      'a missing value inside',
      [
        [1, null, 3],
        [4, 5, 6],
      ],
      ['s1', 0, 1],
      /missing value inside/,
    ],
    [
      'padding of one channel alone',
      [
        [1, 2, 3],
        [4, 5, null],
      ],
      ['s1', 1, 2],
      /missing value inside/,
    ],
    [
      'padding before all values',
      array([
        [NaN, 2],
        [NaN, 3],
      ]),
      ['s1', 0, 0],
      /missing value inside/,
    ],
    ['channels without steps', [[], []], ['s1'], /zero length/],
    ['a cube', array([[[1]]]), ['s1'], /shape \(sz,\) or \(d, sz\), not \(1, 1, 1\)/],
  ];
  for (const [what, given, path, message] of refused) {
    it(`refuses ${what}, at its place in that layout`, () => {
      assert.throws(() => evaluate('dtw', given, [[1], [2]], { layout }), { name: 'InvalidInput', path, message });
    });
  }

  it('is no other word', () => {
    for (const word of ['channel_first', '', 1, 'TIME_FIRST']) {
      assert.throws(
        () => evaluate('dtw', [1], [2], { layout: word as never }),
        (error) => error instanceof InvalidInput && error.path[0] === 'layout',
      );
    }
  });

  it('is not for a matrix of costs', () => {
    const costs = [
      [0, 1],
      [2, 0],
    ];
    assert.throws(() => evaluate('dtw', costs, undefined, { metric: 'precomputed', layout }), { path: ['layout'] });
  });

  it('is suggested where channels differ and lengths do not, and the other way round', () => {
    const [x, y] = [flipped(s1), flipped(s2)];
    assert.throws(() => evaluate('dtw', x, y), /send layout "channels_first"/);
    assert.throws(() => cdist('dtw', [x, y]), /send layout "channels_first"/);
    assert.throws(() => cdist('dtw', [x], [y]), /send layout "channels_first"/);
    assert.throws(() => evaluate('dtw', s1, s2, { layout }), /If time comes first, omit layout/);
    assert.throws(
      () => evaluate('dtw', s1, [[1, 2, 3]]),
      (error) => error instanceof InvalidInput && !/layout/.test(error.message),
    );
  });
});
