import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { evaluate } from '../../src/core/index.ts';
import { nginxPath, startNginx } from '../support/start-nginx.ts';
import { startProcess } from '../support/start-process.ts';

const wave = (n: number, k: number) => Array.from({ length: n }, (_, i) => Math.sin(i / 9 + k));
const skip = nginxPath === undefined && 'there is no nginx: apt-get install nginx-light';

describe('three replicas behind nginx', { skip }, () => {
  it('fail no request when one of them is killed under load', async () => {
    const replicas = await Promise.all([1, 2, 3].map(() => startProcess({ WORKERS: '1' })));
    const nginx = await startNginx(replicas.map(({ url }) => url));
    try {
      const pairs = [300, 2000].map((n) => ({ s1: wave(n, 1), s2: wave(n, 2) }));
      const asked = pairs.map((pair) => ({
        body: JSON.stringify(pair),
        value: evaluate('soft-dtw', pair.s1, pair.s2).value,
      }));
      let over = false;
      let answered = 0;
      const ask = async (client: number) => {
        const { body, value } = asked[client % asked.length] as (typeof asked)[0];
        while (!over) {
          const headers = { 'content-type': 'application/json' };
          const response = await fetch(`${nginx.url}/soft-dtw`, { method: 'POST', headers, body });
          assert.equal(response.status, 200);
          assert.equal(((await response.json()) as { value: number }).value, value);
          answered++;
        }
      };
      const clients = Promise.all([0, 1, 2, 3, 4, 5].map(ask));
      const more = async (count: number) => {
        for (const until = answered + count; answered < until; ) await Promise.race([clients, sleep(20)]);
      };
      await more(50);
      const [victim] = replicas as [(typeof replicas)[0]];
      victim.child.kill('SIGKILL');
      await victim.ended;
      await more(200);
      over = true;
      await clients;
    } finally {
      await nginx.stop();
      for (const { child } of replicas) child.kill('SIGKILL');
    }
  });
});

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
