import type { FastifyInstance } from 'fastify';
import { documents } from '../document/documents.ts';
import type { Part } from '../document/walk.ts';
import { WhenNeeded } from '../http/when-needed.ts';

/** GET /openapi.json and the other documents of the service. Served, their first server is the service itself. */
export async function openapiRoutes(app: FastifyInstance): Promise<void> {
  for (const [name, documentOf] of Object.entries(documents)) {
    const text = new WhenNeeded(() => JSON.stringify(servedHere(documentOf(app.swagger() as unknown as Part))));
    app.get(`/${name}`, { schema: { hide: true }, config: { open: true } }, async (_request, reply) =>
      reply.type('application/json; charset=utf-8').compress(text.value),
    );
  }
}

const servedHere = ({ servers, ...document }: Part): Part => ({
  ...document,
  servers: (servers as Part[]).toReversed(),
});
