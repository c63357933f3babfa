import type { Cell } from './reading.ts';

/** How programs write missing values. */
const MISSING = /^(|na|n\/a|#n\/a|#value!|#div\/0!|nan|null|none|nil|missing|\?|-+|\.)$/i;
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
/** What stands around a number in a report: 1.5 %, $3, 2 €. */
const AROUND = /^([+-]?)(?:[$€£¥]\s?)?([^$€£¥%]+?)\s?[$€£¥%]?$/;
/** Thousands separators: 1,234,567.8 and 1.234.567,8. */
const GROUPED = {
  '.': /^[+-]?[1-9]\d{0,2}(,\d{3})+(\.\d*)?$/,
  ',': /^[+-]?[1-9]\d{0,2}(\.\d{3})+(,\d*)?$/,
} as const;

/** The number in a cell: NaN for a missing value, undefined for anything else. */
export function numberIn(cell: Cell, decimal: '.' | ','): number | undefined {
  if (typeof cell === 'number') return Number.isFinite(cell) || Number.isNaN(cell) ? cell : undefined;
  if (typeof cell === 'bigint' || typeof cell === 'boolean') return Number(cell);
  if (cell === null || cell === undefined) return Number.NaN;
  if (cell instanceof Date) return undefined;
  if (typeof cell !== 'string') return undefined; // a list or an object of JSON
  const text = cell.trim();
  if (NUMBER.test(text) && (decimal === '.' || !text.includes('.'))) return finite(Number(text)); // most cells
  if (MISSING.test(text)) return Number.NaN;
  const plain = text
    .replace('\u2212', '-')
    .replace(AROUND, '$1$2')
    .replace(/(?<=\d)[\u00a0\u202f'’](?=\d{3})/g, '');
  const grouped = GROUPED[decimal].test(plain) ? plain.replaceAll(decimal === '.' ? ',' : '.', '') : plain;
  const point = decimal === ',' ? (grouped.includes('.') ? '' : grouped.replace(',', '.')) : grouped;
  return NUMBER.test(point) ? finite(Number(point)) : undefined;
}

const finite = (value: number): number | undefined => (Number.isFinite(value) ? value : undefined);

const CLOCK = String.raw`\d{1,2}:\d{2}(:\d{2}([.,]\d+)?)?( ?[AP]M)?`;
const DATES = [
  `^\\d{4}[-/.]\\d{1,2}[-/.]\\d{1,2}([T ]+${CLOCK}( ?(Z|UTC|[+-]\\d{2}:?\\d{2}))?)?$`,
  `^\\d{1,2}[-/.]\\d{1,2}[-/.]\\d{2,4}([T, ]+${CLOCK})?$`,
  `^\\d{1,2}[- ][a-zä]{3,9}\\.?[- ]\\d{2,4}([T, ]+${CLOCK})?$`,
  `^[a-z]{3,9} \\d{1,2},? \\d{4}([T, ]+${CLOCK})?$`,
  `^${CLOCK}$`,
].map((source) => new RegExp(source, 'i'));

/** Whether a cell is a date or a time of day. */
export const isDate = (cell: Cell): boolean =>
  cell instanceof Date || (typeof cell === 'string' && DATES.some((pattern) => pattern.test(cell.trim())));
