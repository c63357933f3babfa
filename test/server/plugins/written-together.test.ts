import assert from 'node:assert/strict';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { it } from 'node:test';
import { withService } from '../../support/with-service.ts';

const BODY = '{"s1":[1,2,3],"s2":[3,4,-3]}';

/** A connection with so many requests on it; the last one closes it. */
function requests(url: string, id: string, count = 1): Socket {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  for (let k = 1; k <= count; k++) {
    socket.write(
      `POST /dtw HTTP/1.1\r\nhost: ${hostname}\r\ncontent-type: application/json\r\ncontent-length: ${BODY.length}\r\nx-request-id: ${id}.${k}\r\n${k === count ? 'connection: close\r\n' : ''}\r\n${BODY}`,
    );
  }
  return socket;
}

const idsIn = (answers: string): string[] =>
  [...answers.matchAll(/^x-request-id: (\S+)\r$/gm)].map(([, id]) => id as string);

it('answers every one of many requests that come at once, on its own connection, although some clients leave', () =>
  withService({}, async ({ url }) => {
    const leaving = Array.from({ length: 5 }, (_, k) => requests(url, `left-${k}`));
    const staying = Array.from({ length: 11 }, (_, k) => requests(url, `here-${k}`));
    for (const socket of leaving)
      socket.on('error', () => {}).on('connect', () => setImmediate(() => socket.destroy()));
    const answers = await Promise.all(staying.map((socket) => text(socket)));
    assert.deepEqual(
      answers.map(idsIn),
      staying.map((_, k) => [`here-${k}.1`]),
    );
    for (const answer of answers) assert.match(answer, /"value":6\.48/);
  }));

it('answers requests that come at once on one connection in their order', () =>
  withService({}, async ({ url }) => {
    const [first, second] = await Promise.all([text(requests(url, 'a', 7)), text(requests(url, 'b', 2))]);
    assert.deepEqual(
      idsIn(first),
      Array.from({ length: 7 }, (_, k) => `a.${k + 1}`),
    );
    assert.deepEqual(idsIn(second), ['b.1', 'b.2']);
  }));
