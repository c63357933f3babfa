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
  /** Connections of this process, and statements that wait for one. Absent: there is one, in this machine. */
  readonly connections?: () => { readonly open: number; readonly waiting: number };
  /** Resolves if it ends without having been closed, and has to be opened again. */
  readonly lost?: Promise<void>;
}

/** The database cannot be used: it is locked by another process, or gone. */
export class DatabaseFailure extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'DatabaseFailure';
  }
}

/** Classes of SQLSTATE for which the statement is not to blame: connections, resources such as disk space, an operator, the system, a bug of the server. */
const CLASSES: readonly string[] = ['08', '53', '57', '58', 'XX'];
/** What a server says to a change while it is the standby of another. */
const STANDBY = '25006';

/** An error of a statement as a failure of the database, unless the statement is to blame. */
export function asDatabaseFailure(error: unknown): unknown {
  const { message, code } = error as Error & { code?: unknown };
  const state = typeof code === 'string' && /^(?=.*\d)[0-9A-Z]{5}$/.test(code) ? code : undefined;
  if (error instanceof DatabaseFailure || (state && state !== STANDBY && !CLASSES.includes(state.slice(0, 2))))
    return error;
  return new DatabaseFailure(message, { cause: error });
}
