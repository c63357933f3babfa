import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { databaseProblem } from '../background/database-problem.ts';
import { storeProblem } from '../datasets/store-problem.ts';
import { asProblem, CLIENT_GONE, Problem, problemBody } from '../http/errors.ts';
import { JSON_TYPE, NPZ } from '../http/media-types.ts';
import { shown } from '../http/unknown-keys.ts';
import { StoreFailure } from '../store/store.ts';

/** Every error as `application/problem+json`. Anything that is not the caller's fault is logged, and its message stays internal. */
export const problems = fp(async (app: FastifyInstance) => {
  app.setErrorHandler(sendError);
});

/** Sends an error. Also used when fastify fails before it has found a route. */
export function sendError(error: FastifyError | Error, request: FastifyRequest, reply: FastifyReply): void {
  if (error === CLIENT_GONE || hasLeft(request)) {
    request.log.debug({ reason: error.message }, 'the client closed the connection');
    reply.hijack();
    return;
  }
  const known =
    asProblem(error) ?? storeFailed(error, request) ?? bodyTooLarge(error, request) ?? unknownType(error, request);
  if (known === undefined) request.log.error({ err: error }, 'unexpected error');
  else if (known.status === 500) request.log.error({ err: known.cause }, known.message);
  const problem = known ?? new Problem('internal_error', `internal error: look for ${request.id} in the log`);
  request.problem = problem.code;
  reply
    .code(problem.status)
    .headers(problem.headers)
    .type('application/problem+json')
    .serializer(JSON.stringify)
    .send(problemBody(problem, request.id));
}

/** Whether the connection ended before the whole request had arrived. Any later failure is a consequence. */
const hasLeft = ({ raw }: FastifyRequest): boolean => raw.destroyed && !raw.complete;

/** The disk is full, the folder is gone, or the database has ended: not the caller's fault, and not a bug. */
function storeFailed(error: Error, request: FastifyRequest): Problem | undefined {
  const problem = error instanceof StoreFailure ? storeProblem(error) : databaseProblem(error);
  if (problem) request.log.error({ err: error }, 'the store failed');
  return problem;
}

/** Fastify's own message states neither number. */
function bodyTooLarge(
  error: Error & { code?: string },
  { headers, routeOptions }: FastifyRequest,
): Problem | undefined {
  if (error.code !== 'FST_ERR_CTP_BODY_TOO_LARGE') return undefined;
  const size = headers['content-length'] ?? `more than ${routeOptions.bodyLimit}`;
  return new Problem(
    'body_too_large',
    `the body has ${size} bytes, and the limit is ${routeOptions.bodyLimit}: send fewer values`,
  );
}

/** It does not say either what was sent, or what to send. */
function unknownType(error: Error & { code?: string }, { headers, routeOptions }: FastifyRequest): Problem | undefined {
  if (error.code !== 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return undefined;
  const type = headers['content-type'];
  const found = type ? `the content type ${shown(type)} is not supported` : 'the content type is missing';
  const arrays = routeOptions.config.reads ? `, or arrays as .npz with content-type: ${NPZ}` : '';
  return new Problem('unsupported_media_type', `${found}: send a JSON object with content-type: ${JSON_TYPE}${arrays}`);
}
