import compress from '@fastify/compress';
import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import { NOT_COMPRESSED, Problem } from '../http/errors.ts';

/**
 * Bodies may be compressed, and count against the limit after decompression. Responses are not compressed: a proxy does that better than the event loop. The names
 * of encodings have no case, and x-gzip is gzip (RFC 9110, 8.4.1).
 */
export const encodings = fp(async (app: FastifyInstance) => {
  app.addHook('onRequest', ({ headers }, _reply, done) => {
    const given = headers['content-encoding'];
    if (given !== undefined) {
      const coding = given.trim().toLowerCase();
      if (coding === 'identity' || coding === '') delete headers['content-encoding'];
      else headers['content-encoding'] = coding === 'x-gzip' ? 'gzip' : coding;
    }
    done();
  });
  await app.register(compress, {
    globalCompression: false,
    requestEncodings: ['gzip', 'deflate', 'br'],
    onUnsupportedRequestEncoding: (encoding) =>
      new Problem('unsupported_media_type', `content-encoding ${encoding} is not supported: use gzip, deflate or br`),
    // Its fields are copied to the error of the stream.
    onInvalidRequestPayload: (encoding) => ({
      name: 'Error',
      code: NOT_COMPRESSED,
      message: `the body is not ${encoding}, or it ends too early: compress it as content-encoding says, or omit that header`,
    }),
  });
});
