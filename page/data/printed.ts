import { readData } from './json.ts';
import { ParseError } from './parse-error.ts';
import type { Choices, Reading, Wanted } from './reading.ts';

/**
 * Numbers as languages write and print them: `[1. 2. 3.]` and `array([1., 2.])` of NumPy, `tensor([...])`, `s1 = [1, 2]`, `(1, 2)`, `c(1, 2)` and ` [1] 1 2`
 * of R, `x = [1 2; 3 4];` of MATLAB, `s1: [1, 2]` of YAML, a list with a comma too many.
 */
export function readPrinted(text: string, chosen: Choices, wanted: Wanted): Reading {
  return { ...readData(valuesIn(text), chosen, wanted), format: 'numbers as a program writes them' };
}

/** Whether a text is that: nothing in it is left over. */
export function isPrinted(text: string): boolean {
  if (text.length > LONGEST || !STARTS.test(text)) return false;
  try {
    valuesIn(text);
    return true;
  } catch (error) {
    if (error instanceof Elided) throw error;
    return false;
  }
}

/** Nobody pastes more. */
const LONGEST = 1e6;

/** A name, a function, a bracket; or the number of R's line. */
const STARTS = /^(?:["']?[a-z_][\w.]*["']?\s*(?:=|<-|:)\s*)?(?:[a-z_][\w.]*\s*)?[[({]/i;

class Elided extends ParseError {}

type Value = number | string | Value[] | { [name: string]: Value };

/** What is written: one value, or several under their names. */
function valuesIn(text: string): Value {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  if (lines.every((line) => /^\s*\[\d+\]\s/.test(line)))
    return lines
      .flatMap((line) =>
        line
          .replace(/^\s*\[\d+\]/, '')
          .trim()
          .split(/\s+/),
      )
      .map(numberOf);
  const reader = new Tokens(Array.from(text.matchAll(TOKENS), ([token]) => token));
  const found = Object.create(null) as Record<string, Value>;
  let only: Value | undefined;
  while (!reader.done) {
    const name = reader.name();
    const value = reader.value();
    if (name === undefined) {
      if (only !== undefined || Object.keys(found).length > 0) throw new SyntaxError('two values without names');
      only = value;
    } else found[name] = value;
    while (reader.skip(';') || reader.skip(','));
  }
  if (only !== undefined && Object.keys(found).length > 0) throw new SyntaxError('a value without a name');
  return only ?? { ...found };
}

const TOKENS =
  /\.{3}|…|[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?(?![\w.])|[+-]?(?:inf|nan)\b|"[^"]*"|'[^']*'|[a-z_][\w.]*|<-|(?:#|%)[^\n]*|\S/gi;

const numberOf = (token: string): number => {
  if (/^(nan|na|null|none|missing)$/i.test(token)) return Number.NaN;
  const value = Number(token);
  if (token === '' || !Number.isFinite(value)) throw new SyntaxError(token);
  return value;
};

/** The tokens of a text, one after another. */
class Tokens {
  readonly #tokens: readonly string[];
  #at = 0;

  constructor(tokens: readonly string[]) {
    this.#tokens = tokens.filter((token) => !/^[#%]/.test(token));
  }

  get done(): boolean {
    return this.#at >= this.#tokens.length;
  }

  skip(token: string): boolean {
    if (this.#tokens[this.#at] !== token) return false;
    this.#at++;
    return true;
  }

  /** A name before `=`, `<-` or `:`. */
  name(): string | undefined {
    const [first = '', next = ''] = this.#tokens.slice(this.#at, this.#at + 2);
    if (!/^["'a-z_]/i.test(first) || !['=', '<-', ':'].includes(next)) return undefined;
    this.#at += 2;
    return first.replace(/^(["'])(.*)\1$/, '$2');
  }

  value(): Value {
    const token = this.#tokens[this.#at++] ?? '';
    if (token === '...' || token === '…')
      throw new Elided('This printout leaves numbers out (...): print all of them, or save them as CSV or .npy.');
    if (/^["']/.test(token)) return token.slice(1, -1);
    const close = { '[': ']', '(': ')', '{': '}' }[token];
    if (close !== undefined) return this.#list(close);
    const called = /^[a-z_]/i.test(token) && /^[[({]$/.test(this.#tokens[this.#at] ?? '');
    if (called) return this.value(); // array(, c(, Float64[
    return numberOf(token);
  }

  #list(close: string): Value {
    const rows: Value[][] = [[]];
    const named: Record<string, Value> = Object.create(null);
    while (!this.skip(close)) {
      if (this.done) throw new SyntaxError('it breaks off');
      if (this.skip(',')) continue;
      if (this.skip(';')) {
        rows.push([]);
        continue;
      }
      const name = this.name();
      if (name === undefined) (rows.at(-1) as Value[]).push(this.value());
      else if (close === '}') named[name] = this.value();
      else this.#option(close);
    }
    const [first = [], ...others] = rows.filter((row) => row.length > 0);
    if (Object.keys(named).length > 0) return { ...named };
    if (others.length > 0) return [first, ...others];
    const [only] = first;
    return close === ')' && first.length === 1 && typeof only !== 'string' ? (only as Value) : first;
  }

  /** What a function is told beside the numbers: dtype=torch.float32. */
  #option(close: string): void {
    while (!this.done && this.#tokens[this.#at] !== ',' && this.#tokens[this.#at] !== close) this.#at++;
  }
}
