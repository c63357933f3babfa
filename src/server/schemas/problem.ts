import { z } from 'zod';
import { catalogue } from '../http/errors.ts';

/** RFC 9457. */
export const problem = z
  .object({
    type: z
      .string()
      .meta({ description: 'URL of the documentation of this error', examples: ['/errors#invalid_request'] }),
    title: z.string(),
    status: z.int(),
    detail: z.string().meta({ description: 'What to change' }),
    instance: z.string().meta({ description: 'The request id, also in the x-request-id header' }),
    code: z.enum(Object.keys(catalogue) as [string, ...string[]]),
    errors: z
      .array(z.object({ pointer: z.string().meta({ description: 'JSON pointer' }), detail: z.string() }))
      .optional()
      .meta({ description: 'The offending places: the first 20, then one entry that counts the rest' }),
  })
  .meta({ id: 'Problem', description: 'An error, as defined by RFC 9457' });
