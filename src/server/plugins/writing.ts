import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import type { Config } from '../config.ts';
import type { Flight } from './in-flight.ts';

declare module 'fastify' {
  interface FastifyInstance {
    /** Readers that were cut off because they took nothing, since the start. */
    cutOff: { count: number };
  }
}

/** An answer that is being written. */
interface Writing {
  /** Bytes that the connection had taken when they last became more. */
  taken: number;
  since: number;
}

/** How often they are looked at, as a part of the time that a reader has. */
const LOOKS = 10;

/** The part of the shutdown's time that a reader has then. */
const SHUTDOWN_PART = 0.1;

/**
 * Cuts off a reader that takes nothing of its answer for WRITE_TIMEOUT_MS: what is kept for it would be kept as long as it likes. An answer is written in
 * pieces of up to 256 KiB, so that whoever takes less than one of them in that time takes nothing.
 */
export const writing = fp(async (app: FastifyInstance, { WRITE_TIMEOUT_MS, SHUTDOWN_TIMEOUT_MS }: Config) => {
  const open = new WeakMap<Flight, Writing>();
  app.decorate('cutOff', { count: 0 });
  const soon = Math.min(WRITE_TIMEOUT_MS, SHUTDOWN_PART * SHUTDOWN_TIMEOUT_MS);
  const look = (): void => {
    const now = performance.now();
    const limit = app.draining ? soon : WRITE_TIMEOUT_MS;
    for (const flight of app.inFlight) {
      const { reply } = flight;
      const { socket, headersSent } = reply.raw;
      if (!headersSent || socket === null || socket.destroyed) continue;
      const state = open.get(flight) ?? { taken: -1, since: now };
      open.set(flight, state);
      const taken = (socket.bytesWritten ?? 0) - socket.writableLength;
      // Nothing waits: what is slow is not the reader.
      if (taken !== state.taken || socket.writableLength === 0) {
        state.taken = taken;
        state.since = now;
      } else if (now - state.since >= limit) {
        app.cutOff.count++;
        reply.log.info({ waiting: socket.writableLength }, 'cut off a reader that takes nothing');
        socket.destroy();
      }
    }
  };
  const timer = setInterval(look, Math.max(10, soon / LOOKS)).unref();
  app.addHook('onClose', async () => clearInterval(timer));
});
