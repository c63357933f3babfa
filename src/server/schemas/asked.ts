import type { z } from 'zod';
import type { BackendName, Extra, MetricRecord } from '../../core/server-door.ts';

/** What an operation expects from its caller: the part of its record from which schemas are built. */
export interface Asked<Body extends object = object> {
  /** As in `POST /{metric}{suffix}`. */
  readonly suffix: string;
  /** Boolean flags in the query. */
  readonly flags: (record: MetricRecord) => readonly Extra[];
  /** What they mean here, if it is not what they mean for a pair. */
  readonly flagMeans?: Readonly<Partial<Record<Extra, string>>>;
  /** The backends that compute it, if they are fewer than the metric's. */
  readonly backends?: readonly BackendName[];
  /** The parameters it takes, if they are not all of the metric's. */
  readonly params?: (record: MetricRecord) => z.ZodRawShape;
  /** The operation's own fields of the body, and the constraints between them. */
  readonly fields: z.ZodRawShape;
  /** Fields that may be omitted, depending on the metric. */
  readonly optional?: (record: MetricRecord) => readonly string[];
  /** Fields that the metric has no use for: they are not there. */
  readonly without?: (record: MetricRecord) => readonly string[];
  readonly check?: (record: MetricRecord, body: Body, context: z.RefinementCtx) => void;
}
