import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';
import { errorsRoute } from './errors.ts';

/** GET /errors for a browser, under a strict policy, in a scope of its own. The documentation at /docs is part of the page. */
export async function documentation(app: FastifyInstance): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: {
      directives: {
        defaultSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        styleSrc: ["'self'", "'unsafe-inline'"],
        upgradeInsecureRequests: null, // served over plain HTTP behind a proxy, or on a developer's machine
      },
    },
    strictTransportSecurity: false, // up to the proxy
  });
  await app.register(errorsRoute);
}
