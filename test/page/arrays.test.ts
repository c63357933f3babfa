import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { answerIn } from '../../page/service/arrays.ts';
import { type Service, startService } from '../support/start-service.ts';

/** A JSON answer, with the alignment as the page keeps it: flat. */
interface Answer {
  readonly alignment?: readonly (readonly number[])[];
}

describe('an answer that the page reads from arrays', () => {
  let service: Service;
  before(async () => {
    service = await startService();
  });
  after(() => service.close());

  const pairs: readonly (readonly [what: string, body: object])[] = [
    ['one channel', { s1: [1, 2, 3, 2], s2: [3, 4, -3] }],
    ['two channels', { s1: [[1, 2], [2, 3], [0, 1]], s2: [[1, 1], [2, 5]], gamma: 0.3 }], // biome-ignore format: rows
    ['one step', { s1: [1], s2: [2] }],
    ['the other backend', { s1: [1, 2, 3], s2: [3, 1], be: 'tfjs' }],
  ];
  for (const [what, body] of pairs) {
    it(`is what JSON says: ${what}`, async () => {
      const asked = (accept: string) =>
        service.request.post('/soft-dtw?grad=true&alignment=true').set('accept', accept).send(body);
      const { alignment, ...rest } = (await asked('application/json')).body as Answer;
      const npz = await asked('application/x-npz').responseType('blob');
      const { alignment: flat, ...read } = answerIn(npz.body as Uint8Array) as { alignment: object };
      assert.deepEqual(read, rest);
      assert.deepEqual(flat, {
        rows: alignment?.length,
        columns: alignment?.[0]?.length,
        values: Float64Array.from(alignment?.flat() ?? []),
      });
    });
  }
});
