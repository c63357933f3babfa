import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { referenceTests } from '../reference/tests.ts';
import { type Service, startService } from '../support/start-service.ts';

describe('reference values through HTTP', () => {
  let service: Service;
  before(async () => {
    service = await startService();
  });
  after(() => service.close());

  referenceTests(
    async ({ metric, suffix, body, flags = {} }) => {
      const response = await service.request
        .post(`/${metric}${suffix}`)
        .query(flags)
        .send(JSON.stringify(body))
        .type('json');
      if (response.status !== 200) throw new Refused(response);
      return response.body;
    },
    (error) => {
      assert.ok(error instanceof Refused, String(error));
      const { status, body } = error.response;
      assert.equal(status, 400, JSON.stringify(body));
      assert.match(body.errors[0].pointer, /^\//, JSON.stringify(body));
    },
  );
});

class Refused extends Error {
  readonly response: { readonly status: number; readonly body: { readonly errors: readonly [{ pointer: string }] } };

  constructor(response: Refused['response']) {
    super(JSON.stringify(response.body));
    this.response = response;
  }
}
