import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { parseInPieces } from '../../../src/server/worker/parse-json.ts';

const outcome = (parse: () => unknown): unknown => {
  try {
    return { value: parse() };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return 'no JSON';
  }
};

const spaced = fc
  .tuple(fc.jsonValue({ maxDepth: 5 }), fc.constantFrom(0, 1, 3))
  .map(([value, space]) => JSON.stringify(value, undefined, space));

describe('JSON in pieces', () => {
  it('is what JSON.parse makes of it, whatever the size of a piece', () => {
    fc.assert(
      fc.property(spaced, fc.integer({ min: 0, max: 40 }), (text, piece) => {
        assert.deepEqual(
          parseInPieces(text, () => {}, piece),
          JSON.parse(text),
        );
      }),
      { numRuns: 500 },
    );
  });

  it('is refused where JSON.parse refuses it', () => {
    const broken = fc
      .tuple(spaced, fc.nat(), fc.constantFrom(',', '[', ']', '{', '}', '"', ':', ' ', '\u00a0', '1', 'x', ''))
      .map(([text, at, what]) => {
        const place = at % (text.length + 1);
        return text.slice(0, place) + what + text.slice(place + (at % 2));
      });
    fc.assert(
      fc.property(broken, fc.integer({ min: 0, max: 40 }), (text, piece) => {
        assert.deepEqual(
          outcome(() => parseInPieces(text, () => {}, piece)),
          outcome(() => JSON.parse(text)),
          text,
        );
      }),
      { numRuns: 2000 },
    );
  });

  it('stops between two pieces', () => {
    const text = JSON.stringify({ dataset1: Array.from({ length: 1000 }, () => [1, 2, 3]) });
    let polls = 0;
    const stop = () => {
      if (++polls === 3) throw new Error('stopped');
    };
    assert.throws(() => parseInPieces(text, stop, 1000), /stopped/);
  });
});
