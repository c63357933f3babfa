import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Durations } from '../../../src/server/http/durations.ts';

describe('durations by route', () => {
  const durations = new Durations('some_seconds', 'Some', [0.1, 1]);
  for (const seconds of [0.05, 0.1, 0.5, 3]) durations.of('/a').observe(seconds);
  durations.of('/b').observe(0.2);

  it('count in each bucket what is at most its bound', async () => {
    const { values } = await durations.get();
    const buckets = values.filter(({ metricName }) => metricName === 'some_seconds_bucket');
    assert.deepEqual(
      buckets.map(({ labels, value }) => [labels, value]),
      [
        [{ le: 0.1, route: '/a' }, 2],
        [{ le: 1, route: '/a' }, 3],
        [{ le: '+Inf', route: '/a' }, 4],
        [{ le: 0.1, route: '/b' }, 0],
        [{ le: 1, route: '/b' }, 1],
        [{ le: '+Inf', route: '/b' }, 1],
      ],
    );
  });

  it('have a sum and a count for each route', async () => {
    const { values } = await durations.get();
    const of = (name: string) =>
      values.filter(({ metricName }) => metricName === name).map(({ labels, value }) => [labels.route, value]);
    assert.deepEqual(of('some_seconds_count'), [
      ['/a', 4],
      ['/b', 1],
    ]);
    assert.deepEqual(of('some_seconds_sum'), [
      ['/a', 0.05 + 0.1 + 0.5 + 3],
      ['/b', 0.2],
    ]);
  });
});
