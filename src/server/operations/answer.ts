import type { Config } from '../config.ts';
import type { Share } from '../memory/memory.ts';
import type { Call } from '../pool/call.ts';
import type { Pool } from '../pool/pool.ts';
import { inOrder } from './in-order.ts';
import type { Operation, Plan } from './operation.ts';
import { bytesToCompute, requireAffordable } from './too-expensive.ts';

/** Where and for whom a response is computed. */
interface Context {
  readonly pool: Pool;
  readonly config: Config;
  readonly call: Call;
  /** The request's memory. */
  readonly memory: Share;
}

type Arguments = Readonly<Parameters<Operation['plan']>>;

/** The response to a validated request: computed on the spot, or promised by as many workers as are free. @throws Problem */
export function answer(operation: Operation, request: Arguments, context: Context): object | Promise<object> {
  const { pool, call } = context;
  const plan = affordable(operation, request, context);
  const found = onTheSpot(plan, call);
  if (found !== undefined) return plan.cut(plan.price.cells, false).answer([found]);
  return compute(operation, plan, pool, call);
}

/** The response of a plan, computed on as many workers as are free. */
export async function compute(
  operation: Operation,
  plan: Plan<unknown, unknown>,
  pool: Pool,
  call: Call,
): Promise<object> {
  const pieces = plan.cut(pool.share(plan.price.cells, call), false);
  return pieces.answer(await pool.run(operation.name, pieces.inputs, plan.price.cells, call));
}

/** The same row by row, in order, as rows are completed: each time those that are. */
export async function* rows(
  operation: Operation,
  request: Arguments,
  context: Context,
): AsyncGenerator<Iterable<object>> {
  const { pool, call } = context;
  const plan = affordable(operation, request, context);
  const { inputs, rows } = plan.cut(pool.share(plan.price.cells, call), true);
  if (rows === undefined) return;
  const run = (done: (at: number) => void) => pool.run(operation.name, inputs, plan.price.cells, call, done);
  for await (const pieces of inOrder(inputs.length, run)) yield rows(pieces);
  yield rows(inputs.length);
}

/** The plan of a request that is within the limits. It has the memory that it takes. @throws Problem */
function affordable(
  operation: Operation,
  request: Arguments,
  { pool, config, call, memory }: Context,
): Plan<unknown, unknown> {
  const plan = operation.plan(...request);
  requireAffordable(request, plan.price, config, plan.prunes ? pool.perMs(call) : undefined);
  memory.grow(bytesToCompute(plan.price, request[1], config.WORKERS), 'too_many_cells');
  return plan;
}

function onTheSpot({ onTheSpot, price }: Plan<unknown, unknown>, { timing }: Call): unknown {
  const started = performance.now();
  const found = onTheSpot?.();
  if (found === undefined) return undefined;
  timing.compute += performance.now() - started;
  timing.cells += price.cells;
  return found;
}
