import {
  type Dataset,
  lengthGroups,
  type Price,
  type Series,
  totalBytes,
  writtenCells,
} from '../../core/server-door.ts';
import type { Config } from '../config.ts';
import type { Share } from '../memory/memory.ts';
import type { Call } from '../pool/call.ts';
import type { Pool } from '../pool/pool.ts';
import { CELLS_PER_MS } from '../pool/rates.ts';
import { MOST_PRUNED } from '../schemas/cells-text.ts';
import { inOrder } from './in-order.ts';
import type { Operation, Plan } from './operation.ts';
import { tooManyBytes, tooManyCells } from './too-expensive.ts';

/** Where and for whom a response is computed. */
interface Context {
  readonly pool: Pool;
  readonly config: Config;
  readonly call: Call & {
    /** The request's memory. */
    readonly memory: Share;
  };
}

type Arguments = Readonly<Parameters<Operation['plan']>>;

/** What is computed on the spot gives its memory back before anything else runs: so little of it is not counted. */
const LITTLE = 64 * 1024;

/**
 * The response to a validated request: a few numbers if it was computed on the spot, or else promised by as many workers as are free.
 *
 * @throws Problem
 */
export function answer(operation: Operation, request: Arguments, context: Context): object | Promise<object> {
  const { pool, config, call } = context;
  const plan = affordable(operation, request, context);
  const { onTheSpot, price } = plan;
  const bytes = bytesToCompute(price, request[1], config.WORKERS);
  if (onTheSpot === undefined || bytes > LITTLE) call.memory.grow(bytes, 'too_many_cells');
  if (onTheSpot === undefined) return compute(operation, plan, pool, call);
  const started = performance.now();
  const found = onTheSpot();
  call.timing.compute += performance.now() - started;
  call.timing.cells += price.cells;
  return plan.cut(price.cells, false).answer([found]);
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
  const { pool, config, call } = context;
  const plan = affordable(operation, request, context);
  call.memory.grow(bytesToCompute(plan.price, request[1], config.WORKERS), 'too_many_cells');
  const { inputs, rows } = plan.cut(pool.share(plan.price.cells, call, true), true);
  if (rows === undefined) return;
  const run = (done: (at: number) => void) => pool.run(operation.name, inputs, plan.price.cells, call, done);
  for await (const pieces of inOrder(inputs.length, run)) yield rows(pieces);
  yield rows(inputs.length);
}

/** The plan of a request that is within the limits. @throws Problem `too_many_cells` */
function affordable(operation: Operation, request: Arguments, { pool, config, call }: Context): Plan<unknown, unknown> {
  const plan = operation.plan(...request);
  const { price, prunes } = plan;
  const left = prunes ? leftToCompute(pool.perMs(call)) : 1;
  if (price.cells * left + writtenCells(price) > config.MAX_CELLS) throw tooManyCells(request, price, config, left);
  const bytes = totalBytes(price);
  if (bytes > config.MAX_ARRAY_BYTES) throw tooManyBytes(request, price, config, bytes);
  return plan;
}

/** The part of a price that work is expected to take if most of it may be pruned, and such work was done at so many cells per millisecond: its price is the worst case. */
const leftToCompute = (speed: number): number => Math.min(1, Math.max(1 / MOST_PRUNED, CELLS_PER_MS / speed));

/** What a thread has for each step of a pair while it computes: both series in the kernel's layout, the band, and running costs; and for each of its values. */
const STEP_BYTES = 64;
const VALUE_BYTES = 16;

/**
 * The memory that a request takes beside its inputs, in bytes: its tables, its response, and what threads compute its pairs in, on each the longest series
 * of every field.
 */
export function bytesToCompute(price: Price, body: object, threads: number): number {
  let sum = totalBytes(price);
  for (const name in body) {
    const field: unknown = Reflect.get(body, name);
    if (typeof field !== 'object' || field === null) continue;
    if ('lengths' in field)
      sum += threads * stepsBytes(lengthGroups((field as Dataset).lengths).longest, (field as Dataset).d);
    else if ('sz' in field) sum += stepsBytes((field as Series).n, (field as Series).d);
  }
  return sum;
}

const stepsBytes = (n: number, d: number): number => n * (STEP_BYTES + VALUE_BYTES * d);
