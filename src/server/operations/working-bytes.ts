import { type Dataset, lengthGroups, type Series } from '../../core/server-door.ts';

/** What a thread has for each step of a pair while it computes: both series in the kernel's layout, the band, and running costs; and for each of its values. */
const STEP_BYTES = 64;
const VALUE_BYTES = 16;

/** The memory in which threads compute the pairs of a request, in bytes, beside its inputs, tables and response: on each, the longest series of every field. */
export function workingBytes(body: object, threads: number): number {
  let sum = 0;
  for (const field of Object.values(body)) {
    if (typeof field !== 'object' || field === null) continue;
    if ('lengths' in field)
      sum += threads * stepsBytes(lengthGroups((field as Dataset).lengths).longest, (field as Dataset).d);
    else if ('sz' in field) sum += stepsBytes((field as Series).n, (field as Series).d);
  }
  return sum;
}

const stepsBytes = (n: number, d: number): number => n * (STEP_BYTES + VALUE_BYTES * d);
