import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { withService } from '../../support/with-service.ts';

it('results go after JOB_TTL, but not while somebody reads them', async () => {
  const folder = temporaryFolder();
  await withService({ STORE_URL: `file:${folder}`, JOB_TTL: '3' }, async ({ request, url }) => {
    const submit = async (path: string, body: object): Promise<string> =>
      (await request.post(path).set('prefer', 'respond-async').send(body)).body.id;
    const ended = async (id: string): Promise<void> => {
      while ((await request.get(`/jobs/${id}`)).body.status !== 'succeeded') await setTimeout(20);
    };
    // More than what lies in buffers between the service and a reader that waits.
    const long = await submit('/squared/cdist', { dataset1: Array.from({ length: 2000 }, (_, k) => [k, 1]) });
    await ended(long);
    const headers = { accept: 'application/x-npy' };
    const reader = (await fetch(`${url}/jobs/${long}/result`, { headers })).body?.getReader();
    let bytes = (await reader?.read())?.value?.length ?? 0;

    const unread = await submit('/dtw', { s1: [1, 2], s2: [3] });
    await ended(unread);
    while ((await request.get(`/jobs/${unread}`)).status === 200) await setTimeout(100);
    while (existsSync(join(folder, 'jobs', unread))) await setTimeout(20);
    assert.equal((await request.get(`/jobs/${unread}/result`)).body.code, 'job_not_found');

    for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) bytes += part.value.length;
    assert.equal(bytes, 128 + 8 * 2000 * 2000);
  });
});
