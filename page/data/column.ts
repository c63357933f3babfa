import type { Cell } from './reading.ts';

/** The rows of a table, without its names. */
export type Rows = readonly (readonly Cell[])[];

/** What most cells of a column are. */
export type Kind = 'number' | 'date' | 'text' | 'empty';

/** What is known about a table when its layout is guessed. */
export interface Known {
  readonly body: Rows;
  readonly names: readonly string[] | undefined;
  readonly kinds: readonly Kind[];
  readonly decimal: '.' | ',';
}

/** Names of columns that hold times, not values. */
export const TIME =
  /^(time|when|zeit|temps|tiempo|tempo|tijd|t|date|datum|fecha|data|datetime|timestamp|uhrzeit|sec|secs|seconds?|s|ms|minutes?|hours?|days?|year|jahr|index|idx|frame|sample|step|nr|no|row|unnamed: ?\d+|#)\b[^a-z]*(\(.*\)|\[.*\]|s|ms|sec|utc|h)?$/i;
/** Names of columns that hold identifiers. */
export const NAME =
  /^(id|name|series|serie|subject|sensor|item|case|uid|unique_id|series_id|sample_id|group|trial|person|patient|site|symbol|ticker)$/i;
/** The name of the column that was measured, where others say what it belongs to. */
export const VALUE = /^_?(value|wert|valeur|valor)$/i;
export const CLASS = /^(class|label|target|y|klasse|category|species|activity)$/i;

/** The cells of a column. */
export const columnOf = (body: Rows, k: number): Cell[] => body.map((row) => row[k]);

/** Whether a column has two different cells. */
export const varies = (body: Rows, k: number): boolean => body.some((row) => String(row[k]) !== String(body[0]?.[k]));
