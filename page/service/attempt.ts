import { createClient, type Problem, type WarpserveClient } from '../../clients/typescript/client.ts';
import { type Service, ServiceError } from '../../clients/typescript/jobs.ts';
import { key } from './key.ts';
import { type Failure, unreachable } from './messages.ts';
import { base } from './service.ts';

/** What came of a short request, which is not timed. */
export type Attempt<T> = { readonly ok: true; readonly data: T } | { readonly ok: false; readonly problem: Failure };

/** The service, for the helpers of the client. */
export const service = (): Service => ({ baseUrl: base, ...(key.value !== undefined && { key: key.value }) });

/** The typed client, with the key of the moment. */
export const client = (): WarpserveClient => createClient(base, key.value);

/** The data of a typed response. @throws ServiceError */
export async function dataOf<T>(answer: Promise<{ data?: T; error?: Problem }>): Promise<T> {
  const { data, error } = await answer;
  if (error) throw new ServiceError(error);
  return data as T;
}

/** Makes a request that never rejects: errors are problems, as the service returns them. */
export async function attempt<T>(request: Promise<T>): Promise<Attempt<T>> {
  try {
    return { ok: true, data: await request };
  } catch (error) {
    return { ok: false, problem: failureOf(error) };
  }
}

/** What is wrong, where a helper of the client throws. */
export const failureOf = (error: unknown): Failure =>
  error instanceof ServiceError ? error.problem : unreachable(error as Error, false);
