import { deepStrictEqual, ok, strictEqual, throws } from 'node:assert';
import { describe, it } from 'node:test';
import { backendNames } from '../../../../src/core/tslearn/backend/forward.ts';
import { Backend } from '../../../../src/core/tslearn/backend/index.ts';
import { tfjsBackend } from '../../../../src/core/tslearn/backend/tfjs/backend.ts';
import { assertClose } from '../../../support/close-arrays.ts';
import { arrayCases } from './array-cases.ts';
import { distanceCases } from './distance-cases.ts';
import { mathCases } from './math-cases.ts';

const cases = [...arrayCases, ...mathCases, ...distanceCases];
const tolerance = { numpy: 1e-14, tfjs: 1e-6 };

it('covers all 65 names', () => {
  strictEqual(backendNames.length, 65);
  const covered = new Set<string>(cases.map(({ name }) => name));
  strictEqual(backendNames.filter((name) => !covered.has(name)).join(), '');
});

it('gives both backends the same names', () => {
  const { unsupported: _, ...tfjs } = tfjsBackend;
  deepStrictEqual(Object.keys(tfjs).sort(), [...backendNames].sort());
  deepStrictEqual(Object.keys(new Backend('numpy').getBackend()).sort(), [...backendNames].sort());
});

for (const backend of ['numpy', 'tfjs'] as const) {
  describe(`the ${backend} backend`, () => {
    const be = new Backend(backend);
    it('has every name', () => {
      for (const name of backendNames) ok(name in be.getBackend() && name in be, name);
    });
    for (const { name, it: says, run, gives, lacks } of cases) {
      const reason = backend === 'tfjs' && lacks !== undefined ? tfjsBackend.unsupported.get(lacks) : undefined;
      if (reason === undefined) it(`${name} ${says}`, () => assertClose(run(be), gives, tolerance[backend]));
      else {
        it(`${name}: no ${lacks}, and says why`, () =>
          throws(() => run(be), { name: 'RangeError', message: `the tfjs backend has no ${lacks}. ${reason}` }));
      }
    }
  });
}

it('names only existing gaps', () => {
  for (const { lacks } of cases) if (lacks !== undefined) ok(tfjsBackend.unsupported.has(lacks), lacks);
});
