import { InvalidInput } from '../../core/server-door.ts';

/** Every error the service returns: its code, its status, and what to do about it. docs/errors.md is generated from this. */
export const catalogue = {
  invalid_request: [
    400,
    'The request is invalid',
    'A field is missing, unknown or of the wrong type. `errors` points at each offending value.',
  ],
  malformed_json: [
    400,
    'The body is not valid JSON',
    'Send a JSON object with the content type application/json. JSON has no NaN: send null for a missing value.',
  ],
  malformed_npz: [
    400,
    'The .npz file cannot be read',
    'Send a file written by numpy.savez or numpy.savez_compressed: arrays of real numbers, named after the fields.',
  ],
  bad_url: [400, 'The URL is malformed', 'Percent-encode the path and the query.'],
  bad_http: [
    400,
    'The HTTP message is malformed',
    'The bytes are not a valid HTTP/1.1 request: check the client, and any proxy in between.',
  ],
  bad_host: [400, 'The Host header is invalid', 'Send one Host header: a name or an address, with or without a port.'],
  invalid_input: [400, 'The input is invalid', 'The values do not fit together. `errors` points at the offending one.'],
  empty_series: [
    400,
    'A series is empty',
    'Each series needs at least one step that is not missing (null in JSON, NaN in .npz). `errors` points at the one that has none.',
  ],
  too_short: [400, 'A series is too short', '`detail` says how many steps are needed.'],
  unequal_lengths: [
    400,
    'The series have different lengths',
    'This metric compares step by step: truncate or resample one of the series, or use an elastic metric.',
  ],
  unfit_parameter: [400, 'A parameter does not fit the series', '`detail` says which values are allowed.'],
  no_bandwidth: [
    400,
    'The dataset has no bandwidth',
    'Most of its steps are equal: choose a positive `sigma` yourself.',
  ],
  ambiguous_constraint: [
    400,
    'The constraint is ambiguous',
    'Set `global_constraint`, or give only one of the two constraint parameters.',
  ],
  infeasible_constraint: [
    400,
    'No path fits into the band',
    'Widen the band: `detail` gives the smallest feasible slope or radius and, in a matrix, the pair.',
  ],
  infeasible_length: [
    400,
    'No path is short enough',
    'A path has at least as many steps as the longer series: raise `max_length` to the value in `detail`.',
  ],
  unsupported_extra: [
    400,
    'The metric does not support this flag',
    'Omit the flag, or make the change that `detail` suggests.',
  ],
  out_of_range: [
    400,
    'The result is out of range',
    'Divide both series by the same number, or make the change that `detail` suggests.',
  ],
  unauthorized: [401, 'An API key is required', 'Send a configured key as `Authorization: Bearer KEY`.'],
  not_found: [
    404,
    'Not found',
    '`detail` names the nearest route. GET /capabilities lists the metrics, and GET /openapi.json every route.',
  ],
  dataset_not_found: [
    404,
    'There is no such data set',
    'GET /datasets lists the names; PUT /datasets/{name} stores a data set.',
  ],
  job_not_found: [404, 'There is no such job', 'GET /jobs lists the jobs. Results are kept for JOB_TTL.'],
  no_result: [
    409,
    'There is no result yet',
    'Wait until the `status` of the job is `succeeded`; `detail` gives the current one.',
  ],
  key_reused: [409, 'The Idempotency-Key belongs to another request', 'Send a new key for a new request.'],
  method_not_allowed: [405, 'The route does not support this method', 'Use a method listed in the `Allow` header.'],
  not_acceptable: [
    406,
    'The response is not available in this media type',
    'Accept application/json, or another type that `detail` lists.',
  ],
  request_timeout: [408, 'The request did not arrive in time', 'Send the whole request without long pauses.'],
  taken: [412, 'The name is taken', 'Choose another name, or omit If-None-Match to replace the existing data set.'],
  body_too_large: [413, 'The body is too large', 'Send fewer values, or raise MAX_BODY_BYTES.'],
  too_many_cells: [
    413,
    'The request is too large to compute',
    '`detail` names each factor of the cost with its number, and how to reduce it: a narrower band, blocks of rows, a job, shorter series. Operators can raise MAX_CELLS or MAX_ARRAY_BYTES.',
  ],
  unknown_format: [
    415,
    'The format was not recognised',
    'Name the format in Content-Type, or in ?format= as one of those that `detail` lists.',
  ],
  unsupported_media_type: [
    415,
    'The media type of the body is not supported',
    'Send application/json or application/x-npz.',
  ],
  expectation_failed: [417, 'The expectation cannot be met', 'Omit the Expect header, or send 100-continue.'],
  rate_limited: [429, 'Too many requests', 'Retry after the number of seconds in `Retry-After`.'],
  headers_too_large: [431, 'The headers are too large', 'Send smaller headers.'],
  internal_error: [500, 'Internal error', 'This is a bug in the service, logged under the request id in `instance`.'],
  worker_lost: [
    500,
    'The worker was lost',
    'The thread that computed the request exited, usually because it ran out of memory. Other requests are unaffected: retry, or send a smaller request.',
  ],
  queue_full: [503, 'The queue is full', 'Retry after the number of seconds in `Retry-After`.'],
  memory_full: [
    503,
    'The memory is full',
    'Requests in flight have all the memory that the service may use: retry after the number of seconds in `Retry-After`, or raise MAX_MEMORY_BYTES.',
  ],
  overloaded: [503, 'The service is overloaded', 'Retry after the number of seconds in `Retry-After`.'],
  draining: [503, 'The service is shutting down', 'Retry on another instance, or on this one after it has restarted.'],
  result_damaged: [
    503,
    'A part of the result is damaged',
    'It is being recomputed: request the result again once the job has succeeded.',
  ],
  store_unavailable: [
    503,
    'The store is unavailable',
    'Data sets and jobs need a writable store: see STORE_URL. Everything else works without one.',
  ],
  timeout: [504, 'The computation took too long', 'Shorten the series, narrow the band, or raise REQUEST_TIMEOUT_MS.'],
} as const satisfies Record<string, readonly [status: number, title: string, remedy: string]>;

