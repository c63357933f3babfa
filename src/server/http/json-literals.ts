/** Something that is not JSON, and its place. */
export interface Stray {
  readonly text: string;
  readonly path: readonly (string | number)[];
  /** Whether it stands where the name of a field should. */
  readonly isKey: boolean;
}

const NUMBER = /-?\d[\w.+-]*/y;
const JSON_NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;
const WORD = /-?[A-Za-z_][\w.]*/y;
const COLON = /\s*:/y;
const END = /,\s*[\]}]/y;
const JSON_WORDS: ReadonlySet<string> = new Set(['true', 'false', 'null']);
const PUNCTUATION = /[[\]{}:,\s]/;

/**
 * The first thing outside strings that is not JSON: a word such as NaN or None, a number such as 01 or 1_000, a comma before a closing bracket,
 * or a character such as a single quote. Undefined if there is none.
 */
export function strayIn(text: string): Stray | undefined {
  const path: (string | number)[] = [];
  for (let at = 0; at < text.length; at++) {
    const char = text[at] as string;
    const last = path.length - 1;
    const stray = (found: string): Stray => ({
      text: found,
      path,
      isKey: typeof path[last] === 'string' && matchAt(COLON, text, at + found.length) !== undefined,
    });
    if (char === '[') path.push(0);
    else if (char === '{') path.push('');
    else if (char === ']' || char === '}') path.pop();
    else if (char === ',') {
      const end = matchAt(END, text, at);
      if (end !== undefined) return stray(`,${end.at(-1)}`);
      if (typeof path[last] === 'number') path[last]++;
      else if (last >= 0) path[last] = '';
    } else if (char === '"') {
      const end = endOfString(text, at);
      if (typeof path[last] === 'string' && matchAt(COLON, text, end + 1)) path[last] = text.slice(at + 1, end);
      at = end;
    } else {
      const number = matchAt(NUMBER, text, at);
      const word = number ?? matchAt(WORD, text, at);
      if (word === undefined) {
        if (!PUNCTUATION.test(char)) return stray(char);
        continue;
      }
      if (number === undefined ? !JSON_WORDS.has(word) : !JSON_NUMBER.test(number)) return stray(word);
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
