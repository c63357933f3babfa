import { metrics } from '../../src/core/server-door.ts';
import { validate } from '../../src/server/http/validation.ts';
import { operations } from '../../src/server/operations/index.ts';
import { type Common, examplesFor } from '../../src/server/operations/operation.ts';
import { bodySchema } from '../../src/server/schemas/body.ts';

/** A request for one piece of work that takes long, ready to be sent to a worker. */
export interface LongRequest {
  readonly title: string;
  readonly job: string;
  /** Of about this many nanoseconds, or the largest there is. */
  readonly input: (cells: number) => unknown;
}

/** More numbers in a body, or in what is kept, would test memory. */
const MOST_NUMBERS = 400_000;
const MOST_BYTES = 200e6;

/** Every metric, operation, backend and flag, of one value per step and of many: as the records have them. */
export const longRequests = (): LongRequest[] =>
  metrics.flatMap((record) =>
    operations
      .filter(({ appliesTo }) => appliesTo(record))
      .flatMap((operation) => {
        const flags = operation.flags(record);
        const asked = [{}, ...flags.map((flag) => ({ [flag]: true }))];
        return (operation.backends ?? record.backends).flatMap((be) =>
          asked.flatMap((query) =>
            [1, 40].map((d) => ({
              title: [`${record.name}${operation.suffix}`, be, ...Object.keys(query), `d = ${d}`].join(' '),
              job: operation.name,
              input(cells: number) {
                // Channels that are aligned apart have no path.
                const together = 'path' in query &&
                  d > 1 &&
                  'independent' in record.params.shape && { independent: false };
                let last: unknown;
                for (let n = 8; ; n = Math.ceil(n * 1.5)) {
                  const [example] = Object.values(examplesFor(record, operation));
                  const body = read({ ...enlarged(example?.value as object, n, d), ...together, be });
                  if (body === undefined) return last;
                  const plan = operation.plan(record, body, query);
                  const { price } = plan;
                  if (n * d > MOST_NUMBERS || price.bytes > MOST_BYTES) return last;
                  last = plan.cut(Number.POSITIVE_INFINITY, false).inputs[0] ?? last;
                  if (price.cells >= cells) return last;
                }
              },
            })),
          ),
        );

        function read(body: object): Common | undefined {
          const found = validate(bodySchema(record, operation), body, () => 'body');
          if (!('value' in found)) return undefined;
          const { be, layout: _, ...rest } = found.value as Common & { layout: string };
          // As the route has it: what the operation does not take is the metric's.
          const isOwn = ([key]: [string, unknown]) => key in operation.fields;
          const entries = Object.entries(rest);
          const params = Object.fromEntries(entries.filter((entry) => !isOwn(entry))) as Common['params'];
          return { ...Object.fromEntries(entries.filter(isOwn)), params, be };
        }
      }),
  );

/** What has a number for each series, and is none. */
const WEIGHTS = 'weights';

/** An example with n steps of d values in the place of each of its series, none of which is like another one. */
function enlarged(example: object, n: number, d: number): object {
  let count = 0;
  const series = () => {
    const k = ++count;
    const value = (i: number, c: number) => Math.sin((i * (c + 1)) / (6 + k)) + Math.cos(i * k + c) / 3;
    return Array.from({ length: n }, (_, i) =>
      d === 1 ? value(i, 0) : Array.from({ length: d }, (_, c) => value(i, c)),
    );
  };
  const list = (value: unknown): unknown =>
    Array.isArray(value) ? (Array.isArray(value[0]) ? value.map(series) : series()) : value;
  return Object.fromEntries(
    Object.entries(example).map(([key, value]) => [key, key === WEIGHTS ? value : list(value)]),
  );
}
