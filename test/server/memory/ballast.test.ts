import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { countShared } from '../../../src/server/memory/ballast.ts';

const BYTES = 64 * 2 ** 20;

describe('shared memory in a message', () => {
  it('is seen by the garbage collector, once, as large as it is', () => {
    const message = { part: { values: new Float64Array(new SharedArrayBuffer(BYTES)) } };
    const before = process.memoryUsage().external;
    countShared(message);
    countShared(message);
    const counted = process.memoryUsage().external - before;
    assert.ok(counted >= BYTES && counted < 1.5 * BYTES, `${counted} bytes`);
  });
});
