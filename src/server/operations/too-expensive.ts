import {
  type Dataset,
  lengthGroups,
  type MetricRecord,
  NUMBER,
  type Price,
  productOf,
  type Series,
  totalBytes,
  totalCells,
  writtenCells,
  ZERO_CELLS,
} from '../../core/server-door.ts';
import type { Config } from '../config.ts';
import { Problem } from '../http/errors.ts';
import { CELLS_PER_MS } from '../pool/rates.ts';
import { MOST_PRUNED } from '../schemas/cells-text.ts';
import type { Operation } from './operation.ts';

type Arguments = Readonly<Parameters<Operation['plan']>>;

/**
 * Refuses a request that costs more than the limits, before work starts. `speed`: cells per millisecond that were measured for requests of
 * this kind, if most of the work may be pruned: its price is the worst case.
 *
 * @throws Problem `too_many_cells` with each factor of the price, its number, and what to do
 */
export function requireAffordable(
  [record, body]: Arguments,
  price: Price,
  { MAX_CELLS, MAX_ARRAY_BYTES, MAX_JOB_CELLS }: Limits,
  speed = CELLS_PER_MS,
): void {
  const left = Math.min(1, Math.max(1 / MOST_PRUNED, CELLS_PER_MS / speed));
  if (price.cells * left + writtenCells(price) > MAX_CELLS) {
    const measured =
      left < 1 ? `, of which ${percent(left)} are expected to be computed, as in earlier requests of this kind` : '';
    const asJob = totalCells(price) <= MAX_JOB_CELLS ? [JOB] : [];
    const cells = `the request has ${Math.round(totalCells(price))} cells${measured}, and the limit is ${MAX_CELLS}`;
    throw new Problem('too_many_cells', `${cells}: ${made(price)}. ${advice(record, body, price, asJob)}`);
  }
  requireBytes(record, body, price, totalBytes(price), MAX_ARRAY_BYTES);
}

/** The same of a job, whose limits are wider: rows are stored as they come, so that only its tables have to fit in memory. @throws Problem */
export function requireAffordableJob(
  [record, body]: Arguments,
  price: Price,
  { MAX_JOB_CELLS, MAX_ARRAY_BYTES }: Limits,
  byRows: boolean,
): void {
  if (price.cells > MAX_JOB_CELLS) {
    const cells = `the job has ${price.cells} cells, and the limit for jobs is ${MAX_JOB_CELLS} (MAX_JOB_CELLS)`;
    throw new Problem('too_many_cells', `${cells}: ${made(price)}. ${advice(record, body, price, [])}`);
  }
  requireBytes(record, body, price, byRows ? price.bytes : totalBytes(price), MAX_ARRAY_BYTES);
}

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

type Limits = Pick<Config, 'MAX_CELLS' | 'MAX_ARRAY_BYTES' | 'MAX_JOB_CELLS'>;

const JOB = 'ask for a job with the header Prefer: respond-async';

function requireBytes(record: MetricRecord, body: Arguments[1], price: Price, bytes: number, limit: number): void {
  if (bytes <= limit) return;
  throw new Problem(
    'too_many_cells',
    `the request needs ${Math.round(bytes)} bytes for its tables and its ${price.numbers} numbers, and the limit is ${limit} (MAX_ARRAY_BYTES). ${advice(record, body, price, [])}`,
  );
}

/** What the cells are made of. */
function made({ cells, factors, numbers, zeros = 0 }: Price): string {
  const product = factors.map(({ times, of }) => `${short(times)} ${of}`).join(' x ');
  const rest = Math.max(0, cells - productOf(factors));
  const parts = [product];
  if (rest >= 1) parts.push(`${short(rest)} for preparing series`);
  if (numbers > zeros) parts.push(`${NUMBER.cells} for each of ${numbers - zeros} numbers of the response`);
  if (zeros > 0) parts.push(`${ZERO_CELLS} for each of ${zeros} zeros`);
  return parts.join(', plus ');
}

/** What makes the request cheaper, the most useful first. */
function advice({ params }: MetricRecord, body: Arguments[1], { factors }: Price, more: readonly string[]): string {
  const given = body as unknown as { readonly params: Readonly<Record<string, unknown>>; readonly be: string };
  const named = (word: string) => factors.some(({ of }) => of.includes(word));
  const ways = [
    ...('sakoe_chiba_radius' in params.shape && given.be === 'numpy'
      ? ['narrow the band with sakoe_chiba_radius']
      : []),
    ...(given.be === 'tfjs' ? ['compute with be "numpy"'] : []),
    ...(named('pairs') ? ['send blocks of rows in separate requests'] : []),
    ...(named('matches') ? ['reduce the number of matches k'] : []),
    ...['max_iter', 'n_samples', 'max_length', 'reach'].filter(named).map((name) => `lower ${name}`),
    ...more,
    'send shorter series',
    'raise MAX_CELLS if you operate the service',
  ];
  return `To make it fit: ${ways.join(', or ')}.`;
}

const short = (value: number): string =>
  Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(4)));

const percent = (part: number): string => `${Number((100 * part).toPrecision(2))} %`;
