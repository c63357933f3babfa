import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { evaluate, metrics } from '../../../src/core/index.ts';
import { readParams } from '../../../src/core/metric/params.ts';
import { closeTo } from '../../support/close-to.ts';
import { judges } from '../enumeration/judges.ts';
import type { Step } from '../enumeration/local-costs.ts';

// docs/metrics.md shows each record's example. Its arithmetic is worked out here, and the service must come to the same.

/** What an expression of a worked example comes to: numbers, + - * / ^, brackets and the functions of Math. */
function worked(expression: string): number {
  assert.match(expression, /^([\d.]+|sqrt|abs|exp|log|max|min|[-+*/^(), ])+$/, 'no arithmetic');
  const code = expression.replaceAll('^', '**').replace(/[a-z]+/g, (name) => `Math.${name}`);
  // A minus before a power needs brackets in JavaScript, but not on paper.
  return Number(new Function(`return ${code.replace(/-(\d+(?:\.\d+)?)\*\*/g, '-1 * $1**')}`)());
}

const rows = (s: readonly number[] | readonly (readonly number[])[]): Step[] =>
  s.map((step) => (typeof step === 'number' ? [step] : step));

for (const record of metrics) {
  const { name, backends } = record;
  const { s1, s2, params = {}, steps, value } = record.example;

  describe(`the worked example of ${name}`, () => {
    it('has arithmetic that is right, and ends with the value', () => {
      let last = Number.NaN;
      for (const step of steps) {
        const [, expression = '', result = ''] = /^.*: ([^:]*) = (-?[\d.]+)$/.exec(step) ?? [];
        last = Number(result);
        closeTo(worked(expression), last, { absolute: 6e-11 }, step);
      }
      assert.equal(last, value);
    });

    for (const be of backends) {
      it(`is what the service answers on ${be}`, () => {
        const found = evaluate(record, s1, s2, { ...params, be }).value;
        closeTo(found, value, { absolute: be === 'numpy' ? 1e-10 : 1e-6 });
      });
    }

    const judge = judges[name];
    if (judge) {
      it('is the best of all admissible paths', () => {
        closeTo(judge(rows(s1), rows(s2), readParams(record, params))?.value as number, value, { absolute: 1e-10 });
      });
    }
  });
}
