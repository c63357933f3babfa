import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { requireBackground } from '../background/require-background.ts';
import { ownerOf } from '../datasets/kept-data.ts';
import { formats } from '../formats/index.ts';
import { begun } from '../http/begun.ts';
import { uploadQuery } from '../schemas/datasets.ts';
import { problemResponses, storeCodes } from '../schemas/responses.ts';
import { CONTENT, formatAccepted } from './data-format.ts';

/** GET /jobs/{id}/inputs/{field}: with the result, it tells all about a job. */
export async function jobInputRoutes(app: FastifyInstance): Promise<void> {
  app.get<{ Params: { id: string; field: string }; Querystring: { format?: string } }>(
    '/jobs/:id/inputs/:field',
    {
      config: { produces: formats.flatMap(({ mediaTypes }) => mediaTypes) },
      schema: {
        operationId: 'job-input',
        summary: 'The series that a job is about',
        description:
          'The series of one field of the request, such as `dataset1`, as a data set, in the format of Accept or `?format=`; JSON by default. They are there as long as the job, whether they came with the request or are stored under a name.',
        tags: ['jobs'],
        params: z.strictObject({
          id: z.string().meta({ description: 'The id of the job' }),
          field: z.string().meta({ description: 'The field of the request', examples: ['dataset1'] }),
        }),
        querystring: uploadQuery.pick({ format: true }),
        response: {
          200: { description: 'The series', content: CONTENT },
          ...problemResponses('JobInput', ['invalid_request', 'job_not_found', 'dataset_not_found', ...storeCodes]),
        },
      },
    },
    async (request, reply) => {
      const { id, field } = request.params;
      const found = await requireBackground(app).input(ownerOf(request), id, field);
      const format = formatAccepted(request, request.query.format);
      return reply.type(format.mediaTypes[0] as string).send(await begun(format.write(found)));
    },
  );
}
