import type { z } from 'zod';
import { operationOf } from '../operations/index.ts';
import { bodySchema, bodyShape } from '../schemas/body.ts';
import { type Placement, placementOf } from '../schemas/placement.ts';

/** What the body of a route may hold, and where. */
export interface ExpectedBody extends Placement {
  readonly shape: Readonly<Record<string, z.ZodType>>;
  readonly schema: z.ZodType;
}

/** The same for each body of a route: zod compiles a schema the first time that it is used. */
export function expectedBody(metric: string, suffix: string): ExpectedBody {
  const key = `${metric}${suffix}`;
  const known = expected.get(key);
  if (known) return known;
  const [record, operation] = operationOf(metric, suffix);
  const found = {
    shape: bodyShape(record, operation),
    schema: bodySchema(record, operation),
    ...placementOf(record, operation),
  };
  expected.set(key, found);
  return found;
}

const expected = new Map<string, ExpectedBody>();
