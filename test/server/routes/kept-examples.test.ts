import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import {
  CONTENT_EXAMPLE,
  DATASET_EXAMPLE,
  EVENTS_EXAMPLE,
  JOB_EXAMPLE,
  RESULT_EXAMPLE,
  SERIES_EXAMPLE,
} from '../../../src/server/schemas/kept-examples.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { withService } from '../../support/with-service.ts';

/** What differs from one run to the next. */
const MOMENTS = { id: '', created: '', started: '', ended: '', result: '' };

describe('the examples of data sets and jobs', () => {
  it('are what the service answers', () =>
    withService({ STORE_URL: `file:${temporaryFolder()}` }, async ({ request, url }) => {
      const path = `/datasets/${DATASET_EXAMPLE.name}`;
      const { created } = DATASET_EXAMPLE;
      const stored = (await request.put(path).send(CONTENT_EXAMPLE).expect(201)).body;
      assert.deepEqual({ ...stored, created }, DATASET_EXAMPLE);
      assert.deepEqual((await request.get(path)).body, stored);
      assert.deepEqual((await request.get('/datasets')).body, { datasets: [stored] });
      assert.deepEqual((await request.get(`${path}/content`)).body, CONTENT_EXAMPLE);
      assert.deepEqual((await request.get(`${path}/series/${SERIES_EXAMPLE.index}`)).body, SERIES_EXAMPLE);

      const { query, path: asked } = JOB_EXAMPLE.request;
      const begun = await request
        .post(asked)
        .query(query)
        .set('prefer', 'respond-async')
        .send({ dataset1: DATASET_EXAMPLE.name })
        .expect(202);
      const at = `/jobs/${begun.body.id}`;
      const ended = async (): Promise<typeof JOB_EXAMPLE> => {
        const { body } = await request.get(at);
        if (body.status !== 'queued' && body.status !== 'running') return body;
        await setTimeout(20);
        return ended();
      };
      const job = await ended();
      assert.deepEqual({ ...job, ...MOMENTS }, { ...JOB_EXAMPLE, ...MOMENTS });
      assert.equal(job.result, `${at}/result`);
      assert.deepEqual((await request.get('/jobs')).body, { jobs: [job] });
      assert.deepEqual((await request.get(`${at}/result`)).body, RESULT_EXAMPLE);
      assert.deepEqual((await request.get(`${at}/inputs/dataset1`)).body, CONTENT_EXAMPLE);

      const events = await (await fetch(`${url}${at}/events`)).text();
      const [, name, data] = /^event: (\w+)\ndata: (.*)\n\n$/.exec(events) ?? [];
      const [, exampleName, exampleData] = /^event: (\w+)\ndata: (.*)\n\n$/.exec(EVENTS_EXAMPLE) ?? [];
      assert.equal(name, exampleName);
      assert.deepEqual(
        { ...JSON.parse(data as string), ...MOMENTS },
        { ...JSON.parse(exampleData as string), ...MOMENTS },
      );
    }));
});
