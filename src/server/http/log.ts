import type { FastifyBaseLogger } from 'fastify';
import { WhenNeeded } from './when-needed.ts';

type Bindings = Parameters<FastifyBaseLogger['child']>[0];
type ChildLoggerOptions = Parameters<FastifyBaseLogger['child']>[1];

const LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/** Characters that are written without waiting for the end of the turn. */
const MOST = 64 * 1024;

/**
 * Lines to standard output. Those of one turn of the event loop are written together, at its end, because a write takes longer than all else that a
 * line needs. Whatever ends the process writes what is left, unless it is killed.
 */
class LogLines {
  #text = '';
  #isDue = false;

  constructor() {
    // Whoever read the log has left: that is no reason to end.
    process.stdout.on('error', () => {});
    process.on('exit', () => this.flushSync());
  }

  write(line: string): void {
    this.#text += line;
    if (this.#text.length > MOST) this.flushSync();
    if (this.#isDue) return;
    this.#isDue = true;
    setImmediate(() => {
      this.#isDue = false;
      this.flushSync();
    });
  }

  /** Also called by pino after a fatal error. */
  flushSync(): void {
    if (this.#text === '') return;
    const text = this.#text;
    this.#text = '';
    process.stdout.write(text);
  }
}

/** Those of all services of the process. */
export const logLines = new WhenNeeded(() => new LogLines());

/**
 * The logger of one request: its lines have the request's id. A child logger does the same, but making one takes longer than writing a line, and most
 * requests write only one.
 */
export function requestLog(parent: FastifyBaseLogger, bindings: Bindings): FastifyBaseLogger {
  // The methods are added to the prototype below, by their levels.
  return new RequestLog(parent, bindings) as unknown as FastifyBaseLogger;
}

class RequestLog {
  readonly #parent: FastifyBaseLogger;
  readonly #bindings: Bindings;

  constructor(parent: FastifyBaseLogger, bindings: Bindings) {
    this.#parent = parent;
    this.#bindings = bindings;
  }

  get level(): string {
    return this.#parent.level;
  }

  child(bindings: Bindings, options: ChildLoggerOptions): FastifyBaseLogger {
    return this.#parent.child({ ...this.#bindings, ...bindings }, options);
  }

  write(level: (typeof LEVELS)[number], first: unknown, rest: unknown[]): void {
    // Each takes an object, a message and what the message is formatted with.
    const log = this.#parent as unknown as Record<string, (...line: unknown[]) => void>;
    if (typeof first !== 'object') log[level]?.(this.#bindings, first, ...rest);
    else if (first instanceof Error) log[level]?.({ ...this.#bindings, err: first }, rest[0] ?? first.message);
    else log[level]?.({ ...this.#bindings, ...first }, ...rest);
  }
}

for (const level of LEVELS) {
  Object.defineProperty(RequestLog.prototype, level, {
    value(this: RequestLog, first: unknown, ...rest: unknown[]) {
      this.write(level, first, rest);
    },
  });
}
