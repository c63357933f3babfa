import { z } from 'zod';
import { catalogue } from '../http/errors.ts';

/** The codes of errors. */
export const problemCode = z.enum(Object.keys(catalogue) as [string, ...string[]]).meta({ 'x-name': 'ProblemCode' });

/** RFC 9457. */
export const problem = z
  .object({
    type: z
      .string()
      .meta({ description: 'URL of the documentation of this error', examples: ['/errors#invalid_request'] }),
    title: z.string(),
    status: z.int().min(400).max(599),
    detail: z.string().meta({ description: 'What to change' }),
    instance: z.string().meta({ description: 'The request id, also in the x-request-id header' }),
    code: problemCode,
    errors: z
      .array(
        z
          .object({ pointer: z.string().meta({ description: 'JSON pointer' }), detail: z.string() })
          .meta({ 'x-name': 'ProblemPlace' }),
      )
      .optional()
      .meta({ description: 'The offending places: the first 20, then one entry that counts the rest' }),
  })
  .meta({ id: 'Problem', description: 'An error, as defined by RFC 9457' });
