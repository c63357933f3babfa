/** Runs a statement; or several, separated by semicolons, if there are no values. */
export type Query = <Row = Record<string, unknown>>(text: string, values?: readonly unknown[]) => Promise<Row[]>;

/** A PostgreSQL database: a server, or the embedded one. */
export interface Database {
  /** Its description, for the log. */
  readonly name: string;
  /** Whether no other process can use it. */
  readonly alone: boolean;
  readonly query: Query;
  /** Runs statements in one transaction, which is rolled back if `run` fails. */
  readonly transaction: <T>(run: (query: Query) => Promise<T>) => Promise<T>;
  readonly close: () => Promise<void>;
}

/** The database cannot be used: it is locked by another process, or gone. */
export class DatabaseFailure extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'DatabaseFailure';
  }
}
