import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, it } from 'node:test';
import { readConfig } from '../../src/server/config.ts';

describe('the configuration', () => {
  it('has a default for every variable', () => {
    const config = readConfig({});
    assert.equal(config.HOST, '127.0.0.1');
    assert.equal(config.PORT, 8080);
  });

  it('takes an empty variable for an absent one', () => {
    assert.equal(readConfig({ PORT: '' }).PORT, 8080);
  });

  it('names the invalid variable', () => {
    assert.throws(() => readConfig({ PORT: 'http' }), /^Error: PORT=http: /);
    assert.throws(() => readConfig({ WORKERS: '0' }), /WORKERS=0/);
    assert.throws(() => readConfig({ LOG_LEVEL: 'loud' }), /LOG_LEVEL=loud/);
    assert.throws(() => readConfig({ MAX_CELLS: '1.5' }), /MAX_CELLS=1.5/);
  });
});

describe('the process', () => {
  const start = (env: Record<string, string>) =>
    spawn(process.execPath, ['src/server/main.ts'], { env: { ...process.env, PORT: '0', WORKERS: '1', ...env } });

  it('aborts startup with one clear line if a variable is invalid', async () => {
    const child = start({ PORT: 'http' });
    let errors = '';
    child.stderr.on('data', (chunk) => {
      errors += chunk;
    });
    const [code] = await once(child, 'close');
    assert.equal(code, 1);
    assert.match(errors, /^warpserve: PORT=http: [^\n]+\n$/);
  });

  it('exits with 0 on SIGTERM, after it has finished what it accepted', async () => {
    const child = start({ LOG_LEVEL: 'info' });
    const url = await new Promise<string>((resolve) => {
      child.stdout.on('data', (chunk) => {
        const found = /listening at (http:[^"]+)"/.exec(String(chunk));
        if (found) resolve(found[1] as string);
      });
    });
    while ((await fetch(`${url}/readyz`)).status !== 200) await new Promise((resolve) => setTimeout(resolve, 50));
    const long = new Array(2000).fill(1);
    const answer = fetch(`${url}/soft-dtw?grad=true`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ s1: long, s2: long }),
    });
    await new Promise((resolve) => setTimeout(resolve, 150));
    child.kill('SIGTERM');
    const closed = once(child, 'close');
    assert.equal((await answer).status, 200);
    const [code] = await closed;
    assert.equal(code, 0);
  });
});
