import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { exchange } from '../../support/exchange.ts';
import { type Service, startService, untilReady } from '../../support/start-service.ts';

const head = (line: string, ...headers: string[]) => `${[line, ...headers].join('\r\n')}\r\n\r\n`;
const get = 'GET /livez HTTP/1.1';
const post = 'POST /dtw HTTP/1.1';
const body = '{"s1":[1,2,3],"s2":[3,4,-3]}';

describe('an HTTP message', () => {
  let service: Service;
  before(async () => {
    service = await startService({ RECEIVE_TIMEOUT_MS: '700' });
    await untilReady(service);
  });
  after(() => service.close());

  const refused: [what: string, bytes: string, status: number, code: string][] = [
    ['no Host', head(get), 400, 'bad_host'],
    ['two Host headers', head(get, 'Host: a', 'Host: b'), 400, 'bad_host'],
    ['the same Host twice', head(get, 'Host: a', 'Host: a'), 400, 'bad_host'],
    ['two Host headers, far apart', head(get, 'Host: a', ...new Array(300).fill('x: y'), 'Host: b'), 400, 'bad_host'],
    ['an empty Host', head(get, 'Host:'), 400, 'bad_host'],
    ['a list of hosts', head(get, 'Host: a,b'), 400, 'bad_host'],
    ['a Host with a path', head(get, 'Host: a/b'), 400, 'bad_host'],
    ['a Host with a user', head(get, 'Host: me@a'), 400, 'bad_host'],
    ['another host in the URL', head('GET http://b/livez HTTP/1.1', 'Host: a'), 400, 'bad_host'],
    ['more headers than Node keeps', head(get, 'Host: a', ...new Array(600).fill('x: y')), 431, 'headers_too_large'],
    ['headers of 20 KB', head(get, 'Host: a', `x: ${'y'.repeat(20_000)}`), 431, 'headers_too_large'],
    ['an unknown expectation', head(get, 'Host: a', 'Expect: foo'), 417, 'expectation_failed'],
    ['two expectations', head(get, 'Host: a', 'Expect: 100-continue', 'Expect: foo'), 417, 'expectation_failed'],
    ['a tunnel', head('CONNECT a:1 HTTP/1.1', 'Host: a'), 405, 'method_not_allowed'],
    ['no HTTP', 'GARBAGE\r\n\r\n', 400, 'bad_http'],
    ['HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400, 'bad_http'],
    ['a TLS handshake', '\x16\x03\x01\x02\x00\x01\x00', 400, 'bad_http'],
    ['two lengths', head(post, 'Host: a', 'Content-Length: 28', 'Content-Length: 2'), 400, 'bad_http'],
    ['a length and chunks', head(post, 'Host: a', 'Content-Length: 28', 'Transfer-Encoding: chunked'), 400, 'bad_http'],
    ['an unknown transfer encoding', head(post, 'Host: a', 'Transfer-Encoding: x, chunked, y'), 400, 'bad_http'],
    ['a header over two lines', head(get, 'Host: a', 'x: y', ' z'), 400, 'bad_http'],
    ['a space before the colon', head(get, 'Host : a'), 400, 'bad_http'],
    ['headers that never end', 'GET /livez HTTP/1.1\r\nHost: a\r\n', 408, 'request_timeout'],
    ['nothing at all', '', 408, 'request_timeout'],
    [
      'a body that never ends',
      `${head(post, 'Host: a', 'Content-Type: application/json', 'Content-Length: 99')}{`,
      408,
      'request_timeout',
    ],
  ];
  for (const [what, bytes, status, code] of refused) {
    it(`is answered ${status} ${code} as a problem, and its connection is closed: ${what}`, async () => {
      const answer = await exchange(service.url, bytes);
      assert.equal(answer.status, status);
      assert.equal(answer.headers['content-type'], 'application/problem+json');
      const problem = JSON.parse(answer.body);
      assert.deepEqual([problem.code, problem.status], [code, status]);
      assert.equal(problem.instance, answer.headers['x-request-id']);
      assert.ok(problem.title.length > 0 && problem.detail.length > 0);
      assert.equal(answer.headers.connection, 'close');
      assert.equal(answer.answers, 1);
      assert.equal((await service.request.post('/dtw').send(JSON.parse(body))).status, 200);
    });
  }

  const good: [what: string, bytes: string][] = [
    ['HTTP/1.0 without a Host', head('GET /livez HTTP/1.0')],
    ['a Host with a port', head(get, 'Host: example.org:8080', 'Connection: close')],
    ['an IPv6 Host', head(get, 'Host: [::1]:8080', 'Connection: close')],
    ['the same host in the URL', head('GET http://a/livez HTTP/1.1', 'Host: a', 'Connection: close')],
    ['Expect: 100-continue', head(get, 'Host: a', 'Expect: 100-continue', 'Connection: close')],
  ];
  for (const [what, bytes] of good) {
    it(`is not refused where it is good: ${what}`, async () =>
      assert.match((await exchange(service.url, bytes)).body, /"ok"/));
  }

  it('is asked for its body only if it is not refused before: Expect: 100-continue', async () => {
    const waiting = ['Host: a', 'Expect: 100-continue', 'Content-Type: application/json'];
    const sized = `Content-Length: ${body.length}`;
    const wanted = await exchange(service.url, head(post, ...waiting, sized) + body);
    assert.deepEqual([wanted.status, wanted.answers], [100, 2]);
    assert.match(wanted.body, /^HTTP\/1\.1 200 OK/);
    for (const [line, length, status] of [
      ['POST /nowhere HTTP/1.1', sized, 404],
      ['PUT /dtw HTTP/1.1', sized, 405],
      [post, 'Content-Length: 999999999', 413],
    ] as const) {
      const refused = await exchange(service.url, head(line, ...waiting, length));
      assert.deepEqual([refused.status, refused.answers, refused.headers.connection], [status, 1, 'close']);
    }
  });

  it('never gets more than one answer', async () => {
    const whole = `${head(post, 'Host: a', 'Content-Type: application/json', `Content-Length: ${body.length}`)}${body}`;
    for (const behind of ['GARBAGE\r\n\r\n', head(get), head(get, 'Host: a', 'Host: b')]) {
      const { answers } = await exchange(service.url, whole + behind);
      assert.ok(answers <= 2, `${answers} answers to two messages`);
    }
    const large = head(post, 'Host: a', 'Content-Type: application/json', 'Content-Length: 999999999');
    const { status, answers } = await exchange(service.url, `${large}{`);
    assert.deepEqual([status, answers], [413, 1]);
  });
});
