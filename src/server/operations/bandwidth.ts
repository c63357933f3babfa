import { z } from 'zod';
import {
  type Bandwidth,
  type BandwidthOptions,
  bandwidth,
  bandwidthParams,
  bandwidthPrice,
  type Dataset,
  findBandwidth,
  metricRecord,
} from '../../core/server-door.ts';
import { typeName } from '../document/walk.ts';
import { computedBySchema, dataset } from '../schemas/series.ts';
import { defineOperation, inOnePiece } from './operation.ts';

interface Input {
  readonly metric: string;
  readonly dataset: Dataset;
  readonly options: BandwidthOptions;
}

/** POST /{metric}/bandwidth: a suitable value for the smoothing parameter. */
export const bandwidthOfDataset = defineOperation<{ dataset: Dataset } & BandwidthOptions, Input, Bandwidth>({
  name: 'bandwidth',
  suffix: '/bandwidth',
  appliesTo: ({ serves }) => serves?.includes('bandwidth') ?? false,
  summary: (record) => `${record.title}: estimate ${record.smoothedBy} from a dataset`,
  description: (record) =>
    `${
      record.smoothedBy === 'sigma'
        ? 'sigma is the median distance between two steps, times the square root of the longest length.'
        : 'gamma = 2 sigma^2, where sigma is the median distance between two steps, times the square root of the longest length.'
    } The response gives the parameter under its name, as POST /${record.name} takes it.\n\nDefinition: tslearn.metrics.sigma_gak, gamma_soft_dtw; Cuturi, 2011.`,
  flags: () => [],
  backends: ['numpy'],
  params: () => ({}),
  fields: { dataset, ...bandwidthParams },
  answer: (record) =>
    z
      .object({
        [record.smoothedBy as string]: z
          .number()
          .min(0)
          .meta({ description: '0 if most of the sampled steps are equal' }),
        ...computedBySchema({ backends: ['numpy'] }),
      })
      .meta({ 'x-name': `${typeName(record.smoothedBy as string)}Result` }),
  answerMeans: 'The parameter',
  examples: {
    dataset: {
      summary: 'Two series',
      value: {
        dataset: [
          [1, 2, 2, 3],
          [1, 2, 3, 4],
        ],
        n_samples: 200,
        random_state: 0,
      },
    },
  },
  exampleAnswer: (record, { dataset, ...options }: { dataset: number[][] } & BandwidthOptions) =>
    bandwidth(record, dataset, options),
  plan(record, { dataset, n_samples, random_state }) {
    const options = { n_samples, random_state };
    return inOnePiece(bandwidthPrice(dataset, options), { metric: record.name, dataset, options }, (found) => found);
  },
  job: ({ metric, dataset, options }, cancel) => findBandwidth(metricRecord(metric), dataset, options, cancel),
});
