import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Config } from '../config.ts';
import { type Reference, readReference } from '../dataset-reference.ts';
import type { Kept } from '../datasets/datasets.ts';
import type { Facts } from '../datasets/facts.ts';
import type { IngestJob } from '../datasets/ingest.ts';
import { ownerOf, requireKept } from '../datasets/kept-data.ts';
import { receive, tooLarge, Upload } from '../datasets/upload.ts';
import type { ReadOptions } from '../formats/format.ts';
import { formatOf, formats } from '../formats/index.ts';
import { begun } from '../http/begun.ts';
import { Problem } from '../http/errors.ts';
import { JSON_TYPE } from '../http/media-types.ts';
import type { Pool } from '../pool/pool.ts';
import {
  datasetContent,
  datasetList,
  datasetName,
  datasetReference,
  keptDataset,
  keptSeries,
  putDataset,
  uploadQuery,
} from '../schemas/datasets.ts';
import { jsonResponse, problemResponses, storeCodes } from '../schemas/responses.ts';
import { CONTENT, formatAccepted } from './data-format.ts';

/** Reading a byte of an upload takes about as long as computing this many cells. */
const CELLS_PER_BYTE = 20;

const tags = ['datasets'];

declare module 'fastify' {
  interface FastifySchema {
    /** What a body may be that is not validated as a whole: its schema in JSON, and its other types. document/bodies.ts documents them. */
    'x-upload'?: { readonly json: object; readonly others: readonly string[] };
  }
}

/** PUT, GET and DELETE /datasets/{name}, GET /datasets: stored data sets. */
export async function datasetRoutes(
  app: FastifyInstance,
  { pool, config }: { pool: Pool; config: Config },
): Promise<void> {
  const limit = config.MAX_DATASET_BYTES;
  // An upload of any type is received into a file, which a worker reads.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', async (request: FastifyRequest, body: NodeJS.ReadableStream) => {
    requireKept(app);
    if (Number(request.headers['content-length'] ?? 0) > limit) throw tooLarge(limit);
    return receive(body, limit);
  });
  // Before the response is sent, so that its recipient can find the data set.
  app.addHook('onSend', async ({ body }) => {
    if (body instanceof Upload) await body.remove();
  });
  storing(app, pool, limit);
  listing(app);
  describing(app);
  content(app);
  oneSeries(app);
  deleting(app);
}

