import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type Service, startService, untilReady } from '../../support/start-service.ts';
import { float64 } from '../../support/write-npy.ts';
import { zip } from '../../support/write-zip.ts';

const STEPS = 30_000;
const MAX_MEMORY_BYTES = 24_000_000;

describe('a body that is read on a worker', () => {
  let service: Service;
  before(async () => {
    service = await startService({
      WORKERS: '1',
      MAX_MEMORY_BYTES: String(MAX_MEMORY_BYTES),
      MAX_BODY_BYTES: '8000000',
    });
    await untilReady(service);
  });
  after(() => service.close());

  const zeros = { data: Array.from({ length: STEPS }, () => 0), steps: Array.from({ length: STEPS }, () => [0]) };
  const kinds: Readonly<Record<string, readonly [string, string | Buffer]>> = {
    'JSON of arrays of a single number': ['application/json', JSON.stringify({ s1: zeros.steps, s2: zeros.steps })],
    'an .npz that shrank to a hundredth': [
      'application/x-npz',
      zip(['s1', 's2'].map((name) => ({ name: `${name}.npy`, content: float64(zeros.data), deflate: true }))),
    ],
    'ordinary JSON': [
      'application/json',
      JSON.stringify({ s1: zeros.data.map((_, i) => 0.123456789 + i), s2: zeros.data }),
    ],
  };
  for (const [name, [type, body]] of Object.entries(kinds)) {
    it(`is answered whatever it becomes, and gives its memory back: ${name}`, async () => {
      for (let again = 0; again < 3; again++) {
        const { status, body: answer } = await service.request.post('/euclidean').set('content-type', type).send(body);
        assert.equal(status, 200, JSON.stringify(answer));
        assert.equal(typeof answer.value, 'number');
      }
      const { text } = await service.request.get('/metrics');
      const [, taken] = /^warpserve_memory_bytes (\d+)/m.exec(text) ?? [];
      assert.equal(Number(taken), 0);
    });
  }
});
