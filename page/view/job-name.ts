import { setOf } from '../state/job-inputs.ts';
import type { Job } from '../state/jobs.ts';

/** What a job computes: its metric and operation, and the data sets that are stored under a name. */
export function nameOf({ request: { path, body } }: Job): string {
  const [, metric = '', operation = 'value'] = path.split('/');
  const sets = ['dataset1', 'dataset2', 'candidates', 'queries', 'dataset'].flatMap(
    (field) => setOf(body[field])?.name ?? [],
  );
  return `${metric} ${operation}${sets.length > 0 ? ` of ${[...new Set(sets)].join(' and ')}` : ''}`;
}
