import type { FastifyInstance } from 'fastify';
import {
  cdist,
  cellCount,
  dtypeOf,
  type MetricRecord,
  matrixRows,
  matrixShape,
  metrics,
  type Params,
} from '../../core/index.ts';
import type { Config } from '../config.ts';
import { requireCells } from '../limits.ts';
import type { Pool } from '../pool/pool.ts';
import { computeProblems } from '../responses.ts';
import { type CdistBody, cdistBody, matrix } from '../schemas.ts';

/** POST /{metric}/cdist for every record: the matrix of values between all series of two datasets, or of one with itself. */
export async function cdistRoutes(
  app: FastifyInstance,
  { pool, config }: { pool: Pool; config: Config },
): Promise<void> {
  for (const record of metrics) {
    app.post<{ Body: CdistBody }>(
      `/${record.name}/cdist`,
      { schema: routeSchema(record) },
      async ({ body, abandoned }) => {
        const { dataset1, dataset2, be: choice, ...params } = body;
        const be = choice === 'pytorch' ? 'tfjs' : choice;
        const problem = { dataset1, dataset2, params: params as Params, be };
        requireCells(cellCount(record, problem), config.MAX_CELLS);
        const shape = matrixShape(problem);
        const found = await pool.cdist(record, problem, abandoned);
        return { matrix: matrixRows(found, shape), shape, be, dtype: dtypeOf(be) };
      },
    );
  }
}

const example = {
  dataset1: [
    [1, 2, 2, 3],
    [1, 2, 3, 4],
  ],
  dataset2: [
    [1, 2, 3],
    [2, 3, 4, 5],
  ],
};

function routeSchema(record: MetricRecord) {
  const answer = { ...cdist(record, example.dataset1, example.dataset2), be: 'numpy', dtype: dtypeOf('numpy') };
  return {
    operationId: `${record.name}-cdist`,
    summary: `${record.title} between all series of two datasets`,
    description: `The matrix of POST /${record.name} for every pair; without \`dataset2\`, of \`dataset1\` with itself. Computed on all workers.`,
    tags: ['metrics'],
    body: cdistBody(record).meta({
      'x-examples': {
        cross: { summary: 'Two datasets', value: example },
        self: { summary: 'A dataset with itself', value: { dataset1: example.dataset1 } },
      },
    }),
    response: {
      200: {
        description: 'The matrix, one row for each series of dataset1',
        content: { 'application/json': { schema: matrix(record).meta({ examples: [answer] }) } },
      },
      ...computeProblems,
    },
  };
}
