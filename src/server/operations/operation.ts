import type { z } from 'zod';
import type { BackendName, CancelFlag, Extra, MetricRecord, Params } from '../../core/server-door.ts';
import type { Asked } from '../schemas/body.ts';

/** What every request carries beside the operation's own fields. */
export interface Common {
  readonly params: Params;
  readonly be: BackendName;
}

/** `POST /{metric}{suffix}`: routes, documents, capabilities and jobs follow from this record. */
export interface Operation<Body extends object = object, Input = unknown, Output = unknown> extends Asked<Body> {
  /** Unique: what its job is called on the way to a worker. */
  readonly name: string;
  readonly appliesTo: (record: MetricRecord) => boolean;
  readonly summary: (record: MetricRecord) => string;
  readonly description: (record: MetricRecord) => string;
  /** Boolean flags of the query. */
  readonly flags: (record: MetricRecord) => readonly Extra[];
  readonly answer: (record: MetricRecord) => z.ZodType;
  readonly answerMeans: string;
  /** The field of the answer that is its one matrix, for whoever wants nothing else. */
  readonly matrix?: string;
  /** Those that fit the metric are in the document, with the first one's answer. */
  readonly examples: Readonly<Record<string, Example>>;
  /** The answer to an example, computed by the library. */
  readonly exampleAnswer: (record: MetricRecord, value: never) => unknown;
  /** What a validated request comes down to. Cheap: it runs on the main thread. */
  readonly run: (
    record: MetricRecord,
    body: Body & Common,
    query: Readonly<Partial<Record<Extra, boolean>>>,
  ) => Plan<Input, Output>;
  /** Computes one piece of a plan, on a worker: plain objects, strings, numbers and typed arrays in and out. Polls `cancel`. */
  readonly job: (input: Input, cancel: CancelFlag) => Output;
  /** One row of the answer, where it can also be had row by row. */
  readonly row?: z.ZodType;
}

/** What a request costs, and how it is cut into pieces. */
export interface Plan<Input, Output> {
  /** What computing costs, in cells. */
  readonly cells: number;
  /** How many numbers the answer holds, where they are many: writing them costs too. */
  readonly numbers?: number;
  /** Cuts it into pieces of about so many cells each; `byRows`: the first rows shall come early. Allocates what the answer needs. */
  readonly cut: (cells: number, byRows: boolean) => Pieces<Input, Output>;
  /** The output of a plan of one piece, where computing it costs less than handing it to a worker. */
  readonly onTheSpot?: () => Output | undefined;
}

/** A plan, cut. */
export interface Pieces<Input, Output> {
  readonly inputs: readonly Input[];
  /** The answer, from what the job made of each input. */
  readonly answer: (outputs: readonly Output[]) => object;
  /** The rows that are complete once so many of the first pieces are, and that were not given before. */
  readonly rows?: (pieces: number) => Iterable<object>;
}

/** The plan of what is computed in one piece. */
export const inOnePiece = <Input, Output>(
  cells: number,
  input: Input,
  answer: (output: Output) => object,
  onTheSpot?: () => Output | undefined,
): Plan<Input, Output> => ({
  cells,
  cut: () => ({ inputs: [input], answer: ([output]) => answer(output as Output) }),
  ...(onTheSpot && { onTheSpot }),
});

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

/** Fixes the types of an operation's body and job; in the list of all of them they are forgotten. */
export const defineOperation = <Body extends object, Input, Output>(
  operation: Operation<Body, Input, Output>,
): Operation => operation as unknown as Operation;
