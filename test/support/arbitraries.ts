import fc from 'fast-check';
import { z } from 'zod';
import type { MetricRecord } from '../../src/core/index.ts';
import { constraintParams } from '../../src/core/metric/constraints.ts';

// Random series and parameters for the laws. What a metric takes is read from its record's schema.

/** Two series of d values per step, as lists: flat for d = 1 half of the time. */
export interface PairOfSeries {
  readonly s1: number[] | number[][];
  readonly s2: number[] | number[][];
}

/** Continuous values, so that ties are rare. */
export const generic: fc.Arbitrary<number> = fc.noBias(fc.integer({ min: -3e6, max: 3e6 })).map((x) => x / 1e6);

/** Few values, so that ties and zero distances are everywhere. */
export const coarse: fc.Arbitrary<number> = fc.integer({ min: -1, max: 2 });

export function pairs(value: fc.Arbitrary<number>, maxLength = 12, maxWidth = 3): fc.Arbitrary<PairOfSeries> {
  return fc.tuple(fc.integer({ min: 1, max: maxWidth }), fc.boolean()).chain(([d, rows]) => {
    const one = d === 1 && !rows ? series(value, maxLength) : rowsOf(value, maxLength, d);
    return fc.record({ s1: one, s2: one }) as fc.Arbitrary<PairOfSeries>;
  });
}

const series = (value: fc.Arbitrary<number>, maxLength: number) =>
  fc.array(value, { minLength: 1, maxLength, size: 'max' });

const rowsOf = (value: fc.Arbitrary<number>, maxLength: number, d: number) =>
  fc.array(fc.array(value, { minLength: d, maxLength: d }), { minLength: 1, maxLength, size: 'max' });

/**
 * Parameters of a metric: each within the bounds of its schema and, if it is a number, no nearer to 0 than `least` (an allowed
 * 0 itself comes up now and then); a constraint or none where the metric takes one.
 */
export function paramsOf(record: MetricRecord, least = 0.01): fc.Arbitrary<Record<string, unknown>> {
  const schema = z.toJSONSchema(record.params, { io: 'input' });
  const own: Record<string, fc.Arbitrary<unknown>> = {};
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    if (name in constraintParams || name === 'compute_with_backend') continue;
    own[name] = drawn(property as Property, least, `${record.name}: ${name}`);
  }
  const constrained = Object.keys(constraintParams).every((name) => name in (schema.properties ?? {}));
  return fc.tuple(fc.record(own), constrained ? constraints : fc.constant({})).map(([a, b]) => ({ ...a, ...b }));
}

/** None, Sakoe-Chiba or Itakura, by name, by parameter or by both. Itakura may be infeasible. */
export const constraints: fc.Arbitrary<Record<string, unknown>> = fc.oneof(
  fc.constant({}),
  fc.record(
    { global_constraint: fc.constant('sakoe_chiba'), sakoe_chiba_radius: fc.integer({ min: 0, max: 6 }) },
    { requiredKeys: ['sakoe_chiba_radius'] },
  ),
  fc.record(
    {
      global_constraint: fc.constant('itakura'),
      itakura_max_slope: fc.integer({ min: 100, max: 900 }).map((x) => x / 100),
    },
    { requiredKeys: ['itakura_max_slope'] },
  ),
);

interface Property {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Property[];
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
}

function drawn(property: Property, least: number, what: string): fc.Arbitrary<unknown> {
  if (property.anyOf) {
    // Arrays are as long as the series are: tests of their own draw them.
    const known = property.anyOf.flatMap((one) => one.anyOf ?? one).filter(({ type }) => type !== 'array');
    return fc.oneof(...known.map((one) => drawn(one, least, what)));
  }
  // Precomputed costs are no pair of series: precomputed.test.ts.
  if (property.enum) return fc.constantFrom(...property.enum.filter((value) => value !== 'precomputed'));
  switch (property.type) {
    case 'null':
      return fc.constant(null);
    case 'boolean':
      return fc.boolean();
    case 'integer':
      return fc.integer({
        min: property.minimum ?? -5,
        max: Math.min(property.maximum ?? 5, (property.minimum ?? 0) + 5),
      });
    case 'number':
      return numbers(property, least);
    default:
      throw new Error(`${what}: no arbitrary for ${JSON.stringify(property)}; add one to test/support/arbitraries.ts`);
  }
}

/** Positive ones over the decades up to 10. */
function numbers({ minimum, exclusiveMinimum, maximum = 10 }: Property, least: number): fc.Arbitrary<number> {
  const lowest = minimum ?? exclusiveMinimum ?? -Infinity;
  const low = Math.log10(Math.max(least, lowest));
  const high = Math.log10(Math.min(10, maximum));
  const positive = fc.integer({ min: 0, max: 1000 }).map((x) => 10 ** (low + ((high - low) * x) / 1000));
  const zero = { arbitrary: fc.constant(0), weight: minimum !== undefined && minimum > 0 ? 0 : 1 };
  const negative = { arbitrary: positive.map((x) => -x), weight: lowest === -Infinity ? 2 : 0 };
  if (exclusiveMinimum !== undefined) return positive;
  return fc.oneof({ arbitrary: positive, weight: 4 }, zero, negative);
}
