import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import helmet from '@fastify/helmet';
import staticFiles from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/** Where `npm run build` puts the page, with a compressed copy next to each file. */
const root = fileURLToPath(new URL('../../../dist/page/', import.meta.url));

const types: Readonly<Record<string, string>> = {
  css: 'text/css',
  html: 'text/html',
  js: 'text/javascript',
  md: 'text/markdown',
  png: 'image/png',
  svg: 'image/svg+xml',
  txt: 'text/plain',
  woff2: 'font/woff2',
};

/** The picture of those who share the page, as it is built: relative. */
const CARD = 'property="og:image" content="./card.png"';

/**
 * GET /: the page that shows alignments, GET /docs/: the page of the API, and their files. Under a policy of its own: nothing inline, nothing from another host.
 * Files with a hash in their name never change; the page itself is revalidated each time. Who fetches it for a preview takes only a picture with a whole
 * address: that of the host that was asked, and of the path under which a trusted proxy serves the page.
 */
export async function pageRoutes(app: FastifyInstance): Promise<void> {
  if (!existsSync(`${root}index.html`)) {
    app.log.warn('the page at / is not built: run npm run build');
    return;
  }
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        fontSrc: ["'self'"],
        imgSrc: ["'self'", 'blob:'], // images that the page itself makes, to save them
        connectSrc: ["'self'"],
        workerSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
    strictTransportSecurity: false, // up to the proxy
  });
  app.addHook('onRoute', (route) => {
    const type = types[/\.(\w+)$/.exec(route.url)?.[1] ?? 'html'];
    route.config = { ...route.config, open: true, ...(type && { produces: [type] }) };
  });
  // Relative, because a proxy may serve the page under a path.
  const page = readFileSync(`${root}index.html`, 'utf8');
  for (const path of ['/', '/index.html'])
    app.get(path, { schema: { hide: true }, compress: {} }, (request, reply) => sendPage(page, request, reply));
  app.get('/docs', { schema: { hide: true } }, (_request, reply) => reply.redirect('docs/', 308));
  await app.register(staticFiles, {
    root,
    preCompressed: true,
    globIgnore: ['**/*.{br,gz}', 'index.html'],
    wildcard: false,
    decorateReply: false,
    cacheControl: false,
    setHeaders(reply, file) {
      const unchanging = file.includes('/assets/');
      reply.header('cache-control', unchanging ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
}

function sendPage(page: string, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { protocol, host, headers } = request;
  // The Host header has been checked, what a proxy says has not.
  const named = /^[\w.:[\]-]+$/.test(host ?? '');
  const text = named ? page.replace(CARD, CARD.replace('./', `${protocol}://${host}${prefixOf(request)}/`)) : page;
  const etag = `W/"${createHash('sha256').update(text).digest('base64url')}"`;
  reply.header('cache-control', 'no-cache').header('etag', etag).type('text/html; charset=utf-8');
  return headers['if-none-match'] === etag ? reply.code(304).send() : reply.send(text);
}

/** The path under which a trusted proxy serves the page; empty if it names none. */
function prefixOf({ ips, headers }: FastifyRequest): string {
  const { 'x-forwarded-prefix': named } = headers;
  // Fastify follows addresses as far as they are trusted: the first is that of the peer.
  const trusted = ips !== undefined && ips.length > 1;
  const prefix = String(named ?? '').replace(/\/$/, '');
  return trusted && /^(\/[\w.~-]+)+$/.test(prefix) ? prefix : '';
}
