import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { settleTfjsEngine } from '../../src/server/pool/tfjs-engine.ts';
import { startProcess } from '../support/start-process.ts';

const MAIN = fileURLToPath(new URL('../../src/server/main.ts', import.meta.url));

/** What is installed here: CI runs this file with the native library and without. */
const { engine, reason } = settleTfjsEngine('auto');

async function ask(url: string, path: string, body: object): Promise<Record<string, unknown>> {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  assert.equal(answer.status, 200);
  return (await answer.json()) as Record<string, unknown>;
}

const pair = { s1: [1, 2, 3], s2: [3, 4, -3] };
const sets = { dataset1: [pair.s1, pair.s2], dataset2: [pair.s2] };

describe('the engine of the backend tfjs', () => {
  for (const TFJS_ENGINE of ['auto', 'cpu'] as const) {
    const expected = TFJS_ENGINE === 'cpu' ? 'cpu' : engine;

    it(`has a name wherever it computes: TFJS_ENGINE=${TFJS_ENGINE}`, async () => {
      const service = await startProcess({ WORKERS: '1', TFJS_ENGINE });
      try {
        const { url, lines } = service;
        for (const [path, body] of [
          ['/dtw', pair],
          ['/soft-dtw?grad=true', pair],
          ['/euclidean', pair],
          ['/dtw/cdist', sets],
          ['/dtw/neighbors', { queries: sets.dataset2, candidates: sets.dataset1 }],
        ] as const) {
          assert.equal((await ask(url, path, { ...body, be: 'tfjs' })).engine, expected, path);
          assert.equal('engine' in (await ask(url, path, body)), false, `${path} on numpy`);
        }
        const { backends } = (await (await fetch(`${url}/capabilities`)).json()) as { backends: object[] };
        assert.deepEqual(backends, [
          { name: 'numpy', dtype: 'float64' },
          { name: 'tfjs', dtype: 'float32', engine: expected },
        ]);
        const metrics = await (await fetch(`${url}/metrics`)).text();
        assert.match(metrics, new RegExp(`^warpserve_tfjs_engine_info\\{engine="${expected}"\\} 1$`, 'm'));
        // Also what TensorFlow's C++ would write.
        const logged = lines.map((line) => JSON.parse(line) as { engine?: string; reason?: string });
        const named = logged.filter((line) => line.engine !== undefined);
        const why = expected === 'node' ? undefined : TFJS_ENGINE === 'cpu' ? 'TFJS_ENGINE=cpu' : reason;
        assert.deepEqual(
          named.map((line) => [line.engine, line.reason]),
          [[expected, why]],
        );
      } finally {
        service.child.kill('SIGTERM');
        await service.ended;
      }
    });
  }

  const unlessNative = { skip: engine === 'node' && 'the native library is installed' };

  it('ends the start with one line, before it listens, if it is required and missing', unlessNative, async () => {
    const env = { ...process.env, TFJS_ENGINE: 'node', PORT: '0' };
    const child = spawn(process.execPath, [MAIN], { env });
    let [out, err] = ['', ''];
    child.stdout.on('data', (chunk) => (out += chunk));
    child.stderr.on('data', (chunk) => (err += chunk));
    const [code] = await once(child, 'close');
    assert.equal(code, 1);
    assert.equal(out, '');
    assert.match(err, /^warpserve: TFJS_ENGINE=node: [^\n]+scripts\/native-tensorflow\.sh[^\n]+\n$/);
  });

  it(
    'is native where that is required',
    { skip: process.env.TFJS_ENGINE !== 'node' && 'TFJS_ENGINE is not node' },
    () => assert.equal(settleTfjsEngine('node').engine, 'node'),
  );
});
