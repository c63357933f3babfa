import type { FastifyInstance } from 'fastify';
import { evaluate, type MetricRecord, metrics, type Params, present, type Wanted } from '../../core/index.ts';
import type { Config } from '../config.ts';
import { requireCells } from '../limits.ts';
import type { Pool } from '../pool/pool.ts';
import { computeProblems } from '../responses.ts';
import { evaluation, type PairBody, pairBody, pairQuery } from '../schemas.ts';

/** POST /{metric} for every record. */
export async function metricRoutes(
  app: FastifyInstance,
  { pool, config }: { pool: Pool; config: Config },
): Promise<void> {
  for (const record of metrics) {
    app.post<{ Body: PairBody; Querystring: Wanted }>(
      `/${record.name}`,
      { schema: routeSchema(record) },
      async ({ body, query, abandoned }) => {
        const { s1, s2, be: choice, ...params } = body;
        requireCells(s1.n * s2.n, config.MAX_CELLS);
        const be = choice === 'pytorch' ? 'tfjs' : choice;
        // The body's schema is the record's own, so what is left of it are the record's parameters.
        const task = { metric: record.name, s1, s2, params: params as Params, be, wanted: query };
        return present(await pool.evaluate(task, abandoned), s1, s2, be);
      },
    );
  }
}

const example = { s1: [1, 2, 3], s2: [3, 4, -3] };

// Under this key because zod drops `examples` from the input side of a schema that transforms; @fastify/swagger puts it back.
const examples = {
  univariate: { summary: 'Two univariate series', value: example },
  multivariate: {
    summary: 'Series of two values per step and of unequal lengths, the second padded',
    value: {
      s1: [
        [1, 10],
        [2, 20],
        [3, 30],
      ],
      s2: [
        [1, 11],
        [3, 29],
        [null, null],
      ],
    },
  },
};

function routeSchema(record: MetricRecord) {
  const { name, title, summary, formula, source, gives } = record;
  const everything = Object.fromEntries(gives.map((extra) => [extra, true]));
  return {
    operationId: name,
    summary: title,
    description: `${summary}\n\n    ${formula}\n\nDefinition: ${source}.`,
    tags: ['metrics'],
    querystring: pairQuery(record),
    body: pairBody(record).meta({ 'x-examples': examples }),
    response: {
      200: {
        description: 'The value, and what the flags asked for',
        content: {
          'application/json': {
            schema: evaluation(record).meta({ examples: [evaluate(record, example.s1, example.s2, {}, everything)] }),
          },
        },
      },
      ...computeProblems,
    },
  };
}
