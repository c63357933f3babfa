import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

/** How many files of src a request may pass on its way: whoever follows it has to open them all. */
const MOST = 16;

const RECEIVE = 'src/server/memory/receive.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const architecture = readFileSync(`${root}docs/architecture.md`, 'utf8');

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
    const [, list = ''] = /## The files on the way\n([\s\S]*?)(?=\n## |$)/.exec(architecture) ?? [];
    const told = [...list.matchAll(/^\d+\. `(src\/[^`]+)`/gm)].map(([, file]) => file);
    assert.deepEqual(told, [...way]);
  });

  it(`can be followed in ${MOST} files, which docs/architecture.md names, and the others that it asks for a single fact`, () => {
    const [, section = ''] = /## The files on the way\n([\s\S]*?)(?=\n## |$)/.exec(architecture) ?? [];
    const [toOpen, asked] = section
      .split('for a single fact')
      .map((part) => [...part.matchAll(/^\| `(src\/[^`]+)` \|/gm)].map(([, file]) => file as string)) as [
      string[],
      string[],
    ];
    assert.ok(toOpen.length <= MOST, toOpen.join('\n'));
    // How the body is received comes before it is parsed.
    const before = way.has(RECEIVE) ? [RECEIVE] : [];
    assert.deepEqual([...toOpen, ...asked].sort(), [...new Set([...between, ...before])].sort());
  });

  it('runs functions of few files between its parsed body and its answer, and in all', () => {
    for (const file of way) assert.ok(inAll.includes(file), file);
    assert.ok(between.length <= 22, between.join('\n'));
    assert.ok(inAll.length <= 41, inAll.join('\n'));
  });
});
