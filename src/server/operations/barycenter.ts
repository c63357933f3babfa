import { z } from 'zod';
import {
  type BarycenterProblem,
  barycenter,
  barycenterParams,
  barycenterPrice,
  type Dataset,
  findBarycenter,
  gradientOptions,
  isSmooth,
  type MetricRecord,
  pathOptions,
  presentBarycenter,
  readParams,
  requireBarycenter,
  type Series,
} from '../../core/server-door.ts';
import { computedBySchema, dataset, reading, series, shaped } from '../schemas/series.ts';
import { defineOperation, inOnePiece, type Operation } from './operation.ts';

type Options = BarycenterProblem['options'];
type Body = { dataset: Dataset; init?: Series } & Options;

/** POST /{metric}/barycenter: the series that lies between others. */
function barycenterOf(
  name: string,
  shape: z.ZodRawShape,
  appliesTo: (record: MetricRecord) => boolean,
  meaning: string,
  loss: string,
): Operation {
  return defineOperation<Body, BarycenterProblem, ReturnType<typeof findBarycenter>>({
    name,
    suffix: '/barycenter',
    appliesTo: (record) => (record.serves?.includes('barycenter') ?? false) && appliesTo(record),
    summary: ({ title }) => `${title}: the barycenter of a dataset`,
    description: () =>
      `The series with the smallest weighted distance to those of the dataset, whose lengths may differ. The same request always gets the same response. ${meaning}`,
    flags: () => [],
    backends: ['numpy'],
    params: barycenterParams,
    fields: {
      dataset,
      init: series.optional().meta({ description: 'The initial barycenter. Default: a mean of the series.' }),
      ...shape,
    },
    check: (_record, body, context) =>
      reading(context, () => requireBarycenter({ dataset: body.dataset, init: body.init, options: body })),
    answer: () =>
      z.object({
        barycenter: shaped.meta({
          description: 'Numbers if there is one value per step and `init` was not given as rows; otherwise rows',
        }),
        loss: z.number().meta({ description: loss }),
        iterations: z.int().min(0),
        converged: z
          .boolean()
          .meta({ description: 'Whether it stopped because of `tol`, rather than at the iteration limit' }),
        ...computedBySchema({ backends: ['numpy'] }),
      }),
    answerMeans: 'The barycenter and its loss',
    examples: {
      unequal: {
        summary: 'Two series of unequal lengths',
        value: {
          dataset: [
            [1, 2, 3, 4],
            [1, 2, 3, 4, 5],
          ],
        },
      },
    },
    exampleAnswer: (record, body: { dataset: number[][] }) => barycenter(record, body.dataset),
    plan(record, { dataset: all, init, params, be: _, ...rest }) {
      const options = Object.fromEntries(Object.entries(rest).filter(([key]) => key in shape)) as unknown as Options;
      const problem = { metric: record.name, dataset: all, init, options, params: readParams(record, params) };
      return inOnePiece(barycenterPrice(problem), problem, (found) => presentBarycenter(problem, found));
    },
    job: findBarycenter,
  });
}

/** By the paths to each series: dtw barycenter averaging. */
export const pathBarycenter = barycenterOf(
  'barycenter by paths',
  pathOptions,
  (record) => !isSmooth(record),
  'Starts from the mean of the values that the series have at each step.\n\nDefinition: tslearn.barycenters.dtw_barycenter_averaging and its variants; Petitjean, Ketterlin and Gançarski, 2011; Schultz and Jain, 2018.',
  'The weighted mean of the squared distances to the series',
);

/** By gradients: L-BFGS. */
export const gradientBarycenter = barycenterOf(
  'barycenter by gradients',
  gradientOptions,
  isSmooth,
  'L-BFGS on the weighted sum of the values. Starts from the weighted mean of the series, resampled to a common length.\n\nDefinition: tslearn.barycenters.softdtw_barycenter; Cuturi and Blondel, 2017.',
  'The weighted sum of the values',
);
