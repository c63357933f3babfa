import { InvalidInput } from '../../core/index.ts';

/** Every error the service answers: its code, its status, and what a caller does about it. docs/errors.md is made from this. */
export const catalogue = {
  invalid_request: [
    400,
    'The request is not valid',
    'A field is missing, unknown, or of the wrong kind. `errors` points to the places.',
  ],
  malformed_json: [400, 'The body is not JSON', 'Send a JSON object with the content type application/json.'],
  malformed_npz: [
    400,
    'The .npz file cannot be read',
    'Send what numpy.savez or savez_compressed writes: arrays of real numbers under the names of the fields.',
  ],
  bad_url: [400, 'The URL cannot be read', 'Percent-encode the path and the query.'],
  bad_http: [
    400,
    'The HTTP message cannot be read',
    'The bytes are not a valid HTTP/1.1 request; look at the client or a proxy.',
  ],
  invalid_input: [400, 'The input cannot be used', 'The values do not fit together. `errors` points to the place.'],
  empty_series: [400, 'A series is empty', 'Each series needs at least one step that is not missing.'],
  too_short: [400, 'A series is too short', 'The metric needs as many steps as `detail` says.'],
  unequal_lengths: [
    400,
    'The series have different lengths',
    'This metric compares step by step: cut or resample one of the series, or use an elastic metric.',
  ],
  unfit_parameter: [400, 'A parameter does not fit the series', 'Give a value that `detail` allows.'],
  ambiguous_constraint: [
    400,
    'Two constraints and no choice',
    'Give `global_constraint`, or only one of the two constraint parameters.',
  ],
  infeasible_constraint: [
    400,
    'The constraint leaves no path',
    'Widen the constraint to the smallest value that `detail` names.',
  ],
  unsupported_extra: [
    400,
    'The metric cannot answer this',
    'Leave the flag away, or use a metric that `detail` names.',
  ],
  out_of_range: [
    400,
    'The result is beyond the range of numbers',
    'Scale the series down: divide both by the same number.',
  ],
  unauthorized: [401, 'A key is needed', 'Send one of the configured keys as `Authorization: Bearer KEY`.'],
  not_found: [404, 'There is nothing here', 'GET /capabilities lists the metrics, GET /openapi.json every route.'],
  method_not_allowed: [405, 'The route does not have this method', 'Use a method from the `Allow` header.'],
  not_acceptable: [406, 'The answer cannot have this type', 'Accept application/json.'],
  request_timeout: [408, 'The request did not arrive in time', 'Send the whole request without long pauses.'],
  body_too_large: [413, 'The body is too large', 'Send fewer values, or raise MAX_BODY_BYTES.'],
  too_many_cells: [413, 'The series are too long', 'The cost is n x m cells: shorten the series, or raise MAX_CELLS.'],
  unsupported_media_type: [415, 'The body has an unknown type', 'Send application/json or application/x-npz.'],
  rate_limited: [429, 'Too many requests', 'Try again after `Retry-After` seconds.'],
  headers_too_large: [431, 'The headers are too large', 'Send smaller headers.'],
  internal_error: [500, 'The service failed', 'This is a bug. It is logged under the request id in `instance`.'],
  worker_lost: [
    500,
    'The computation ended too soon',
    'The thread that computed it ended, most often for want of memory. Other requests are not concerned: try again, or send a smaller request.',
  ],
  queue_full: [503, 'The queue is full', 'Try again after `Retry-After` seconds.'],
  overloaded: [503, 'The service cannot keep up', 'Try again after `Retry-After` seconds.'],
  draining: [503, 'The service is shutting down', 'Try again: another instance, or this one after its restart.'],
  timeout: [504, 'The computation took too long', 'Shorten the series, narrow the band, or raise REQUEST_TIMEOUT_MS.'],
} as const satisfies Record<string, readonly [status: number, title: string, remedy: string]>;

export type Code = keyof typeof catalogue;

/** One offending place: a JSON pointer into the body, or to a query parameter, and what is wrong there. */
export interface Place {
  readonly pointer: string;
  readonly detail: string;
}

/** An error that the caller gets to see, as RFC 9457 has it. `detail` is a sentence that says what to change. */
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

/** The body of an `application/problem+json` answer. */
export function problemBody({ code, message, errors }: Problem, instance: string) {
  const [status, title] = catalogue[code];
  return { type: `/errors#${code}`, title, status, detail: message, instance, code, ...(errors && { errors }) };
}

/** What the core found wrong with the input, as the caller gets to see it. */
export function inputProblem(error: InvalidInput): Problem {
  const code = error.code in catalogue ? (error.code as Code) : 'invalid_input';
  if (error.path.length === 0) return new Problem(code, error.message);
  return new Problem(code, error.message, { errors: [{ pointer: pointer(error.path), detail: error.message }] });
}

/** A path as a JSON pointer (RFC 6901). */
export const pointer = (path: readonly PropertyKey[]): string =>
  path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

/** Fastify's own errors, by their code. */
const frameworkCodes: Readonly<Record<string, Code>> = {
  FST_ERR_CTP_INVALID_JSON_BODY: 'malformed_json',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'malformed_json',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'malformed_json',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported_media_type',
  FST_CP_ERR_INVALID_CONTENT: 'malformed_json',
  FST_ERR_BAD_URL: 'bad_url',
};

/** Any error as a problem; undefined for a bug, whose message nobody outside may see. */
export function asProblem(error: unknown): Problem | undefined {
  if (error instanceof Problem) return error;
  if (error instanceof InvalidInput) return inputProblem(error);
  if (!(error instanceof Error)) return undefined;
  const { code, statusCode } = error as Error & { code?: string; statusCode?: number };
  const known = frameworkCodes[code ?? ''];
  if (known !== undefined) return new Problem(known, `${error.message}. ${catalogue[known][2]}`);
  if (error instanceof SyntaxError && statusCode === 400) return new Problem('malformed_json', error.message);
  return undefined;
}
