import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

const train = (epochs: number) => {
  const file = fileURLToPath(new URL('../examples/typescript/train.ts', import.meta.url));
  const { status, stdout, stderr } = spawnSync(process.execPath, [file, String(epochs)], { encoding: 'utf8' });
  return { status, stderr, losses: Array.from(stdout.matchAll(/soft-dtw +(\S+)/g), ([, loss]) => Number(loss)) };
};

describe('examples/typescript/train.ts', () => {
  it('trains on softDtwLoss: the loss falls', () => {
    const { status, losses, stderr } = train(3);
    assert.equal(status, 0, stderr);
    assert.equal(losses.length, 2);
    assert.ok(losses[1] < losses[0] / 2, `from ${losses[0]} to ${losses[1]}`);
    assert.deepEqual(train(3).losses, losses, 'two runs differ');
  });
  it('fails if the loss does not fall', () => {
    assert.deepEqual({ ...train(0), losses: [] }, { status: 1, stderr: 'the loss did not fall\n', losses: [] });
  });
});
