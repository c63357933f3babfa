/** A word that is not JSON, and its place. */
export interface StrayWord {
  readonly word: string;
  readonly path: readonly (string | number)[];
}

const NUMBER = /-?\d[\d.eE+-]*/y;
const WORD = /-?[A-Za-z_]+|'/y;
const COLON = /\s*:/y;
const JSON_WORDS: ReadonlySet<string> = new Set(['true', 'false', 'null']);

/** The first word outside strings that is not JSON: NaN, -Infinity, None, or a single quote. Undefined if there is none. */
export function strayWord(text: string): StrayWord | undefined {
  const path: (string | number)[] = [];
  for (let at = 0; at < text.length; at++) {
    const char = text[at] as string;
    const last = path.length - 1;
    if (char === '[') path.push(0);
    else if (char === '{') path.push('');
    else if (char === ']' || char === '}') path.pop();
    else if (char === ',' && typeof path[last] === 'number') path[last]++;
    else if (char === '"') {
      const end = endOfString(text, at);
      if (typeof path[last] === 'string' && matchAt(COLON, text, end + 1)) path[last] = text.slice(at + 1, end);
      at = end;
    } else {
      const number = matchAt(NUMBER, text, at);
      const word = number ?? matchAt(WORD, text, at);
      if (word === undefined) continue;
      if (number === undefined && !JSON_WORDS.has(word)) return { word, path };
      at += word.length - 1;
    }
  }
  return undefined;
}

function matchAt(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

/** The index of the quote that ends the string starting at `from`; the end of the text if there is none. */
function endOfString(text: string, from: number): number {
  let at = from + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at;
}
