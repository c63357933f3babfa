import { createMcpHandler, Server } from '@modelcontextprotocol/server';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { documents } from '../document/documents.ts';
import { type Tool, toolsOf } from '../document/tools.ts';
import type { Part } from '../document/walk.ts';
import { JSON_TYPE } from '../http/media-types.ts';
import { WhenNeeded } from '../http/when-needed.ts';
import { version } from '../version.ts';

/** Agents send little, or name a stored data set; a larger body is for the operations themselves. */
const BODY_LIMIT = 2 ** 20;

/**
 * POST /mcp: the operations as tools of the Model Context Protocol, without sessions. A call of a tool is a request of its operation, by the same
 * caller: keys, limits and prices are those of the operation, and it counts as a request besides its own.
 */
export async function mcpRoute(app: FastifyInstance): Promise<void> {
  const tools = new WhenNeeded(() =>
    toolsOf((documents['openapi-agents.json'] as (raw: Part) => Part)(app.swagger() as unknown as Part)),
  );
  app.post(
    '/mcp',
    { schema: { hide: true }, bodyLimit: BODY_LIMIT, config: { produces: [JSON_TYPE, 'text/event-stream'] } },
    async (request, reply) => {
      const handler = createMcpHandler(() => serverFor(request, tools.value), { responseMode: 'json' });
      const headers = Object.entries(request.headers).flatMap(([name, value]): [string, string][] =>
        typeof value === 'string' ? [[name, value]] : [],
      );
      const asked = new Request(`http://localhost${request.url}`, { method: 'POST', headers, body: '{}' });
      const answer = await handler.fetch(asked, { parsedBody: request.body });
      reply.code(answer.status).type(answer.headers.get('content-type') ?? JSON_TYPE);
      return reply.serializer((text) => text as string).send(await answer.text());
    },
  );
}

function serverFor(request: FastifyRequest, tools: readonly Tool[]): Server {
  const server = new Server({ name: 'warpserve', version }, { capabilities: { tools: {} } });
  server.setRequestHandler('tools/list', () => ({
    tools: tools.map(({ name, description, inputSchema }) => ({ name, description, inputSchema })),
  }));
  server.setRequestHandler('tools/call', async ({ params }) => {
    const tool = tools.find(({ name }) => name === params.name);
    if (tool === undefined)
      return failed(`there is no tool "${params.name}": use ${tools.map(({ name }) => name).join(', ')}`);
    const { metric_name: metric, ...rest } = params.arguments ?? {};
    if (!tool.metrics.includes(String(metric))) return failed(`metric_name: use one of ${tool.metrics.join(', ')}`);
    const isFlag = ([name]: [string, unknown]) => tool.flags.includes(name);
    const flags = Object.entries(rest)
      .filter(isFlag)
      .map(([name, value]) => [name, String(value)]);
    const { authorization } = request.headers;
    const { statusCode, body } = await request.server.inject({
      method: 'POST',
      url: tool.path.replace('{metric_name}', String(metric)),
      query: Object.fromEntries(flags),
      headers: { 'content-type': JSON_TYPE, ...(authorization && { authorization }) },
      remoteAddress: request.ip,
      payload: JSON.stringify(Object.fromEntries(Object.entries(rest).filter((entry) => !isFlag(entry)))),
    });
    return { content: [{ type: 'text', text: body }], isError: statusCode >= 400 };
  });
  return server;
}

const failed = (text: string) => ({ content: [{ type: 'text' as const, text }], isError: true });
