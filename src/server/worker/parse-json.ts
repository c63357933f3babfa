/** Characters that are parsed at a time: some milliseconds at most. `JSON.parse` can not be interrupted. */
const PIECE = 2 ** 18;
/** Characters that are looked at between two polls. */
const POLL_EVERY = 2 ** 18;

/** An array or object of which some was parsed before it ended. */
interface Open {
  readonly isArray: boolean;
  /** Where its first character stands, the bracket. */
  readonly start: number;
  /** Where what is not parsed yet begins. */
  from: number;
  /** What was parsed of it; absent as long as nothing was. */
  value: unknown[] | Record<string, unknown> | undefined;
  /** The index or key at which the value of the array or object inside of it stands that is open too. */
  slot: number | string;
}

/**
 * `JSON.parse` in pieces, between which `poll` is called, which throws to stop.
 *
 * @param piece characters of a piece
 * @throws SyntaxError for a text that is not JSON
 */
export function parseInPieces(text: string, poll: () => void, piece = PIECE): unknown {
  if (text.length <= piece) return JSON.parse(text);
  const open: Open[] = [];
  let root: { value: unknown; start: number; end: number } | undefined;

  /** Parses what has been read of an array or object since the last time. `inside`: an array or object that has begun is read apart. */
  const take = (one: Open, until: number, inside: boolean): void => {
    let part = text.slice(one.from, until);
    if (one.value === undefined && !inside && isBlank(part) && text[until] === ',') {
      throw new SyntaxError(`Unexpected token ',' at position ${until}`);
    }
    if (one.value !== undefined) {
      if (isBlank(part) && !inside) return;
      // What was taken before ended before a comma, or with an array or object.
      if (!/^[ \t\n\r]*,/.test(part))
        throw new SyntaxError(`Expected ',' or the end of an array or object at position ${one.from}`);
      part = part.slice(part.indexOf(',') + 1);
      if (isBlank(part) && !inside) throw new SyntaxError(`Unexpected end of an array or object at position ${until}`);
    }
    const whole = inside ? `${part}[]` : part;
    const found = parsed(one.isArray ? `[${whole}]` : `{${whole}}`, one.from);
    if (Array.isArray(found)) {
      one.value ??= [];
      for (const element of found) (one.value as unknown[]).push(element);
      one.slot = (one.value as unknown[]).length - 1;
      return;
    }
    one.value ??= {};
    for (const [key, element] of Object.entries(found)) {
      set(one.value as Record<string, unknown>, key, element);
      one.slot = key;
    }
  };

  /** Parses the beginning of an array or object, and of all that it lies in. */
  const takeAll = (until: number): void => {
    for (const [at, one] of open.entries()) {
      const inner = open[at + 1];
      if (inner?.value !== undefined) continue;
      take(one, inner ? inner.start : until, inner !== undefined);
      one.from = until;
    }
  };

  for (let at = 0, polled = 0; at < text.length; at++) {
    if (at - polled >= POLL_EVERY) {
      poll();
      polled = at;
    }
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = endOfString(text, at);
    else if (code === OPEN_ARRAY || code === OPEN_OBJECT) {
      open.push({ isArray: code === OPEN_ARRAY, start: at, from: at + 1, value: undefined, slot: '' });
    } else if (code === COMMA) {
      const top = open.at(-1);
      if (top && at - top.from >= piece) {
        poll();
        takeAll(at);
      }
    } else if (code === CLOSE_ARRAY || code === CLOSE_OBJECT) {
      const top = open.pop();
      if (top === undefined || top.isArray !== (code === CLOSE_ARRAY)) {
        throw new SyntaxError(`Unexpected token '${text[at]}' at position ${at}`);
      }
      if (top.value === undefined) continue;
      poll();
      take(top, at, false);
      const outer = open.at(-1);
      if (outer === undefined) {
        root = { value: top.value, start: top.start, end: at + 1 };
        break;
      }
      set(outer.value as Record<string, unknown>, outer.slot as string, top.value);
      outer.from = at + 1;
    }
  }
  if (root === undefined) return parsed(text, 0);
  const [before, after] = [text.slice(0, root.start), text.slice(root.end)];
  if (!isBlank(before) || !isBlank(after)) {
    throw new SyntaxError(`Unexpected characters ${isBlank(before) ? 'after' : 'before'} the JSON`);
  }
  return root.value;
}

const [QUOTE, BACKSLASH, OPEN_ARRAY, CLOSE_ARRAY, OPEN_OBJECT, CLOSE_OBJECT, COMMA] = Array.from('"\\[]{},', (char) =>
  char.charCodeAt(0),
) as [number, number, number, number, number, number, number];

/** JSON has four kinds of blanks. */
const isBlank = (text: string): boolean => /^[ \t\n\r]*$/.test(text);

/** An own field, whatever its name. */
const set = (object: Record<string, unknown>, key: string, value: unknown): void => {
  if (key === '__proto__') {
    Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
  } else object[key] = value;
};

/** @throws SyntaxError whose position is that in the whole text */
function parsed(text: string, offset: number): object {
  try {
    return JSON.parse(text);
  } catch (error) {
    const message = (error as Error).message.replace(
      /at position (\d+)( \(line.*\))?/,
      (_, position: string) => `at position ${offset + Math.max(0, Number(position) - (offset > 0 ? 1 : 0))}`,
    );
    throw new SyntaxError(message);
  }
}

/** The place of the quote that ends the string which begins at `from`; the end of the text if none does. */
function endOfString(text: string, from: number): number {
  let at = from + 1;
  while (at < text.length && text.charCodeAt(at) !== QUOTE) at += text.charCodeAt(at) === BACKSLASH ? 2 : 1;
  return at;
}
