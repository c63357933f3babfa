import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { it } from 'node:test';
import { listOfGrid } from '../../../src/core/server-door.ts';
import { streamedIfLarge } from '../../../src/server/http/large-json.ts';

const numbers = (count: number) => Array.from({ length: count }, (_, i) => Math.sin(i) * 10 ** (i % 40));

it('a large response in chunks equals JSON.stringify, and a small one is left as it is', async () => {
  const large = [
    { matrix: Array.from({ length: 300 }, () => numbers(300)), shape: [300, 300], be: 'numpy' },
    { value: 1, gradient: { s1: numbers(50_001), s2: numbers(3), gamma: undefined }, absent: undefined },
    { path: numbers(30_000).map((_, i) => [i, i]), value: 0 },
    { alignment: Array.from({ length: 2 }, () => numbers(60_000)) },
  ];
  for (const answer of large) {
    const stream = streamedIfLarge(answer);
    assert.ok(stream instanceof Readable);
    assert.equal(await text(stream), JSON.stringify(answer));
  }
  const small = { value: 1, matrix: [numbers(100)] };
  assert.equal(streamedIfLarge(small), small);
});

it('a large grid in chunks equals its nested lists', async () => {
  const data = Float64Array.from({ length: 120_000 }, (_, i) => i / 7);
  for (const shape of [[120_000], [300, 400], [2, 60_000], [40, 50, 60], [120_000, 1]]) {
    const grid = { data, shape };
    const stream = streamedIfLarge({ matrix: grid, shape });
    let text = '';
    for await (const piece of stream as AsyncIterable<string>) text += piece;
    assert.equal(text, JSON.stringify({ matrix: listOfGrid(grid), shape }));
  }
});
