import helmet from '@fastify/helmet';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import { errorsRoute } from './errors.ts';

/** Pages for a browser: the documentation at /docs and the errors at /errors, under a strict policy, in a scope of their own. */
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
  app.addHook('onRoute', (route) => {
    route.config = { ...route.config, open: true };
  });
  await app.register(swaggerUi, { routePrefix: '/docs' });
  await app.register(errorsRoute);
}
