import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { parser } from '@prometheus-io/lezer-promql';
import { parse } from 'yaml';
import { type Service, startService } from '../support/start-service.ts';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

interface Rule {
  readonly alert: string;
  readonly expr: string;
}

const rules: Rule[] = parse(read('deploy/prometheus/alerts.yaml')).groups.flatMap(
  ({ rules }: { rules: Rule[] }) => rules,
);
const panels: { title: string; targets?: { expr: string }[] }[] = ['warpserve', 'warpserve-fleet'].flatMap(
  (name) => JSON.parse(read(`deploy/grafana/${name}.json`)).panels,
);
const asked = [
  ...rules.map(({ alert, expr }) => ({ where: alert, expr })),
  ...panels.flatMap(({ title, targets = [] }) => targets.map(({ expr }) => ({ where: title, expr }))),
];

/** The names of the metrics in an expression, by Prometheus's own grammar. */
function metricsIn(expr: string): string[] {
  const plain = expr.replaceAll('$__rate_interval', '5m').replaceAll('$job', 'warpserve');
  const names: string[] = [];
  parser.parse(plain).iterate({
    enter({ type, from, to }) {
      assert.ok(!type.isError, `no PromQL: ${plain.slice(0, to)}<<< ${plain.slice(to)}`);
      if (type.name === 'Identifier') names.push(plain.slice(from, to));
    },
  });
  return names;
}

describe('alerts and the dashboard', () => {
  let service: Service;
  let exported: string;
  before(async () => {
    service = await startService();
    await service.request.post('/dtw').send({ s1: [1], s2: [2] });
    exported = (await service.request.get('/metrics')).text;
  });
  after(() => service.close());

  assert.notEqual(asked.length, 0);
  for (const { where, expr } of asked) {
    it(`ask for what /metrics has: ${where}`, () => {
      const names = metricsIn(expr);
      assert.notEqual(names.length, 0);
      // Prometheus itself adds `up`.
      for (const name of names) assert.ok(name === 'up' || new RegExp(`^${name}[ {]`, 'm').test(exported), name);
    });
  }

  const ownMetrics = () => [...exported.matchAll(/^# TYPE (warpserve_\w+)/gm)].map(([, name]) => name as string);

  it('show every metric of the service', () => {
    const shown = new Set(panels.flatMap(({ targets = [] }) => targets.flatMap(({ expr }) => metricsIn(expr))));
    const missing = ownMetrics().filter((name) => !shown.has(name) && !shown.has(`${name}_bucket`));
    assert.deepEqual(missing, []);
  });

  it('and docs/operations.md name every metric of the service and every alert', () => {
    const text = read('docs/operations.md');
    const own = ownMetrics();
    assert.ok(own.length > 5);
    for (const name of own) assert.ok(text.includes(`\`${name}\``), name);
    for (const [name] of text.matchAll(/\b(warpserve|nodejs|process)_\w+/g))
      assert.ok(exported.includes(`# TYPE ${name} `), name);
    for (const { alert } of rules) assert.ok(text.includes(`### ${alert}`), alert);
  });
});
