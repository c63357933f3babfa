import { createReadStream } from 'node:fs';
import { InvalidInput } from '../../core/server-door.ts';

/** A longer line is too large for a series. */
const LONGEST = 256 * 2 ** 20;

/** The lines of a text file, without line ends or byte order mark. */
export async function* linesOf(path: string, poll: () => void): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let rest = '';
  let number = 1;
  const decode = (piece?: Uint8Array): string => {
    try {
      return piece ? decoder.decode(piece, { stream: true }) : decoder.decode();
    } catch {
      throw new InvalidInput(`the text is not UTF-8 near line ${number}`);
    }
  };
  for await (const piece of createReadStream(path, { highWaterMark: 1 << 20 })) {
    poll();
    const parts = (rest + decode(piece as Uint8Array)).split('\n');
    rest = parts.pop() as string;
    if (rest.length > LONGEST) throw new InvalidInput(`line ${number + parts.length} is too long`);
    for (const part of parts) yield part.endsWith('\r') ? part.slice(0, -1) : part;
    number += parts.length;
  }
  rest += decode();
  if (rest !== '') yield rest;
}

/** The number in a cell of a table; NaN if it is empty or marked as missing. @throws InvalidInput */
export function numberIn(cell: string, line: number, place: number): number {
  const text = cell.trim();
  if (text === '' || MISSING.has(text.toLowerCase())) return Number.NaN;
  const value = Number(text);
  if (Number.isFinite(value)) return value;
  throw new InvalidInput(`line ${line}, value ${place}: expected a number, got "${text.slice(0, 20)}"`);
}

const MISSING = new Set(['nan', '?', 'na', 'null']);
