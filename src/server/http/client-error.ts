import { randomUUID } from 'node:crypto';
import type { Duplex } from 'node:stream';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { type Code, catalogue, Problem, problemBody } from './errors.ts';

const codes: Readonly<Record<string, Code>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 'request_timeout',
  HPE_HEADER_OVERFLOW: 'headers_too_large',
};

/** Responds on the bare socket to bytes that are not HTTP, and to requests that stop arriving. */
export function clientErrorHandler(this: FastifyInstance, error: Error & { code?: string }, socket: Duplex): void {
  const reply = this.lastOn.get(socket);
  const isWhole = reply?.request.raw.complete ?? true;
  const isAnswered = reply?.raw.writableFinished ?? true;
  const hasLeft = error.code === 'ECONNRESET' || (error.code === 'HPE_INVALID_EOF_STATE' && !isWhole);
  const code = codes[error.code ?? ''] ?? 'bad_http';
  if (hasLeft || !socket.writable) socket.destroy();
  else if (isWhole && isAnswered) refuse(this, code, socket, error.code);
  else if (isWhole || reply?.sent)
    socket.destroy(); // a second response would be taken for that of the previous request
  else refuse(this, code, socket, error.code, reply);
}

/** Sends a problem on the bare socket, and closes it. `reply`: that of the request whose body does not arrive, with its headers so far. */
export function refuse(
  { log }: FastifyInstance,
  code: Code,
  socket: Duplex,
  reason: string | undefined,
  reply?: FastifyReply,
): void {
  const id = reply?.request.id ?? randomUUID();
  log.info({ reqId: id, code, reason }, 'refused a connection');
  const [status, title, remedy] = catalogue[code];
  const body = JSON.stringify(problemBody(new Problem(code, remedy), id));
  const headers = {
    'x-request-id': id,
    'x-content-type-options': 'nosniff',
    ...reply?.getHeaders(),
    ...(status === 405 && { allow: 'GET, HEAD, POST, PUT, DELETE' }),
    'content-type': 'application/problem+json',
    'content-length': Buffer.byteLength(body),
    connection: 'close',
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${status} ${title}\r\n${lines.join('')}\r\n${body}`);
}
