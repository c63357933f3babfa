import accepts from '@fastify/accepts';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { Problem } from '../http/errors.ts';
import { ANYTHING, JSON_TYPE, NPY } from '../http/media-types.ts';
import { routeAdvice } from '../http/nearest-route.ts';
import { isOf, nearestOfPattern, type Pattern } from '../http/route-patterns.ts';
import { shown } from '../http/unknown-keys.ts';
import { isReadable } from '../http/url.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The media types a route can return; JSON if absent. */
    produces?: string[];
  }
}

const METHODS = ['GET', 'POST', 'PUT', 'DELETE'];

/** What was probably meant by a method that a path does not accept. */
const METHOD_ADVICE: Readonly<Record<string, string>> = {
  'PUT /datasets': 'the name of a data set goes in the path, as in PUT /datasets/{name}',
  'POST /datasets': 'PUT /datasets/{name} stores a data set',
  'DELETE /datasets': 'DELETE /datasets/{name} removes a data set',
  'POST /jobs': 'a job is the POST of any operation, such as /dtw/cdist, with the header Prefer: respond-async',
  'DELETE /jobs': 'DELETE /jobs/{id} cancels a job',
};

/** Files and wildcards: never suggested. */
const NO_PLACE = /\*|\.(?!json$)/;

/**
 * 404 for a route that does not exist, 405 with the methods that it supports, 406 if the caller accepts nothing that it can return. Sent before the body is
 * read, since the body does not matter.
 */
export const askedFor = fp(async (app: FastifyInstance) => {
  await app.register(accepts);
  const routes = new Map<string, string>();
  const patterns: Pattern[] = [];
  app.addHook('onRoute', ({ url, method }) => {
    if (NO_PLACE.test(url)) return;
    for (const one of [method].flat().filter((name) => METHODS.includes(name))) {
      if (url.includes(':')) patterns.push({ url, method: one });
      else if (!routes.has(url)) routes.set(url, one);
    }
  });
  const refuse = ({ url, originalUrl, method }: FastifyRequest): never => {
    if (!isReadable(originalUrl))
      throw new Problem('bad_url', 'the path cannot be decoded: percent-encode it as UTF-8');
    const path = url.split('?')[0] as string;
    const allowed = METHODS.filter(
      (one) =>
        app.hasRoute({ method: one, url: path }) ||
        patterns.some((pattern) => pattern.method === one && isOf(pattern, path)),
    );
    if (allowed.length === 0) {
      const headers = { 'cache-control': 'no-store' };
      const advice =
        patternAdvice(path, method, patterns) ??
        routeAdvice(path, routes) ??
        'GET /capabilities lists the metrics, and GET /openapi.json every route';
      throw new Problem('not_found', `there is no route ${shown(path)}: ${advice}`, { headers });
    }
    const allow = allowed.join(', ');
    const advice = METHOD_ADVICE[`${method} ${path}`];
    const detail = `${path} accepts ${allow}, not ${method}${advice === undefined ? '' : `: ${advice}`}`;
    throw new Problem('method_not_allowed', detail, { headers: { allow } });
  };
  app.setNotFoundHandler(refuse);
  app.addHook('onRequest', (request, _reply, done) => {
    if (request.route.url === undefined) refuse(request);
    const { accept } = request.headers;
    if (accept === undefined || accept === ANYTHING) return done();
    const { produces = [JSON_TYPE] } = request.route.config;
    if (request.accepts().type(produces) !== false) return done();
    const reason = asksForMatrix(accept) ? ': its response is not a single matrix' : '';
    done(new Problem('not_acceptable', `this route returns ${produces.join(', ')}, not ${accept}${reason}`));
  });
});

const asksForMatrix = (accept: string): boolean => accept.includes(NPY);

/** The path with parameters that was meant, with the method that was asked for if there is one. */
function patternAdvice(path: string, method: string, patterns: readonly Pattern[]): string | undefined {
  const own = patterns.toSorted((a, b) => Number(b.method === method) - Number(a.method === method));
  for (const pattern of own) {
    const meant = nearestOfPattern(pattern, path);
    if (meant !== undefined) return `did you mean ${pattern.method} ${meant}?`;
  }
  return undefined;
}
