import type { Envelope } from '../lower-bound/envelope.ts';

/** Numbers in the envelopes that a thread keeps for later requests: 32 MiB. */
const MOST_NUMBERS = 2 ** 22;

/** The envelopes of consecutive series of a data set, as far as they were needed. */
export interface Block {
  readonly of: (Envelope | undefined)[];
  /** All of them, once they were read: lower and upper bounds of each in turn. */
  all: Float64Array | undefined;
  /** How many were computed. */
  computed: number;
  numbers: number;
  /** Whether later requests find them. */
  isKept: boolean;
  /** Whether they were looked for on the shelf, and whether they are there. */
  wasSought: boolean;
  isOnShelf: boolean;
}

/** Those of stored data sets, by name; the last is the most recently used. */
const recent = new Map<string, Block>();
let numbers = 0;

const newBlock = (isKept: boolean): Block => ({
  of: [],
  all: undefined,
  computed: 0,
  numbers: 0,
  isKept,
  wasSought: false,
  isOnShelf: false,
});

/** The block of a name, which later requests will find; a new one without a name, which they will not. */
export function recentBlock(name: string | undefined): Block {
  if (name === undefined) return newBlock(false);
  const block = recent.get(name) ?? newBlock(true);
  recent.delete(name);
  recent.set(name, block);
  return block;
}

/** Counts more numbers, and forgets the least recently used while there are too many; whoever uses them now has them to the end. */
export function count(block: Block, more: number): void {
  if (!block.isKept) return;
  block.numbers += more;
  numbers += more;
  for (const [name, oldest] of recent) {
    if (numbers <= MOST_NUMBERS) break;
    recent.delete(name);
    oldest.isKept = false;
    numbers -= oldest.numbers;
  }
}
