import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { exchange } from '../../support/exchange.ts';
import { startProcess } from '../../support/start-process.ts';

const head = (type: string, ...more: string[]) =>
  `${['POST /dtw HTTP/1.1', 'host: a', `content-type: ${type}`, ...more].join('\r\n')}\r\n\r\n`;

/** Bodies of each kind that a client leaves in the middle of. */
const begun = [
  `${head('application/json', 'content-length: 1000')}{"s1":[1,`,
  `${head('application/json', 'content-length: 1000')}`,
  `${head('application/json', 'transfer-encoding: chunked')}8\r\n{"s1":[1\r\n`,
  `${head('application/json', 'content-encoding: gzip', 'content-length: 1000')}\x1f`,
  `${head('application/json', 'content-encoding: deflate', 'transfer-encoding: chunked')}2\r\nx\x9c\r\n`,
  `${head('application/x-npz', 'content-length: 1000')}PK`,
  `${head('application/x-npz', 'transfer-encoding: chunked')}2\r\nPK\r\n`,
  `${head('text/csv', 'content-length: 1000')}1,`,
];

describe('clients that leave while they send', () => {
  it('are no bug: nothing is logged above debug, and the service is well', async () => {
    const { url, child, lines, ended } = await startProcess({ WORKERS: '1', LOG_LEVEL: 'debug' });
    for (let k = 0; k < 8; k++) await Promise.all(begun.map((bytes) => exchange(url, bytes, { leaveAfter: 30 })));
    await sleep(200);
    assert.equal((await fetch(`${url}/readyz`)).status, 200);
    child.kill('SIGTERM');
    assert.equal(await ended, 0);
    const logged = lines.map((line) => JSON.parse(line) as { level: number; msg: string; status?: number });
    const loud = logged.filter(({ level, status }) => level > 30 || (level === 30 && Number(status) >= 500));
    assert.deepEqual(loud, []);
    const quiet = logged.filter(({ level, msg }) => level === 20 && msg === 'the client closed the connection');
    assert.ok(quiet.length >= 8 * 6, `${quiet.length} at debug level`);
  });
});
