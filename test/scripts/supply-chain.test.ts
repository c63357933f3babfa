import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { verdictOf } from '../../scripts/audit-verdict.ts';
import { licencesOf } from '../../scripts/licences-of.ts';

describe('the audit', () => {
  const report = (severity: string) =>
    JSON.stringify({
      vulnerabilities: { leaky: { severity, via: [{ title: 'It leaks', url: 'https://example.org/1' }, 'other'] } },
    });

  it('fails on a high or critical advisory, and says which', () => {
    for (const severity of ['high', 'critical']) {
      const { failed, lines } = verdictOf(report(severity));
      assert.equal(failed, true);
      assert.deepEqual(lines, [`${severity}: leaky: It leaks https://example.org/1; by other`]);
    }
  });

  it('only tells of a lesser one', () => {
    const { failed, lines } = verdictOf(report('moderate'));
    assert.equal(failed, false);
    assert.match(lines[0] as string, /^moderate: leaky/);
  });

  it('says that there was none where advisories cannot be had, and does not fail', () => {
    for (const printed of ['{"message":"405 Method Not Allowed","statusCode":405}', '', 'not JSON']) {
      const { failed, lines } = verdictOf(printed);
      assert.equal(failed, false);
      assert.match(lines[0] as string, /^NOT AUDITED: /);
    }
  });

  it('says that nothing is known where nothing is', () => {
    assert.deepEqual(verdictOf('{"vulnerabilities":{}}'), {
      failed: false,
      lines: ['no known vulnerabilities in what runs'],
    });
  });
});

describe('the licences', () => {
  const of = (expression?: string) => ({
    name: 'a',
    version: '1.0.0',
    ...(expression && { licenses: [{ expression }] }),
  });

  it('are counted, and refused where one of them is not allowed', () => {
    const good = ['MIT', 'Apache-2.0 AND MIT', '(BSD-3-Clause AND Apache-2.0)'].map(of);
    assert.deepEqual(licencesOf([...good, of('MIT')]).counts[0], ['MIT', 2]);
    assert.deepEqual(licencesOf(good).refused, []);
    for (const bad of ['GPL-3.0-only', 'MIT AND GPL-3.0-only', 'AGPL-3.0-only OR MIT', 'SEE LICENSE IN x', undefined]) {
      assert.deepEqual(licencesOf([of(bad)]).refused, [`a@1.0.0: ${bad ?? 'none'}`]);
    }
  });
});
