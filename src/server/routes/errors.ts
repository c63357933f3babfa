import type { FastifyInstance } from 'fastify';
import { catalogue } from '../http/errors.ts';

/** GET /errors: where the `type` of a problem leads, one section for each code. */
export async function errorsRoute(app: FastifyInstance): Promise<void> {
  const page = html();
  app.get(
    '/errors',
    { schema: { hide: true }, config: { open: true, produces: ['text/html'] } },
    async (_request, reply) => reply.type('text/html; charset=utf-8').send(page),
  );
}

function html(): string {
  const sections = Object.entries(catalogue).map(
    ([code, [status, title, remedy]]) =>
      `<section id="${code}"><h2>${status} <code>${code}</code></h2><p>${title}. ${markup(remedy)}</p></section>`,
  );
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Warpserve errors</title><style>body{font:1rem/1.5 system-ui;max-width:44rem;margin:2rem auto;padding:0 1rem}
:target{background:#fff3bf}@media (prefers-color-scheme:dark){body{background:#111;color:#eee}:target{background:#443c00}}</style>
<h1>Errors</h1><p>Every error is <code>application/problem+json</code> (RFC 9457) with a stable <code>code</code>.</p>
${sections.join('\n')}</html>`;
}

const markup = (text: string): string => text.replaceAll(/`([^`]+)`/g, '<code>$1</code>');
