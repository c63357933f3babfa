import compress from '@fastify/compress';
import cors from '@fastify/cors';
import rateLimit from '@fastify/rate-limit';
import underPressure from '@fastify/under-pressure';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import type { Config } from '../config.ts';
import { Problem } from '../http/errors.ts';

/** How often it is looked at whether the event loop keeps up. */
const SAMPLE_MS = 1000;

/** Who may ask, how often, and in which encodings. */
export const limits = fp(async (app: FastifyInstance, config: Config) => {
  if (config.CORS_ORIGINS.length > 0) await app.register(cors, { origin: [...config.CORS_ORIGINS] });
  // Answers are left as they are: a proxy compresses better than the event loop. Bodies count against the limit once decompressed.
  await app.register(compress, {
    globalCompression: false,
    requestEncodings: ['gzip', 'deflate', 'br'],
    onUnsupportedRequestEncoding: (encoding) =>
      new Problem('unsupported_media_type', `content-encoding ${encoding} is not supported: use gzip, deflate or br`),
  });
  // The first sample is of the start itself, which keeps the event loop busy: a second one has to come before any counts.
  let started = false;
  const later = (what: () => void) => setTimeout(what, SAMPLE_MS).unref();
  app.addHook('onListen', async () => {
    later(() =>
      later(() => {
        started = true;
      }),
    );
  });
  await app.register(underPressure, {
    maxEventLoopDelay: config.MAX_EVENT_LOOP_DELAY_MS,
    sampleInterval: SAMPLE_MS,
    pressureHandler: ({ url }: FastifyRequest) => {
      if (!started || /^\/(livez|readyz)\b/.test(url)) return;
      throw new Problem('overloaded', 'the service cannot keep up: try again later', {
        headers: { 'retry-after': '2' },
      });
    },
  });
  if (config.RATE_LIMIT_PER_MINUTE > 0) await app.register(rateLimit, rateLimitOptions(config));
});

const rateLimitOptions = ({ RATE_LIMIT_PER_MINUTE: max }: Config) => ({
  max,
  timeWindow: 60_000,
  enableDraftSpec: true,
  // A key that was let through counts for itself; without one, the address does.
  keyGenerator: ({ headers, ip }: FastifyRequest) => headers.authorization ?? ip,
  allowList: ({ routeOptions }: FastifyRequest) => routeOptions.config.open === true,
  errorResponseBuilder: (_request: FastifyRequest, { ttl }: { ttl: number }) =>
    new Problem('rate_limited', `more than ${max} requests within a minute: try again in ${Math.ceil(ttl / 1000)} s`),
});
