import type { z } from 'zod';
import type { BackendName, CancelFlag, Extra, MetricRecord, Params, Price } from '../../core/server-door.ts';
import { FULL_ONLY } from '../document/json-only.ts';
import type { Asked } from '../schemas/asked.ts';

/** What every request has in addition to the operation's own fields. */
export interface Common {
  readonly params: Params;
  readonly be: BackendName;
}

/** `POST /{metric}{suffix}`: routes, documents, capabilities and jobs follow from this record. */
export interface Operation<Body extends object = object, Input = unknown, Output = unknown> extends Asked<Body> {
  /** Unique: the name of its job in messages to workers. */
  readonly name: string;
  readonly appliesTo: (record: MetricRecord) => boolean;
  readonly summary: (record: MetricRecord) => string;
  readonly description: (record: MetricRecord) => string;
  readonly answer: (record: MetricRecord) => z.ZodType;
  readonly answerMeans: string;
  /** The field of the response that is its only matrix, for callers who want nothing else. */
  readonly matrix?: string;
  /** Those that fit the metric are in the document, together with the response to the first. */
  readonly examples: Readonly<Record<string, Example>>;
  /** The response to an example, computed by the library. */
  readonly exampleAnswer: (record: MetricRecord, value: never) => unknown;
  /** Turns a validated request into a plan. Cheap: it runs on the main thread. */
  readonly plan: (
    record: MetricRecord,
    body: Body & Common,
    query: Readonly<Partial<Record<Extra, boolean>>>,
  ) => Plan<Input, Output>;
  /** Splits a job that is too large for one request into tiles, each a request of this operation. Absent: the job is one tile. */
  readonly tiles?: (
    record: MetricRecord,
    body: Body & Common,
    cells: number,
    query: Readonly<Partial<Record<Extra, boolean>>>,
  ) => Tiling<Body>;
  /** Computes one piece of a plan, on a worker: plain objects, strings, numbers and typed arrays in and out. Polls `cancel`. */
  readonly job: (input: Input, cancel: CancelFlag) => Output;
  /** One row of the response, if it can also be streamed row by row: `row`, its index, and the row of each list of the response. */
  readonly row?: z.ZodObject;
  /** Flags with which the response is not a list of rows. */
  readonly wholeWith?: readonly Extra[];
  /** The rows of a whole response, if they are not those of its lists. */
  readonly rowsOf?: (answer: never) => Iterable<object>;
}

/** The cost of a request, and how it is split into pieces. */
export interface Plan<Input, Output> {
  readonly price: Price;
  /** Whether most of the work may turn out to be unnecessary. */
  readonly prunes?: boolean;
  /** Splits it into pieces of about the given number of cells; `byRows`: the first rows should come early. Allocates memory for the result. */
  readonly cut: (cells: number, byRows: boolean) => Pieces<Input, Output>;
  /** Computes the output of a plan of one piece whose response is a few numbers; absent if handing it to a worker costs less. */
  readonly onTheSpot?: (() => Output) | undefined;
}

/** A job split into tiles of about equal cost, deterministically for a given number of cells. */
export interface Tiling<Body> {
  readonly count: number;
  /** The requests that a tile is. They are computed and stored one after the other, so that a tile takes no more memory than one of them. */
  readonly bodies: (tile: number) => readonly (Body & Common)[];
  /** If the response is one matrix: where the matrices of each tile go. Otherwise a tile is one request. */
  readonly matrix?: TiledMatrix;
  /** Otherwise: the response, from those of the tiles in order. */
  readonly join?: (answers: readonly object[]) => object;
}

/** A matrix in blocks of the same rows and columns; those at the ends are smaller. */
export interface TiledMatrix {
  readonly shape: readonly [rows: number, columns: number];
  /** The rows and columns of a block. Where the matrix is mirrored, they are as many. */
  readonly sides: readonly [rows: number, columns: number];
  /** Whether the matrix is its own transpose, and a block that is computed is also its mirrored one. */
  readonly mirrored: boolean;
  /** The blocks that the requests of a tile compute, counted in blocks. */
  readonly blocks: (tile: number) => readonly (readonly [row: number, column: number])[];
  /** The tile that computes a block, and which of its requests. */
  readonly place: (row: number, column: number) => readonly [tile: number, at: number];
  /** What the response says besides the matrix. */
  readonly also: Readonly<Record<string, unknown>>;
}

/** A plan split into pieces. */
export interface Pieces<Input, Output> {
  readonly inputs: readonly Input[];
  /** The response, from the output of the job for each input. */
  readonly answer: (outputs: readonly Output[]) => object;
  /** The rows that are complete once this many of the first pieces are done, except those returned before. */
  readonly rows?: (pieces: number) => Iterable<object>;
}

/** The plan for work that is a single piece. */
export const inOnePiece = <Input, Output>(
  price: Price,
  input: Input,
  answer: (output: Output) => object,
): Plan<Input, Output> => ({
  price,
  cut: () => ({ inputs: [input], answer: ([output]) => answer(output as Output) }),
});

interface Example {
  readonly summary: string;
  readonly value: object;
  /** Whether its series differ in length, which not every metric supports. */
  readonly unequal?: true;
}

/** The examples of an operation that fit a metric. */
export const examplesFor = ({ equalLengths }: MetricRecord, { examples }: Operation): Operation['examples'] =>
  Object.fromEntries(
    Object.entries(examples)
      .filter(([, { unequal }]) => !(equalLengths && unequal))
      .map(([name, { summary, value }]) => [name, { summary, value, ...(isPadded(value) && { [FULL_ONLY]: true }) }]),
  );

/** Series with null are in the full document only. */
const isPadded = (value: object): boolean => JSON.stringify(value).includes('null');

/** Fixes the types of an operation's body and job; the list of all operations does not keep them. */
export const defineOperation = <Body extends object, Input, Output>(
  operation: Operation<Body, Input, Output>,
): Operation => operation as unknown as Operation;
