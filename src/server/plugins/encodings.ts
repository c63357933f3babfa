import compress from '@fastify/compress';
import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import { Problem } from '../http/errors.ts';

/** Bodies may be compressed, and count against the limit after decompression. Responses are not compressed: a proxy does that better than the event loop. */
export const encodings = fp(async (app: FastifyInstance) => {
  await app.register(compress, {
    globalCompression: false,
    requestEncodings: ['gzip', 'deflate', 'br'],
    onUnsupportedRequestEncoding: (encoding) =>
      new Problem('unsupported_media_type', `content-encoding ${encoding} is not supported: use gzip, deflate or br`),
  });
});
