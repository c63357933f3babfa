import type { MetricRecord } from '../../core/server-door.ts';
import { typeName } from '../document/walk.ts';
import { JSON_TYPE, NDJSON, NPY, NPZ } from '../http/media-types.ts';
import type { NamedType } from '../npz/named-types.ts';
import { examplesFor, type Operation } from '../operations/operation.ts';
import { npyAnswer, npzAnswer, npzRequest } from '../schemas/binary.ts';
import { bodySchema } from '../schemas/body.ts';
import { flagsQuery } from '../schemas/flags.ts';
import { jobHeaders, jobSchema } from '../schemas/jobs.ts';
import { requestName, resultName } from '../schemas/names.ts';
import { placementOf } from '../schemas/placement.ts';
import { computeProblems } from '../schemas/responses.ts';
import { rounded } from '../schemas/rounded.ts';

/** What the documents say about the route of an operation on a metric. `types`: the arrays of its response. */
export function operationDocument(record: MetricRecord, operation: Operation, types: ReadonlyMap<string, NamedType>) {
  const { suffix } = operation;
  const examples = examplesFor(record, operation);
  const [first] = Object.values(examples);
  const example = rounded(operation.exampleAnswer(record, first?.value as never));
  const answer = operation.answer(record);
  const schema = answer.meta({ 'x-name': resultName(record, operation), ...answer.meta(), 'x-example': example });
  return {
    operationId: `${record.name}${suffix.replaceAll('/', '-')}`,
    summary: operation.summary(record),
    description: operation.description(record),
    tags: [suffix.slice(1) || 'pair'],
    querystring: flagsQuery(record, operation),
    headers: jobHeaders,
    'x-npz': npzRequest(placementOf(record, operation)), // document/bodies.ts adds it next to the JSON body
    // Under this key because zod drops `examples` from the input side of a schema that transforms; @fastify/swagger puts it back.
    body: bodySchema(record, operation).meta({ 'x-name': requestName(record, operation), 'x-examples': examples }),
    response: {
      200: {
        description: operation.answerMeans,
        content: {
          [JSON_TYPE]: { schema },
          ...(operation.row && {
            [NDJSON]: { schema: operation.row.meta({ 'x-name': `${typeName(suffix)}Row`, ...operation.row.meta() }) },
          }),
          [NPZ]: { schema: npzAnswer(types) },
          ...(operation.matrix && { [NPY]: { schema: npyAnswer(operation.matrix) } }),
        },
      },
      202: { description: 'The job, for `Prefer: respond-async`', content: { [JSON_TYPE]: { schema: jobSchema } } },
      ...computeProblems,
    },
  };
}
