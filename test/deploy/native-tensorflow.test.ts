import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

const SCRIPT = fileURLToPath(new URL('../../scripts/native-tensorflow.sh', import.meta.url));
const WHEEL = 'tensorflow_cpu-2.12.1-cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64.whl';

const has = (command: string, ...args: string[]) => spawnSync(command, args).status === 0;
const skip =
  process.platform === 'linux' &&
  process.arch === 'x64' &&
  has('getconf', 'GNU_LIBC_VERSION') &&
  has('g++', '--version') &&
  has('python3', '-m', 'pip', '--version')
    ? false
    : 'needs Linux x64 with glibc, g++, and python3 with pip';

describe('scripts/native-tensorflow.sh', { skip }, () => {
  let checkout = '';
  let tfjsNode = '';

  beforeEach(() => {
    checkout = mkdtempSync(join(tmpdir(), 'warpserve-native-'));
    tfjsNode = join(checkout, 'node_modules/@tensorflow/tfjs-node');
    mkdirSync(join(checkout, 'scripts'));
    mkdirSync(join(checkout, 'node_modules/.bin'), { recursive: true });
    symlinkSync(process.execPath, join(checkout, 'node_modules/.bin/node'));
    cpSync(SCRIPT, join(checkout, 'scripts/native-tensorflow.sh'));
  });
  afterEach(() => rmSync(checkout, { recursive: true, force: true }));

  /** Runs it with packages from nowhere but a folder, and returns what it says. */
  function run(packages: string): string {
    const env = { ...process.env, PIP_NO_INDEX: '1', PIP_FIND_LINKS: packages, PIP_NO_CACHE_DIR: '1' };
    const { status, stdout, stderr } = spawnSync(join(checkout, 'scripts/native-tensorflow.sh'), { env });
    assert.equal(status, 1);
    assert.equal(String(stdout), '');
    assert.match(String(stderr), /^native-tensorflow: [^\n]+\n$/, 'one line');
    return String(stderr);
  }

  it('says that npm ci comes first', () => {
    assert.match(run(checkout), /run npm ci first/);
  });

  it('fails with one line, and leaves nothing behind, if the wheel cannot be had', () => {
    mkdirSync(tfjsNode, { recursive: true });
    writeFileSync(join(tfjsNode, 'package.json'), '{}');
    assert.match(run(checkout), /the download of tensorflow-cpu 2\.12\.1 failed: .*tensorflow-cpu==2\.12\.1/);
    assert.deepEqual(readdirSync(tfjsNode), ['package.json']);
  });

  it('refuses a wheel with another digest', () => {
    mkdirSync(tfjsNode, { recursive: true });
    writeFileSync(join(tfjsNode, 'package.json'), '{}');
    writeFileSync(join(checkout, WHEEL), 'not what was pinned');
    assert.match(run(checkout), /hashes/i);
    assert.equal(existsSync(join(tfjsNode, 'deps')), false);
  });
});
