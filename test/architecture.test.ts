import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { isUnder, roomOf, rooms } from '../dependency-cruiser.config.ts';

// Imports are read from the text, not by dependency-cruiser: so that types imported in place count, and its parser is checked too.

const SOURCES = '{src,page,clients/typescript,scripts,bench,examples,test}/**/*.{ts,js}';
const cwd = fileURLToPath(new URL('..', import.meta.url));
const textOf = (file: string): string => readFileSync(`${cwd}${file}`, 'utf8');
const NOT_OURS = /node_modules|^src\/core\/kernels\/assembly\//;

/** A file, and a file that it imports. */
type Import = readonly [from: string, to: string];

const imports: Import[] = globSync(SOURCES, { cwd })
  .filter((file) => !NOT_OURS.test(file))
  .flatMap((file) =>
    [...textOf(file).matchAll(/^(?!\s*(?:\/\/|\*)).*?\b(?:from|import)\b\s*\(?\s*'(\.[^']+)'/gm)].map(
      ([, to]): Import => [file, posix.join(posix.dirname(file), to as string)],
    ),
  );

describe('dependency-cruiser.config.ts', () => {
  it('allows every existing import', () => {
    const forbidden = imports.filter(([from, to]) => {
      const [room = '', target] = [roomOf(from), roomOf(to)];
      return target !== room && !rooms[room]?.rooms.some((path) => isUnder(to, path));
    });
    assert.deepEqual(forbidden, []);
  });

  it('allows no import that nobody uses', () => {
    const unused = Object.entries(rooms).flatMap(([room, { rooms: allowed }]) =>
      allowed
        .filter((path) => !imports.some(([from, to]) => roomOf(from) === room && isUnder(to, path)))
        .map((path) => `${room}: ${path}`),
    );
    assert.deepEqual(unused, []);
  });
});

describe('the diagram in docs/architecture.md', () => {
  const { nodes, arrows } = picture(textOf('docs/architecture.md'));
  const drawn = (kind: string) =>
    arrows.filter((arrow) => arrow.kind === kind).map(({ from, to }) => `${from} to ${to}`);
  const source = arrowsBetween(imports.filter(([from, to]) => [from, to].every((file) => nodeOf(file) !== undefined)));

  it('has every folder of the service, the page and the client', () => {
    const wanted = new Set(Object.keys(rooms).map((room) => nodeOf(room)));
    wanted.delete(undefined);
    assert.deepEqual([...nodes].sort(), [...wanted].sort());
  });

  it('has an arrow for every import between them, unless it follows from others', () => {
    const needed = source.filter(({ from, to }) => !source.some((first) => first.from === from && leads(first.to, to)));
    const wanted = needed.map(({ from, to }) => `${from} to ${to}`);
    assert.deepEqual(drawn('-->').sort(), wanted.filter((arrow) => !drawn('==>').includes(arrow)).sort());
  });

  it('has thick arrows that are imports, and lead from the service by a worker to the kernels', () => {
    const real = source.map(({ from, to }) => `${from} to ${to}`);
    for (const arrow of drawn('==>')) assert.ok(real.includes(arrow), `nothing is imported from ${arrow}`);
    const way = arrows.filter(({ kind }) => kind !== '-->');
    assert.deepEqual([...way.map(({ from }) => from), 'src/core/kernels'], ['src/server', ...way.map(({ to }) => to)]);
  });

  it('has a dotted arrow from the folder that starts threads to the folder that runs on them', () => {
    const threads = globSync('src/**/*.ts', { cwd }).filter((file) => /from 'piscina'/.test(textOf(file)));
    // A file that a process of its own runs is no worker.
    const starters = globSync('src/**/*.ts', { cwd }).filter((file) => !/node:child_process/.test(textOf(file)));
    const workers = starters.flatMap((file) =>
      [...textOf(file).matchAll(/new URL\('([^']+\.ts)', import\.meta\.url\)/g)].map(([, worker]) =>
        posix.join(posix.dirname(file), worker as string),
      ),
    );
    const wanted = threads.flatMap((from) => workers.map((to) => `${roomOf(from)} to ${roomOf(to)}`));
    assert.deepEqual(drawn('-.->'), wanted);
  });

  /** Whether imports lead from one folder to another. */
  function leads(from: string, to: string, seen = new Set<string>()): boolean {
    if (seen.has(from)) return false;
    seen.add(from);
    return source.some((arrow) => arrow.from === from && (arrow.to === to || leads(arrow.to, to, seen)));
  }
});

interface Arrow {
  readonly kind: string;
  readonly from: string;
  readonly to: string;
}

/** The node of the picture for a file or room: its room, or the page as a whole. Tests and tools have none. */
function nodeOf(path: string): string | undefined {
  const room = roomOf(path);
  return room?.startsWith('page') ? 'page' : /^(src|clients)\//.test(room ?? '') ? room : undefined;
}

function arrowsBetween(between: readonly Import[]): Arrow[] {
  const found = new Map<string, Arrow>();
  for (const files of between) {
    const [from, to] = files.map(nodeOf) as [string, string];
    if (from !== to) found.set(`${from} ${to}`, { kind: '-->', from, to });
  }
  return [...found.values()];
}

/** Reads the Mermaid picture: a node is named by the subgraph it is in and the first line of its label. */
function picture(markdown: string): { nodes: Set<string>; arrows: Arrow[] } {
  const [, text = ''] = /```mermaid\n(.*?)```/s.exec(markdown) ?? [];
  const names = new Map<string, string>();
  const arrows: Arrow[] = [];
  let folder = '';
  for (const line of text.split('\n').map((one) => one.trim())) {
    const [, subgraph] = /^subgraph \w+\["(.+)"\]$/.exec(line) ?? [];
    const [, id, label] = /^(\w+)\["(.+)"\]$/.exec(line) ?? [];
    const [, from, kind, to] = /^(\w+) (-->|==>|-\. \w+ \.->) (\w+)$/.exec(line) ?? [];
    if (subgraph !== undefined) folder = `${subgraph}/`;
    else if (line === 'end') folder = '';
    else if (id !== undefined && label !== undefined) names.set(id, nodeNamed(folder, label));
    else if (from !== undefined && kind !== undefined && to !== undefined) {
      arrows.push({
        kind: kind.startsWith('-.') ? '-.->' : kind,
        from: names.get(from) ?? from,
        to: names.get(to) ?? to,
      });
    } else assert.match(line, /^(flowchart TD)?$/, 'the test cannot read this line of the picture');
  }
  return { nodes: new Set(names.values()), arrows };
}

function nodeNamed(folder: string, label: string): string {
  const [first = ''] = label.split(/<br>|, /);
  return nodeOf(`${folder}${first.replace(/\/$/, '')}`) ?? `no room: ${folder}${first}`;
}
