import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { BusyCallers } from '../../../src/server/http/busy-callers.ts';

/** How many of so many requests in one tick are let in. */
const letIn = (callers: BusyCallers, caller: string, count: number): number =>
  Array.from({ length: count }, () => callers.admit(caller)).filter(Boolean).length;

describe('callers of a busy event loop', () => {
  it('may all have as many requests as they like while it keeps up', () => {
    const callers = new BusyCallers();
    assert.equal(letIn(callers, 'a', 10_000), 10_000);
    callers.tick(false);
    assert.equal(letIn(callers, 'a', 10_000), 10_000);
  });

  it('have fewer and fewer while it does not, but only those with the most', () => {
    const callers = new BusyCallers();
    letIn(callers, 'busy', 1000);
    letIn(callers, 'calm', 1);
    callers.tick(true);
    assert.equal(letIn(callers, 'busy', 1000), 800);
    assert.equal(letIn(callers, 'calm', 100), 100);
    callers.tick(true);
    assert.equal(letIn(callers, 'busy', 1000), 640);
    assert.equal(letIn(callers, 'calm', 100), 100);
  });

  it('may have as many as they like where there is only one', () => {
    const callers = new BusyCallers();
    for (let k = 0; k < 10; k++) {
      assert.equal(letIn(callers, 'busy', 1000), 1000);
      callers.tick(true);
    }
  });

  it('keep a few requests however long it lasts, and get the rest back', () => {
    const callers = new BusyCallers();
    for (let k = 0; k < 100; k++) {
      letIn(callers, 'busy', 1000);
      letIn(callers, 'calm', 1);
      callers.tick(true);
    }
    assert.equal(letIn(callers, 'busy', 1000), 20);
    for (let k = 0; k < 100; k++) {
      letIn(callers, 'busy', 1000);
      callers.tick(false);
    }
    assert.equal(letIn(callers, 'busy', 1000), 1000);
  });
});