export type Code = keyof typeof catalogue;

/** One offending value: a JSON pointer into the body, or to a query parameter, and what is wrong with it. */
export interface Place {
  readonly pointer: string;
  readonly detail: string;
}

/** An error that the caller gets to see, as defined by RFC 9457. `detail` says what to change. */
export class Problem extends Error {
  readonly code: Code;
  readonly errors: readonly Place[] | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    code: Code,
    detail: string,
    {
      errors,
      headers = {},
      cause,
    }: { errors?: readonly Place[]; headers?: Record<string, string>; cause?: unknown } = {},
  ) {
    super(detail, { cause });
    this.name = 'Problem';
    this.code = code;
    this.errors = errors;
    this.headers = headers;
  }

  get status(): number {
    return catalogue[this.code][0];
  }
}

/** Why a computation is given up when its client has disconnected; nobody is there to read it. */
export const CLIENT_GONE = new Error('the client closed the connection');

/** The body of an `application/problem+json` response. */
export function problemBody({ code, message, errors }: Problem, instance: string) {
  const [status, title] = catalogue[code];
  return { type: `/errors#${code}`, title, status, detail: message, instance, code, ...(errors && { errors }) };
}

/** An input error of the core, as the caller gets to see it. */
export function inputProblem(error: InvalidInput): Problem {
  const code = error.code in catalogue ? (error.code as Code) : 'invalid_input';
  if (error.path.length === 0) return new Problem(code, error.message);
  return new Problem(code, error.message, { errors: [{ pointer: pointer(error.path), detail: error.message }] });
}

/** A path as a JSON pointer (RFC 6901). */
export const pointer = (path: readonly PropertyKey[]): string =>
  path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

/** The error of a body that is not compressed as it says. */
export const NOT_COMPRESSED = 'FST_CP_ERR_INVALID_CONTENT';

/** Fastify's own errors, by their code. */
const frameworkCodes: Readonly<Record<string, Code>> = {
  FST_ERR_CTP_INVALID_JSON_BODY: 'malformed_json',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'malformed_json',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'malformed_json',
  FST_ERR_BAD_URL: 'bad_url',
};

/** Any error as a problem; undefined for a bug, whose message must stay internal. */
export function asProblem(error: unknown): Problem | undefined {
  if (error instanceof Problem) return error;
  if (error instanceof InvalidInput) return inputProblem(error);
  if (!(error instanceof Error)) return undefined;
  const { code, statusCode } = error as Error & { code?: string; statusCode?: number };
  const known = frameworkCodes[code ?? ''];
  if (code === NOT_COMPRESSED) return new Problem('malformed_json', error.message);
  if (known !== undefined) return new Problem(known, `${error.message}. ${catalogue[known][2]}`);
  if (error instanceof SyntaxError && statusCode === 400) return new Problem('malformed_json', error.message);
  return undefined;
}
