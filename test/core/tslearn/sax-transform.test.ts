import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type SaxOptions, saxTransform } from '../../../src/core/index.ts';
import { closeTo } from '../../support/close-to.ts';
import { fixtureFiles } from '../../support/read-fixtures.ts';

describe('saxTransform', () => {
  const { cases = [] } = fixtureFiles().find(({ name }) => name === 'sax') ?? {};
  const transforms = cases.filter(({ fn }) => fn === 'sax_transform');
  assert.notEqual(transforms.length, 0);
  for (const { id, args, expected } of transforms) {
    it(`answers tslearn's symbols and borders: ${id}`, () => {
      const { dataset, ...options } = args;
      const { symbols, breakpoints_avg } = saxTransform(dataset, options as unknown as SaxOptions);
      assert.deepEqual(symbols, expected.symbols);
      closeTo(breakpoints_avg, expected.breakpoints_avg as number[], { relative: 1e-9, absolute: 1e-15 });
    });
  }
});
