import { exchange } from '../../support/exchange.ts';
import type { Attack } from '../attack.ts';

const message = (line: string, ...headers: string[]) => `${[line, ...headers].join('\r\n')}\r\n\r\n`;
const get = 'GET /livez HTTP/1.1';
const post = 'POST /dtw HTTP/1.1';
const fill = (count: number) => new Array(count).fill('x: y');

/** Messages of which a proxy in front may take one half and the service the other. */
const messages = [
  message(get),
  message(get, 'Host: a', 'Host: b'),
  message(get, 'Host: a', ...fill(490), 'Host: b'),
  message(get, 'Host: a', ...fill(2100), 'Host: b'),
  message(get, 'Host: a,b'),
  message(get, 'Host: a', ' b'),
  message(get, 'Host : a'),
  message('GET http://b/livez HTTP/1.1', 'Host: a'),
  message('CONNECT b:80 HTTP/1.1', 'Host: a'),
  `${message(post, 'Host: a', 'Content-Length: 6', 'Transfer-Encoding: chunked')}0\r\n\r\n${message(get, 'Host: a')}`,
  `${message(post, 'Host: a', 'Content-Length: 2', 'Content-Length: 40')}{}${message(get, 'Host: a')}`,
  `${message(post, 'Host: a', 'Content-Length: +2')}{}`,
  `${message(post, 'Host: a', 'Transfer-Encoding: xchunked')}2\r\n{}\r\n0\r\n\r\n`,
  `${message(post, 'Host: a', 'Transfer-Encoding: chunked', 'Transfer-Encoding: identity')}0\r\n\r\n`,
  `${message(post, 'Host: a', 'Transfer-Encoding: chunked')}2;a\nb\r\n{}\r\n0\r\n\r\n`,
  message(get, 'Host: a\rX: b'),
  message(get, 'Host: a\0'),
  message(get, 'Host: a', 'Expect: 100-continue, foo=bar', 'Expect: x'),
];

/** Each on a connection of its own. */
export const attack: Attack = {
  name: 'messages that two readers take differently',
  held: 'messages with another answer than one problem and a closed connection',
  limit: '0',
  async run({ url }) {
    const wrong: string[] = [];
    for (const bytes of messages) {
      const { status, headers, answers } = await exchange(url, bytes, { leaveAfter: 3000 });
      const isProblem = headers['content-type'] === 'application/problem+json' && headers.connection === 'close';
      if (status < 400 || answers !== 1 || !isProblem) wrong.push(`${JSON.stringify(bytes.slice(0, 90))}: ${status}`);
    }
    return { measured: `${wrong.length} of ${messages.length} ${wrong.join(' ')}`.trim(), held: wrong.length === 0 };
  },
};
