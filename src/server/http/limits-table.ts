import { type Config, configTable } from '../config.ts';
import { type Code, catalogue } from './errors.ts';

/** Whatever the service refuses for want of room, time or a right: the variable that sets it, or the number that is fixed, and its answer. */
const bounds: readonly { by: keyof Config | string; code: Code; what: string }[] = [
  { by: 'MAX_BODY_BYTES', code: 'body_too_large', what: 'a larger body, as sent or once decompressed' },
  { by: 'MAX_CELLS', code: 'too_many_cells', what: 'a request of more cells, before any work' },
  {
    by: '32 levels, 1000 objects',
    code: 'invalid_request',
    what: 'JSON of more than 256 KiB that is nested deeper, or has more objects',
  },
  { by: '16 KiB of headers', code: 'headers_too_large', what: 'larger headers' },
  { by: 'API_KEYS', code: 'unauthorized', what: 'a request without one of the keys' },
  {
    by: 'RATE_LIMIT_PER_MINUTE',
    code: 'rate_limited',
    what: 'a key, or an address where there are no keys, that asks more often',
  },
  {
    by: 'RECEIVE_TIMEOUT_MS',
    code: 'request_timeout',
    what: 'a request that takes longer to arrive; its headers may take 10 s at most',
  },
  {
    by: 'MAX_QUEUE',
    code: 'queue_full',
    what: 'a request for whose cells the queue has no room, or a long one that would wait for more than half of REQUEST_TIMEOUT_MS',
  },
  { by: 'MAX_EVENT_LOOP_DELAY_MS', code: 'overloaded', what: 'any request while the event loop is further behind' },
  {
    by: 'REQUEST_TIMEOUT_MS',
    code: 'timeout',
    what: 'a request that takes longer to be computed; its work is stopped',
  },
  {
    by: 'the heap of a worker, by MAX_BODY_BYTES',
    code: 'worker_lost',
    what: 'only the request that the worker computed; the worker is replaced',
  },
  {
    by: 'SHUTDOWN_TIMEOUT_MS',
    code: 'draining',
    what: 'a new request from SIGTERM on; accepted ones have this long to end',
  },
];

/** Every limit, its default and its answer, as a Markdown table: for the OpenAPI document and docs/operations.md. */
export function boundsTable(): string {
  const rows = bounds.map(({ by, code, what }) => {
    const variable = configTable.find(({ name }) => name === by);
    const limit = variable ? `\`${by}\` (${variable.fallback})` : by;
    return `| ${limit} | ${catalogue[code][0]} | \`${code}\` | ${what} |`;
  });
  return ['| Limit (default) | Status | Code | Refused |', '|---|---|---|---|', ...rows].join('\n');
}
