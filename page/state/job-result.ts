import { type Signal, signal } from '@preact/signals-core';
import type { Job } from '../../clients/typescript/jobs.ts';
import type { Inputs } from './job-inputs.ts';

/** The result of a job that no other view shows. */
export interface JobResult {
  readonly job: Job;
  readonly inputs: Inputs;
  readonly answer: Readonly<Record<string, unknown>>;
}

/** The one on the screen. */
export const jobResult: Signal<JobResult | undefined> = signal(undefined);
