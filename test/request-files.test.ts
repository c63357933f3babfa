import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

/** How many files of src a request may pass on its way: whoever follows it has to open them all. */
const MOST = 16;

const root = fileURLToPath(new URL('..', import.meta.url));

describe('the way of a small request', () => {
  const { stdout, stderr } = spawnSync(process.execPath, ['scripts/request-files.ts', '--json'], {
    cwd: root,
    encoding: 'utf8',
  });
  const { onTheWay, between, inAll } = JSON.parse(stdout.trim().split('\n').at(-1) ?? stderr) as {
    onTheWay: Record<string, string[]>;
    between: string[];
    inAll: string[];
  };
  const way = new Set(Object.values(onTheWay).flat());

  it(`leads through at most ${MOST} files to where its numbers are read, its cells computed and its answer written`, () => {
    assert.deepEqual(Object.keys(onTheWay), ['reading', 'computing', 'writing']);
    assert.equal(onTheWay.reading?.at(-1), 'src/core/input/series.ts');
    assert.match(onTheWay.computing?.at(-1) ?? '', /^src\/core\/kernels\/simd\//);
    assert.ok(way.size <= MOST, [...way].join('\n'));
  });

  it('leads through the files that docs/architecture.md names, in their order', () => {
    const text = readFileSync(`${root}docs/architecture.md`, 'utf8');
    const [, list = ''] = /## The files on the way\n([\s\S]*?)(?=\n## |$)/.exec(text) ?? [];
    const told = [...list.matchAll(/^\d+\. `(src\/[^`]+)`/gm)].map(([, file]) => file);
    assert.deepEqual(told, [...way]);
  });

  it('asks few others for a word between its parsed body and its answer, and in all', () => {
    for (const file of way) assert.ok(inAll.includes(file), file);
    assert.ok(between.length <= 48, between.join('\n'));
    assert.ok(inAll.length <= 65, inAll.join('\n'));
  });
});
