import { CLASS, columnOf, type Known, NAME, type Rows, TIME, varies } from './column.ts';
import { falls, rises, timesIn } from './times.ts';

/** The columns whose values name the series that are stacked: they repeat while the steps start over. Usually one. */
export function stackedBy({ body, names, kinds, decimal }: Known): readonly number[] | undefined {
  const time = timeColumn({ body, names, kinds, decimal });
  // Without names, only dates that start over show it.
  if (names === undefined && kinds[time] !== 'date') return undefined;
  const clock = time < 0 ? undefined : timesIn(columnOf(body, time), decimal);
  const starts = clock !== undefined && !rises(clock) && !falls(clock);
  const candidates = kinds.flatMap((kind, k) => {
    const called = NAME.test(names?.[k] ?? '');
    if (k === time || CLASS.test(names?.[k] ?? '') || (kind !== 'text' && !(kind === 'number' && called))) return [];
    const values = kinds.some((other, at) => other === 'number' && at !== k && at !== time);
    const groups = new Set(body.map((row) => String(row[k]))).size;
    return values && groups <= body.length / 2 && (starts || (called && groups > 1)) ? [{ k, groups }] : [];
  });
  if (candidates.length === 0) return undefined;
  const running = (columns: readonly number[]) => clock !== undefined && eachRuns(body, columns, clock);
  const alone = candidates.find(({ k }) => running([k]));
  if (alone) return [alone.k];
  const all = candidates.filter(({ groups }) => groups > 1).map(({ k }) => k);
  return running(all) ? all : [(candidates.find(({ groups }) => groups > 1) ?? (candidates[0] as { k: number })).k];
}

/** The column with the times: of several, the first that changes. */
export function timeColumn({ body, names, kinds }: Known): number {
  const times = kinds.flatMap((kind, k) =>
    kind === 'date' || (kind === 'number' && TIME.test(names?.[k] ?? '')) ? [k] : [],
  );
  return times.find((k) => varies(body, k)) ?? times[0] ?? -1;
}

/** Whether time runs on in each of the groups that these columns tell apart. */
function eachRuns(body: Rows, columns: readonly number[], clock: readonly number[]): boolean {
  const last = new Map<string, number>();
  return body.every((row, at) => {
    const name = columns.map((k) => String(row[k])).join('\u0000');
    const [before, now] = [last.get(name), clock[at] as number];
    last.set(name, now);
    return before === undefined || now > before;
  });
}

/** Whether a column is the same in all rows, or in all of each series that is stacked. */
export function constantIn(body: Rows, k: number, stacked: readonly number[] | undefined): boolean {
  const seen = new Map<string, string>();
  return body.every((row) => {
    const name = (stacked ?? []).map((column) => String(row[column])).join('\u0000');
    const before = seen.get(name);
    seen.set(name, String(row[k]));
    return before === undefined || before === String(row[k]);
  });
}
