import { matchesGlob, posix } from 'node:path';

/** One instruction of a Dockerfile. */
export interface Instruction {
  readonly word: string;
  readonly rest: string;
}

/** The instructions of a Dockerfile, joined over their continued lines, without comments. */
export function instructionsOf(text: string): Instruction[] {
  return text
    .replaceAll(/^#.*\n/gm, '')
    .replaceAll(/\\\n/g, '')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [, word = '', rest = ''] = /^(\S+)\s+(.*)$/.exec(line) ?? [];
      return { word, rest };
    });
}

/** The parts of a command: of a JSON list, or the shell's. */
export const commandOf = (rest: string): string[] =>
  rest.startsWith('[') ? JSON.parse(rest) : ['/bin/sh', '-c', rest];

/** Whether a file is in the context of the build, by the lines of a .dockerignore: the last one that fits decides. */
export function isInContext(file: string, ignore: string): boolean {
  let isIn = true;
  for (const line of ignore.split('\n')) {
    if (line === '' || line.startsWith('#')) continue;
    const pattern = line.replace(/^!/, '');
    const parents = file.split('/').map((_, at, steps) => posix.join(...steps.slice(0, at + 1)));
    if (parents.some((path) => pattern === '*' || matchesGlob(path, pattern))) isIn = line.startsWith('!');
  }
  return isIn;
}
