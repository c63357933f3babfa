// The cost of a Fastify route that only parses the same body and returns a number: the ceiling for POST /dtw.
import Fastify from 'fastify';

const app = Fastify({ bodyLimit: 64 * 2 ** 20 });
app.post<{ Body: { s1: number[] } }>('/dtw', async ({ body }) => ({ value: body.s1[0] }));
app.get('/readyz', async () => ({ status: 'ok' }));
await app.listen({ port: Number(process.env.PORT ?? 0), host: '127.0.0.1' });
