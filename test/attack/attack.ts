import type { ServiceProcess } from '../support/start-process.ts';

/** What was seen of an attack. */
export interface Seen {
  /** With its unit, as the table prints it. */
  readonly measured: string;
  readonly held: boolean;
}

/**
 * One row of the table: a file in attacks/ that exports it as `attack`. Each gets a service of its own, in a process of its own, on loopback; afterwards that
 * must be alive, answer /livez, serve a good request and end with 0 on SIGTERM, or the row is SHORT whatever was seen.
 */
export interface Attack {
  /** What is done, as `npm run attack` lists it. */
  readonly name: string;
  /** What must hold, and its limit. */
  readonly held: string;
  readonly limit: string;
  /** Settings of the service. WORKERS is 1 and LOG_LEVEL warn, unless they are here. */
  readonly env?: Readonly<Record<string, string>>;
  /** What the shell's ulimit is told before the service starts, as `-n 64`. */
  readonly ulimit?: string;
  /** Whoever has keys: what a good request sends as Authorization. */
  readonly authorization?: string;
  /** Does it. `size`: 1 for `npm run attack`, less for the short form in `npm test`. Bounded in time: some ten seconds at size 1. */
  readonly run: (service: ServiceProcess, size: number) => Promise<Seen>;
}
