import type { Cell } from './reading.ts';

/** How programs write missing values. */
const MISSING =
  /^(|<?na>?|n\.?\/?a\.?|#n\/a|#(value|div\/0|ref|num|null)!|#name\?|nan|nat|null|none|nil|missing|undefined|unavailable|unknown|no data|\?|-+|\.|:)$/i;
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
    .replace(/^\((.*\d.*)\)$/, '-$1') // as accountants write it
    .replace(AROUND, '$1$2')
    .replace(/(?<=\d)[\u00a0\u202f'’](?=\d{3})/g, '');
  const grouped = GROUPED[decimal].test(plain) ? plain.replaceAll(decimal === '.' ? ',' : '.', '') : plain;
  const point = decimal === ',' ? (grouped.includes('.') ? '' : grouped.replace(',', '.')) : grouped;
  return NUMBER.test(point) ? finite(Number(point)) : undefined;
}

const finite = (value: number): number | undefined => (Number.isFinite(value) ? value : undefined);

const CLOCK = String.raw`\d{1,2}:\d{2}(:\d{2}([.,]\d+)?)?( ?[AP]M)?`;
const MONTH = '(?:jan|feb|mar|mär|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez)[a-z]*';
/** Dates and months as programs write them: 2024-01-31, 31/1/24, 31-Jan-2024, 31JAN2024, Jan 31, 2024, 2024-01, Jan 2024, 2024q1, 2024m1. */
const DATES = [
  `^\\d{4}[-/.]\\d{1,2}[-/.]\\d{1,2}([T ]+${CLOCK}( ?(Z|UTC|[+-]\\d{2}:?\\d{2}))?)?$`,
  `^\\d{1,2}[-/.]\\d{1,2}[-/.]\\d{2,4}([T, ]+${CLOCK})?$`,
  `^\\d{1,2}[- ][a-zä]{3,9}\\.?[- ]\\d{2,4}([T, ]+${CLOCK})?$`,
  `^\\d{1,2}${MONTH}\\d{2,4}(:${CLOCK})?$`,
  `^[a-z]{3,9} \\d{1,2},? \\d{4}([T, @]+${CLOCK})?$`,
  '^(19|20)\\d\\d-(0[1-9]|1[0-2])$',
  `^${MONTH}[- ](\\d{2}|\\d{4})$`,
  '^(19|20)\\d\\d[- ]?[qmw]\\d{1,2}$',
  `^${CLOCK}$`,
].map((source) => new RegExp(source, 'i'));

/** Whether a cell is a date or a time of day. */
export const isDate = (cell: Cell): boolean =>
  cell instanceof Date || (typeof cell === 'string' && DATES.some((pattern) => pattern.test(cell.trim())));
