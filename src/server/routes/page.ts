import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import helmet from '@fastify/helmet';
import staticFiles from '@fastify/static';
import type { FastifyInstance } from 'fastify';

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

/**
 * GET /: the page that shows alignments, GET /docs/: the page of the API, and their files. Under a policy of its own: nothing inline, nothing from another host.
 * Files with a hash in their name never change; the page itself is revalidated each time.
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
  app.get('/docs', { schema: { hide: true } }, (_request, reply) => reply.redirect('docs/', 308));
  await app.register(staticFiles, {
    root,
    preCompressed: true,
    globIgnore: ['**/*.{br,gz}'],
    wildcard: false,
    decorateReply: false,
    cacheControl: false,
    setHeaders(reply, file) {
      const unchanging = file.includes('/assets/');
      reply.header('cache-control', unchanging ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
}