/** PUT /datasets/{name} */
function storing(app: FastifyInstance, pool: Pool, limit: number): void {
  app.put<{ Params: { name: string }; Querystring: ReadOptions & { format?: string } }>(
    '/datasets/:name',
    {
      schema: {
        operationId: 'put-dataset',
        summary: 'Store a data set under a name',
        description: `The format is that of Content-Type or of \`?format=\`; without either, and for text/plain and application/octet-stream, it is recognised by its first bytes. A data set is identified by its content: uploading the same content again returns 200; new content under the same name becomes a new version, with 201. With \`If-None-Match: *\`, an existing name is not replaced. Formats: ${formats.map(({ name, title }) => `\`${name}\` (${title})`).join(', ')}.`,
        tags,
        params: z.strictObject({ name: datasetName }),
        querystring: uploadQuery,
        headers: z.looseObject({
          'if-none-match': z.string().optional().meta({ description: '`*`: do not replace an existing data set' }),
        }),
        'x-upload': {
          json: z.toJSONSchema(datasetContent, { io: 'input' }),
          others: formats.flatMap(({ mediaTypes }) => mediaTypes.slice(0, 1)).filter((type) => type !== JSON_TYPE),
        },
        response: {
          200: jsonResponse(putDataset, 'The name already has this content'),
          201: jsonResponse(putDataset, 'The data set was stored'),
          ...problemResponses('PutDataset', [
            'invalid_request',
            'invalid_input',
            'malformed_json',
            'empty_series',
            'unknown_format',
            'taken',
            'body_too_large',
            'unsupported_media_type',
            'queue_full',
            'timeout',
            'worker_lost',
            'internal_error',
            ...storeCodes,
          ]),
        },
      },
    },
    async (request, reply) => {
      const { datasets } = requireKept(app);
      const { name } = request.params;
      const { format: asked, labels, layout } = request.query;
      const upload = request.body;
      if (!(upload instanceof Upload)) throw new Problem('invalid_request', 'the body is empty: send a data set');
      const onlyNew = request.headers['if-none-match']?.trim() === '*';
      const format = asked ?? formatNamed(request.headers['content-type']);
      const input: IngestJob = { path: upload.path, to: upload.canonical, format, options: { labels, layout }, limit };
      const timing = { metric: '', backend: '', cells: 0, queue: 0, compute: 0 };
      const call = { kind: 'ingest', caller: request.caller, abandoned: request.abandoned, timing };
      const [facts] = (await pool.run('ingest', [input], CELLS_PER_BYTE * upload.bytes, call)) as [Facts];
      const put = await datasets.put(ownerOf(request), name, upload.canonical, facts, onlyNew);
      if (put === undefined)
        throw new Problem('taken', `there already is a data set "${name}", and the request has If-None-Match: *`);
      const { kept, isNew } = put;
      const { warnings } = facts;
      reply.code(isNew ? 201 : 200);
      if (isNew) reply.header('location', `/datasets/${name}`);
      return { ...told(kept), ...(warnings && { warnings }) };
    },
  );
}

/** GET /datasets */
function listing(app: FastifyInstance): void {
  app.get<{ Querystring: { limit: number; after?: string } }>(
    '/datasets',
    {
      schema: {
        operationId: 'datasets',
        summary: 'The stored data sets',
        tags,
        querystring: z.strictObject({
          limit: z.coerce.number().int().min(1).max(1000).default(100).meta({ type: 'integer' }),
          after: z.string().optional().meta({ description: 'Start after this name' }),
        }),
        response: {
          200: jsonResponse(datasetList, 'Ordered by name'),
          ...problemResponses('List', ['invalid_request', ...storeCodes]),
        },
      },
    },
    async (request) => {
      const { datasets } = requireKept(app);
      const { limit: most, after = '' } = request.query;
      const owner = ownerOf(request);
      const names = (await datasets.names(owner)).filter((name) => name > after);
      const page = names.slice(0, most);
      const found = await Promise.all(page.map((name) => datasets.describe(owner, { name }).catch(absent)));
      const next = names.length > most ? { next: page.at(-1) } : {};
      return { datasets: found.filter((one) => one !== undefined).map(told), ...next };
    },
  );
}

/** GET /datasets/{name} */
function describing(app: FastifyInstance): void {
  app.get<{ Params: { name: string } }>(
    '/datasets/:name',
    {
      schema: {
        operationId: 'dataset',
        summary: 'Describe a stored data set',
        tags,
        params: z.strictObject({ name: datasetReference }),
        response: {
          200: jsonResponse(keptDataset, 'The data set'),
          ...problemResponses('Dataset', ['invalid_request', 'dataset_not_found', ...storeCodes]),
        },
      },
    },
    async (request) => told(await requireKept(app).datasets.describe(ownerOf(request), referenceIn(request))),
  );
}

/** GET /datasets/{name}/content */
function content(app: FastifyInstance): void {
  app.get<{ Params: { name: string }; Querystring: { format?: string } }>(
    '/datasets/:name/content',
    {
      config: { produces: formats.flatMap(({ mediaTypes }) => mediaTypes) },
      schema: {
        operationId: 'dataset-content',
        summary: 'The series of a stored data set, in any format',
        description: 'In the format of Accept or `?format=`; JSON by default. The response is streamed.',
        tags,
        params: z.strictObject({ name: datasetReference }),
        querystring: uploadQuery.pick({ format: true }),
        response: {
          200: {
            description: 'The data set',
            content: CONTENT,
          },
          ...problemResponses('DatasetContent', [
            'invalid_request',
            'invalid_input',
            'dataset_not_found',
            ...storeCodes,
          ]),
        },
      },
    },
    async (request, reply) => {
      const { datasets } = requireKept(app);
      const found = await datasets.content(ownerOf(request), referenceIn(request));
      const format = formatAccepted(request, request.query.format);
      return reply.type(format.mediaTypes[0] as string).send(await begun(format.write(found)));
    },
  );
}

/** GET /datasets/{name}/series/{k} */
function oneSeries(app: FastifyInstance): void {
  app.get<{ Params: { name: string; k: number } }>(
    '/datasets/:name/series/:k',
    {
      schema: {
        operationId: 'dataset-series',
        summary: 'One series of a stored data set',
        tags,
        params: z.strictObject({
          name: datasetReference,
          k: z.coerce.number().int().min(0).meta({ type: 'integer', description: 'Its index, starting at 0' }),
        }),
        response: {
          200: jsonResponse(keptSeries, 'The series'),
          ...problemResponses('Dataset', ['invalid_request', 'dataset_not_found', ...storeCodes]),
        },
      },
    },
    async (request) => {
      const { datasets } = requireKept(app);
      const { k } = request.params;
      const { count, d, labels, at } = await datasets.content(ownerOf(request), referenceIn(request));
      if (k >= count)
        throw new Problem('dataset_not_found', `the data set has ${count} series, with indices 0 to ${count - 1}`);
      const values = await at(k);
      const rows = Array.from({ length: values.length / d }, (_, i) => Array.from(values.subarray(i * d, (i + 1) * d)));
      return { values: d === 1 ? Array.from(values) : rows, index: k, ...(labels && { label: labels[k] }) };
    },
  );
}

/** DELETE /datasets/{name} */
function deleting(app: FastifyInstance): void {
  app.delete<{ Params: { name: string } }>(
    '/datasets/:name',
    {
      schema: {
        operationId: 'delete-dataset',
        summary: 'Delete a name',
        description: 'Its content is deleted once neither another name nor an open job needs it.',
        tags,
        params: z.strictObject({ name: datasetName }),
        response: {
          204: z.void().meta({ description: 'The name was deleted' }),
          ...problemResponses('Dataset', ['invalid_request', 'dataset_not_found', ...storeCodes]),
        },
      },
    },
    async (request, reply) => {
      await requireKept(app).datasets.remove(ownerOf(request), request.params.name);
      return reply.code(204).send();
    },
  );
}

const told = ({ at, ...rest }: Kept) => ({ ...rest, created: new Date(at).toISOString() });

const referenceIn = ({ params }: FastifyRequest): Reference =>
  readReference((params as { name: string }).name) as Reference;

function absent(error: unknown): undefined {
  if (!(error instanceof Problem) || error.code !== 'dataset_not_found') throw error; // it has been deleted since
}

/** Types that say nothing about the content. */
const VAGUE = ['text/plain', 'application/octet-stream', 'application/x-www-form-urlencoded'];

/** The format that a media type names; undefined if it must be recognised. curl sends the type of a form by default. */
function formatNamed(contentType: string | undefined): string | undefined {
  const mediaType = contentType?.split(';')[0]?.trim().toLowerCase();
  if (mediaType === undefined || mediaType === '' || VAGUE.includes(mediaType)) return undefined;
  const found = formatOf({ mediaType });
  if (found) return found.name;
  const known = formats.map(({ mediaTypes: [type] }) => type).join(', ');
  throw new Problem('unsupported_media_type', `a data set cannot be read from ${mediaType}: send one of ${known}`);
}
