import { Agent, request } from 'undici';

/** What came back of many requests: how many of each status, and in how many minutes, begun ones too. */
export interface Answers {
  readonly statuses: ReadonlyMap<number | string, number>;
  readonly minutes: number;
}

type Ask = { readonly path: string; readonly headers?: Record<string, string>; readonly body?: string };

/** Sends a number of requests, some at once; POST where there is a body. A lost connection counts under the code of its error. */
export async function flood(url: string, count: number, ask: (k: number) => Ask, atOnce = 16): Promise<Answers> {
  const dispatcher = new Agent({ connections: atOnce, pipelining: 1 });
  const statuses = new Map<number | string, number>();
  const started = performance.now();
  let sent = 0;
  const one = async () => {
    while (sent < count) {
      const status = await statusOf(url, ask(sent++), dispatcher);
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, one));
  await dispatcher.destroy();
  return { statuses, minutes: Math.ceil((performance.now() - started) / 60_000) };
}

async function statusOf(url: string, { path, headers = {}, body }: Ask, dispatcher: Agent): Promise<number | string> {
  try {
    const typed = body === undefined ? headers : { 'content-type': 'application/json', ...headers };
    const method = body === undefined ? 'GET' : 'POST';
    const answer = await request(`${url}${path}`, { method, headers: typed, body: body ?? null, dispatcher });
    await answer.body.dump();
    return answer.statusCode;
  } catch (error) {
    return (error as Error & { code?: string }).code ?? (error as Error).message;
  }
}

/** `401: 60, 429: 940`. */
export const listed = ({ statuses }: Answers): string =>
  [...statuses].map(([status, count]) => `${status}: ${count}`).join(', ');
