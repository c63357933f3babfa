import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { countFailures } from '../../../src/server/store/count-failures.ts';
import { type Store, StoreFailure } from '../../../src/server/store/store.ts';

describe('the failures of a store', () => {
  const fail = () => Promise.reject(new StoreFailure('gone'));
  const gone: Store = {
    name: 'a store that is gone',
    put: fail,
    get: fail,
    stat: fail,
    delete: fail,
    async *list() {
      yield { key: 'a', bytes: 1, at: 0 };
      await fail();
    },
  };

  it('are counted whatever was asked, and passed on', async () => {
    const { store, failures } = countFailures(gone);
    assert.equal(store.name, gone.name);
    const all = async () => {
      for await (const { key } of store.list('')) assert.equal(key, 'a');
    };
    for (const ask of [
      () => store.put('a', new Uint8Array()),
      () => store.get('a'),
      () => store.stat('a'),
      () => store.delete('a'),
      all,
    ])
      await assert.rejects(ask, { message: 'gone' });
    assert.equal(failures(), 5);
  });

  it('are not what callers do wrong', async () => {
    const { store, failures } = countFailures({ ...gone, get: () => Promise.reject(new RangeError('not a key')) });
    await assert.rejects(store.get('..'), RangeError);
    assert.equal(failures(), 0);
  });
});
