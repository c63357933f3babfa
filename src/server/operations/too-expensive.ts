import { type MetricRecord, NUMBER, type Price, productOf, totalCells, ZERO_CELLS } from '../../core/server-door.ts';
import type { Config } from '../config.ts';
import { Problem } from '../http/errors.ts';
import type { Operation } from './operation.ts';

// What is said to a request that costs more than the limits: each factor of its price, its number, and what makes it cheaper.

type Arguments = Readonly<Parameters<Operation['plan']>>;
type Limits = Pick<Config, 'MAX_CELLS' | 'MAX_ARRAY_BYTES' | 'MAX_JOB_CELLS'>;

/** It has more than MAX_CELLS. `left`: the part of its cells that is expected to be computed. */
export function tooManyCells(
  [record, body]: Arguments,
  price: Price,
  { MAX_CELLS, MAX_JOB_CELLS }: Limits,
  left: number,
): Problem {
  const measured =
    left < 1 ? `, of which ${percent(left)} are expected to be computed, as in earlier requests of this kind` : '';
  const asJob = totalCells(price) <= MAX_JOB_CELLS ? [JOB] : [];
  const cells = `the request has ${Math.round(totalCells(price))} cells${measured}, and the limit is ${MAX_CELLS}`;
  return new Problem('too_many_cells', `${cells}: ${made(price)}. ${advice(record, body, price, asJob)}`);
}

/** A job has more than MAX_JOB_CELLS. */
export function tooManyJobCells([record, body]: Arguments, price: Price, { MAX_JOB_CELLS }: Limits): Problem {
  const cells = `the job has ${price.cells} cells, and the limit for jobs is ${MAX_JOB_CELLS} (MAX_JOB_CELLS)`;
  return new Problem('too_many_cells', `${cells}: ${made(price)}. ${advice(record, body, price, [])}`);
}

/** Its arrays take more than MAX_ARRAY_BYTES. */
export function tooManyBytes(
  [record, body]: Arguments,
  price: Price,
  { MAX_ARRAY_BYTES }: Limits,
  bytes: number,
): Problem {
  return new Problem(
    'too_many_cells',
    `the request needs ${Math.round(bytes)} bytes for its tables and its ${price.numbers} numbers, and the limit is ${MAX_ARRAY_BYTES} (MAX_ARRAY_BYTES). ${advice(record, body, price, [])}`,
  );
}

const JOB = 'ask for a job with the header Prefer: respond-async';

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
