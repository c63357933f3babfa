import { type Config, configTable } from '../config.ts';
import { type Code, catalogue } from '../http/errors.ts';

/** Everything the service refuses for lack of room, time or permission: the variable that sets the limit, or its fixed value, and the response, if any. */
const limits: readonly { by: keyof Config | string; code?: Code; what: string }[] = [
  { by: 'MAX_BODY_BYTES', code: 'body_too_large', what: 'a larger body, as sent or after decompression' },
  { by: 'MAX_CELLS', code: 'too_many_cells', what: 'a request with more cells, before any work starts' },
  { by: 'MAX_ARRAY_BYTES', code: 'too_many_cells', what: 'a request whose tables and response need more memory' },
  {
    by: '32 levels, 1000 objects',
    code: 'invalid_request',
    what: 'JSON of more than 64 KiB that is nested more deeply or has more objects',
  },
  { by: 'MAX_CONNECTIONS', what: 'a new connection while that many are open: it is closed without a response' },
  { by: '16 KiB or 500 headers', code: 'headers_too_large', what: 'larger or more headers' },
  { by: 'API_KEYS', code: 'unauthorized', what: 'a request without a valid key' },
  {
    by: 'RATE_LIMIT_PER_MINUTE',
    code: 'rate_limited',
    what: 'more frequent requests with one key, or from one address without a valid key',
  },
  {
    by: 'RECEIVE_TIMEOUT_MS',
    code: 'request_timeout',
    what: 'a request that takes longer to arrive; its headers may take at most 10 s',
  },
  {
    by: 'MAX_QUEUE',
    code: 'queue_full',
    what: 'a request whose cells do not fit in the queue, or a long one that would wait for more than half of REQUEST_TIMEOUT_MS',
  },
  {
    by: 'MAX_MEMORY_BYTES',
    code: 'memory_full',
    what: 'a request whose body, values, tables and response do not fit beside those in flight; a body that becomes more than there is room for is cut off',
  },
  {
    by: 'WRITE_TIMEOUT_MS',
    what: 'a reader that takes nothing of its response for that long: its connection is closed',
  },
  {
    by: 'MAX_EVENT_LOOP_DELAY_MS',
    code: 'overloaded',
    what: 'any request while the event loop lags further behind; while it lags at all, those of the callers with the most requests',
  },
  {
    by: 'REQUEST_TIMEOUT_MS',
    code: 'timeout',
    what: 'a request that takes longer to compute; its work is stopped',
  },
  {
    by: 'worker heap, derived from MAX_BODY_BYTES and MAX_MEMORY_BYTES',
    code: 'worker_lost',
    what: 'only the request on that worker; the worker is replaced',
  },
  {
    by: 'SHUTDOWN_TIMEOUT_MS',
    code: 'draining',
    what: 'new requests after SIGTERM; accepted ones have this long to finish',
  },
];

/** Every limit, its default and its response, as a Markdown table: for the OpenAPI document and docs/operations.md. */
export function limitsTable(): string {
  const rows = limits.map(({ by, code, what }) => {
    const variable = configTable.find(({ name }) => name === by);
    const limit = variable ? `\`${by}\` (${variable.fallback})` : by;
    const answer = code ? `${catalogue[code][0]} | \`${code}\`` : 'none | none';
    return `| ${limit} | ${answer} | ${what} |`;
  });
  return ['| Limit (default) | Status | Code | Refused |', '|---|---|---|---|', ...rows].join('\n');
}
