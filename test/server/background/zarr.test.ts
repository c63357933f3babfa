import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { withService } from '../../support/with-service.ts';

const pathOf = (file: string): string => fileURLToPath(new URL(`../../../${file}`, import.meta.url));
const own = pathOf('.venv/bin/python');
const python = existsSync(own) ? own : 'python3';
const lacking = spawnSync(python, ['-c', 'import numpy, zarr']).status !== 0;
const skip =
  lacking && 'needs Python with zarr: python3 -m venv .venv && .venv/bin/pip install -r test/python/requirements.txt';

it('the matrix of a job is a Zarr array that zarr-python reads, to the last bit', { skip }, async () => {
  const folder = temporaryFolder();
  await withService({ STORE_URL: `file:${folder}`, TILE_MS: '10' }, async ({ request, url }) => {
    const series = (count: number) =>
      Array.from({ length: count }, (_, k) =>
        Array.from({ length: 90 + (k % 9) }, (_value, i) => Math.sin(k + (i * (k + 1)) / 9)),
      );
    const bodies = [
      { dataset1: series(160) },
      { dataset1: series(150), dataset2: series(170).slice(5) },
      { dataset1: series(900), dataset2: series(9) }, // narrow blocks
    ];
    for (const body of bodies) {
      const asked = await request.post('/dtw/cdist').set('prefer', 'respond-async').send(body);
      const { id } = asked.body as { id: string };
      for (let status = ''; status !== 'succeeded'; await setTimeout(20)) {
        ({ status } = (await request.get(`/jobs/${id}`)).body);
        assert.notEqual(status, 'failed');
      }
      const save = async (name: string, answer: Promise<Response>): Promise<string> => {
        const path = join(folder, name);
        writeFileSync(path, Buffer.from(await (await answer).arrayBuffer()));
        return path;
      };
      const headers = { accept: 'application/x-npy', 'content-type': 'application/json' };
      const sent = { method: 'POST', headers, body: JSON.stringify(body) };
      const direct = await save('direct.npy', fetch(`${url}/dtw/cdist`, sent));
      const result = await save('result.npy', fetch(`${url}/jobs/${id}/result`, { headers }));
      const array = join(folder, 'jobs', id, 'matrix');
      const { status, stdout, stderr } = spawnSync(python, [
        pathOf('test/python/same_matrix.py'),
        array,
        direct,
        result,
      ]);
      assert.equal(status, 0, String(stderr));
      assert.equal(String(stdout).trim(), `${body.dataset1.length} ${(body.dataset2 ?? body.dataset1).length}`);
    }
  });
});
