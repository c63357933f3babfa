import helmet from '@fastify/helmet';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import { errorsRoute } from './errors.ts';

/** What a browser shows: the documents' page at /docs and the errors at /errors, under a strict policy. In a scope of its own. */
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
    strictTransportSecurity: false, // the proxy's to say
  });
  await app.register(swaggerUi, { routePrefix: '/docs' });
  await app.register(errorsRoute);
}
