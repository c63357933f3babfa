import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';

/** Levels at which its lines are written. */
const WRITTEN: readonly string[] = ['info', 'debug', 'trace'];

/** One line per request, once it is answered; none for health and /metrics, whose routes log only warnings. No body, no headers. */
export const accessLog = fp(async (app: FastifyInstance) => {
  if (!WRITTEN.includes(app.log.level)) return;
  app.addHook('onResponse', (request, { statusCode: status, elapsedTime }, done) => {
    const { method, originalUrl: url, problem, timing, caller } = request;
    request.log.info(
      {
        method,
        url: url.slice(0, 500),
        status,
        ...(problem && { code: problem }),
        ...(caller?.name && { caller: caller.name }),
        ms: Math.round(elapsedTime * 1000) / 1000,
        ...(timing && { metric: timing.metric, be: timing.backend, cells: timing.cells, compute: timing.compute }),
      },
      'answered',
    );
    done();
  });
});
