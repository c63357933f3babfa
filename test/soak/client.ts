import { Agent, request } from 'undici';
import type { Ask } from './mix.ts';

/** The outcome of one request. */
export interface Outcome {
  readonly ask: Ask;
  /** The status, or the code of the socket's error. */
  readonly status: number | string;
  /** Whether the response was correct, to the last digit. */
  readonly right: boolean;
  readonly ms: number;
  /** When the response had come, by the clock of `performance.now()`. */
  readonly at: number;
  readonly retryAfter: string | undefined;
}

/** Sends requests to one service, over as many connections as needed. */
export class Client {
  readonly #url: string;
  readonly #headers: Record<string, string>;
  readonly #agent: Agent;

  /** @param localAddress where to connect from: another one than most is another caller */
  constructor(url: string, headers: Record<string, string> = {}, localAddress?: string) {
    this.#url = url;
    this.#agent = new Agent({
      pipelining: 1,
      headersTimeout: 120_000,
      bodyTimeout: 120_000,
      ...(localAddress !== undefined && { localAddress }),
    });
    this.#headers = headers;
  }

  async ask(ask: Ask): Promise<Outcome> {
    const started = performance.now();
    try {
      const response = await request(`${this.#url}${ask.path}`, {
        dispatcher: this.#agent,
        method: 'POST',
        headers: { 'content-type': 'application/json', ...this.#headers },
        body: ask.body,
      });
      const text = await response.body.text();
      const status = response.statusCode;
      const right = status !== 200 || text === ask.answer;
      const retryAfter = response.headers['retry-after'] as string | undefined;
      const at = performance.now();
      return { ask, status, right, ms: at - started, at, retryAfter };
    } catch (error) {
      const status = (error as Error & { code?: string }).code ?? (error as Error).message;
      const at = performance.now();
      return { ask, status, right: true, ms: at - started, at, retryAfter: undefined };
    }
  }

  /** Keeps the given number of requests in flight until the time is up. */
  async keepAsking(asks: Iterator<Ask, unknown>, inFlight: number, stop: AbortSignal): Promise<Outcome[]> {
    const outcomes: Outcome[] = [];
    const one = async () => {
      while (!stop.aborted) outcomes.push(await this.ask(asks.next().value as Ask));
    };
    await Promise.all(Array.from({ length: inFlight }, one));
    return outcomes;
  }

  /** Sends the given number of requests per second, regardless of their outcome, until the time is up; arrivals are random, like those of many clients. */
  async askAtRate(asks: Iterator<Ask, unknown>, perSecond: number, random: () => number, stop: AbortSignal) {
    const sent: Promise<Outcome>[] = [];
    let next = performance.now();
    while (!stop.aborted) {
      // Even where it lags behind, answers are read between one request and the next.
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, next - performance.now())));
      const until = performance.now();
      while (next <= until) {
        sent.push(this.ask(asks.next().value as Ask));
        next -= (1000 / perSecond) * Math.log(1 - random());
      }
    }
    return Promise.all(sent);
  }

  async close(): Promise<void> {
    await this.#agent.destroy();
  }
}

/** The value below which a fraction of the numbers lies. */
export function quantile(numbers: readonly number[], share: number): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}
