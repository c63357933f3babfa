import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { tools } from '../../scripts/generators/tools.ts';

const root = new URL('../../', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8');
const text = read('docs/clients.md');

/** The programs that `npm run generators` compiles and runs, line by line. */
const programs = readdirSync(new URL('scripts/generators/programs', root)).flatMap((name) =>
  readdirSync(new URL(`scripts/generators/programs/${name}`, root)).map((file) => ({
    name,
    lines: new Set(
      read(`scripts/generators/programs/${name}/${file}`)
        .split('\n')
        .map((line) => line.trim()),
    ),
  })),
);

describe('docs/clients.md', () => {
  it('shows only lines that its programs have, which CI compiles and runs', () => {
    const blocks = [...text.matchAll(/```(?:ts|go|rust|java|python)\n(.*?)```/gs)].map(([, code = '']) => code);
    assert.ok(blocks.length >= 6, `${blocks.length} programs`);
    for (const block of blocks) {
      const lines = block.split('\n').map((line) => line.trim());
      const missing = programs.map((one) => lines.filter((line) => line !== '' && !one.lines.has(line)));
      const least = missing.toSorted((a, b) => a.length - b.length)[0] as string[];
      assert.deepEqual(least, []);
      assert.ok(lines.length <= 16, `${lines.length} lines`);
    }
  });

  it('names every tool that is tried', () => {
    for (const { title } of tools) assert.ok(text.includes(title), title);
  });
});
