import { z } from 'zod';
import { digestPattern, NAME_IN_WORDS, namePattern, referencePattern } from '../dataset-reference.ts';
import { formats } from '../formats/index.ts';
import { CONTENT_EXAMPLE, DATASET_EXAMPLE, SERIES_EXAMPLE } from './kept-examples.ts';
import { shaped } from './series.ts';

/** The name of a stored data set. */
export const datasetName = z
  .string()
  .regex(namePattern, `a name has ${NAME_IN_WORDS}`)
  .meta({ description: `The name: ${NAME_IN_WORDS}`, examples: ['gunpoint'] });

/** A name, or one of the contents it has had. */
export const datasetReference = z
  .string()
  .regex(referencePattern, 'a data set is given by its name, or as name@sha256:...')
  .meta({
    description: 'The name, or `name@sha256:...` for one of the contents it has had',
    examples: ['gunpoint'],
  });

const digest = z.string().regex(digestPattern);

/** The description of a stored data set. */
export const keptDataset = z
  .object({
    name: z.string(),
    version: z.int().min(1).meta({ description: 'The version of the content under this name, starting at 1' }),
    digest: digest.meta({ description: 'The sha256 of its values, lengths, number of channels and labels' }),
    count: z.int().min(1).meta({ description: 'Number of series' }),
    d: z.int().min(1).meta({ description: 'Values per step' }),
    lengths: z
      .object({ min: z.int().min(1), max: z.int().min(1), mean: z.number() })
      .meta({ 'x-name': 'Lengths', description: 'Steps of the shortest and the longest series, and the mean' }),
    labels: z.record(z.string(), z.int().min(1)).optional().meta({
      description: 'Number of series with each label; absent if there are no labels, or more than 1000 distinct ones',
    }),
    bytes: z.int().min(1).meta({ description: 'Bytes in the store' }),
    created: z.iso.datetime().meta({ description: 'When this content was stored under this name' }),
  })
  .meta({ id: 'StoredDataset', description: 'A stored data set', examples: [DATASET_EXAMPLE] });

/** The response to an upload. */
export const putDataset = keptDataset
  .extend({ warnings: z.array(z.string()).optional().meta({ description: 'Possible mistakes' }) })
  .meta({ id: 'PutDataset', description: 'A data set that was uploaded', examples: [DATASET_EXAMPLE] });

/** The response to a listing. */
export const datasetList = z
  .object({
    datasets: z.array(keptDataset),
    next: z.string().optional().meta({ description: 'Send it as `after` for the next page; absent on the last one' }),
  })
  .meta({ 'x-name': 'DatasetList', examples: [{ datasets: [DATASET_EXAMPLE] }] });

/** One series of a stored data set. */
export const keptSeries = z
  .object({
    values: shaped,
    index: z.int().min(0),
    label: z.string().optional(),
  })
  .meta({ 'x-name': 'StoredSeries', examples: [SERIES_EXAMPLE] });

/** How to read an upload, in addition to its type. */
export const uploadQuery = z.strictObject({
  format: z
    .enum(formats.map(({ name }) => name) as [string, ...string[]])
    .optional()
    .meta({ 'x-name': 'FileFormat', description: 'The format, if neither Content-Type nor the first bytes show it' }),
  labels: z.enum(['first', 'none']).default('first').meta({
    'x-name': 'LabelColumn',
    description: 'For .csv and .tsv: whether the first column holds labels, as in the UCR archive',
  }),
  layout: z.enum(['time_first', 'channels_first']).default('time_first').meta({
    'x-name': 'FileLayout',
    description: 'For JSON, .npy and .npz: the order of the axes of series with several channels',
  }),
});

/** A data set as JSON. */
export const datasetContent = z
  .object({
    series: z.array(shaped).min(1),
    labels: z.array(z.string()).optional().meta({ description: 'One label for each series' }),
  })
  .meta({ 'x-name': 'DatasetContent', examples: [CONTENT_EXAMPLE] });
