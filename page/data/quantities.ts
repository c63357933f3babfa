import { isDate, numberIn } from './numbers.ts';
import type { Cell } from './reading.ts';

/** The numbers of a column of quantities, and what stands around each. */
interface Quantities {
  readonly numbers: readonly number[];
  /** Before them: `a` in `a:1.5`, as an Arduino writes it. */
  readonly name?: string;
  readonly unit?: string;
}

const QUANTITY = /^(?:([\p{L}_][\p{L}\d_ ]*)[:=]\s*)?([+-]?\d[\d.,'’]*(?:e[+-]?\d+)?)\s*([\p{L}%°µ/²³·]{0,12})$/iu;

/** Whether a cell is a number with a unit or a name at it. */
export function isQuantity(cell: Cell, decimal: '.' | ','): boolean {
  if (typeof cell !== 'string') return false;
  const [, name = '', digits = '', unit = ''] = QUANTITY.exec(cell.trim()) ?? [];
  return (name !== '' || unit !== '') && numberIn(digits, decimal) !== undefined && !isDate(cell);
}

/** Units that are multiples of one. */
const MULTIPLES: readonly Readonly<Record<string, number>>[] = [
  { B: 1, kB: 1e3, KB: 1e3, MB: 1e6, GB: 1e9, TB: 1e12, KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30, TiB: 2 ** 40 },
  { ns: 1e-9, µs: 1e-6, us: 1e-6, ms: 1e-3, s: 1, min: 60, hour: 3600 },
];

/**
 * The quantities of a column, all in the unit that most have: `12.5 ms`, `1.5 GiB` beside `512 MiB`, `a:3`. Undefined if a cell is anything else, or has another
 * name or a unit of another kind.
 */
export function quantitiesIn(cells: readonly Cell[], decimal: '.' | ','): Quantities | undefined {
  const found: { name: string; value: number; unit: string }[] = [];
  const missing = cells.map((cell) => Number.isNaN(numberIn(cell, decimal) ?? 0));
  for (const [k, cell] of cells.entries()) {
    if (missing[k]) continue;
    const [, name = '', digits = '', unit = ''] = QUANTITY.exec(String(cell).trim()) ?? [];
    const value = numberIn(digits, decimal);
    if (digits === '' || value === undefined || isDate(cell)) return undefined;
    if (found[0] && found[0].name !== name) return undefined;
    found.push({ name, value, unit });
  }
  const [first] = found;
  if (first === undefined || (first.name === '' && first.unit === '')) return undefined;
  const units = new Map([...Map.groupBy(found, ({ unit }) => unit)].map(([unit, all]) => [unit, all.length]));
  const [[usual = '']] = [...units].toSorted((a, b) => b[1] - a[1]) as [[string, number]];
  const family =
    units.size === 1 ? { [usual]: 1 } : MULTIPLES.find((one) => [...units.keys()].every((unit) => unit in one));
  if (family === undefined) return undefined;
  let next = 0;
  const numbers = cells.map((_, k) => {
    if (missing[k]) return Number.NaN;
    const { value, unit } = found[next++] as { value: number; unit: string };
    return unit === usual ? value : (value * (family[unit] as number)) / (family[usual] as number);
  });
  return { numbers, ...(first.name !== '' && { name: first.name }), ...(usual !== '' && { unit: usual }) };
}
