import type { z } from 'zod';
import type { BackendName, Extra, MetricRecord, Params } from '../../core/index.ts';
import type { Config } from '../config.ts';
import type { Call, Pool } from '../pool/pool.ts';

/** What an operation may use while it answers a request. */
export interface Context {
  readonly pool: Pool;
  readonly config: Config;
  /** The request, as a job of the pool needs to know it. */
  readonly call: Call;
}

/** What every request carries beside the operation's own fields. */
export interface Common {
  readonly params: Params;
  readonly be: BackendName;
}

/** `POST /{metric}{suffix}`: routes, documents and capabilities follow from this record. */
export interface Operation<Body extends object = object> {
  readonly suffix: string;
  readonly appliesTo: (record: MetricRecord) => boolean;
  readonly summary: (record: MetricRecord) => string;
  readonly description: (record: MetricRecord) => string;
  /** Boolean flags of the query. */
  readonly flags: (record: MetricRecord) => readonly Extra[];
  /** The backends that compute it, where they are fewer than the metric's. */
  readonly backends?: readonly BackendName[];
  /** The parameters it takes, where they are not all of the metric's. */
  readonly params?: (record: MetricRecord) => z.ZodRawShape;
  /** The operation's own fields of the body, and what holds between them. */
  readonly fields: z.ZodRawShape;
  /** Fields that may be left away, by what the metric takes. */
  readonly optional?: (record: MetricRecord) => readonly string[];
  readonly check?: (record: MetricRecord, body: Body, context: z.RefinementCtx) => void;
  readonly answer: (record: MetricRecord) => z.ZodType;
  readonly answerMeans: string;
  /** The field of the answer that is its one matrix, for whoever wants nothing else. */
  readonly matrix?: string;
  /** Those that fit the metric are in the document, with the first one's answer. */
  readonly examples: Readonly<Record<string, Example>>;
  /** The answer to an example, computed by the library. */
  readonly exampleAnswer: (record: MetricRecord, value: never) => unknown;
  readonly run: (
    record: MetricRecord,
    body: Body & Common,
    query: Readonly<Partial<Record<Extra, boolean>>>,
    context: Context,
  ) => Promise<object>;
  /** The same answer row by row, as rows are done; absent where the answer has none. */
  readonly rows?: {
    readonly of: (record: MetricRecord, body: Body & Common, context: Context) => AsyncGenerator<object>;
    /** One row. */
    readonly answer: z.ZodType;
  };
}

interface Example {
  readonly summary: string;
  readonly value: object;
  /** Whether its series have different lengths, which not every metric can compare. */
  readonly unequal?: true;
}

/** An operation's examples that fit a metric. */
export const examplesFor = ({ equalLengths }: MetricRecord, { examples }: Operation): Operation['examples'] =>
  Object.fromEntries(
    Object.entries(examples)
      .filter(([, { unequal }]) => !(equalLengths && unequal))
      .map(([name, { summary, value }]) => [name, { summary, value }]),
  );

/** Fixes the type of the body of an operation; in the list of all of them it is forgotten. */
export const defineOperation = <Body extends object>(operation: Operation<Body>): Operation =>
  operation as unknown as Operation;
