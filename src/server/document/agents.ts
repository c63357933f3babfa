import { tidy } from './components.ts';
import { isSame, mapParts, type Part, refTo } from './walk.ts';

/** An operation on whichever metric its caller names. */
interface Generic {
  readonly path: string;
  readonly metrics: readonly string[];
  readonly operations: readonly Part[];
}

/** The document for agents, made from the one for generators: each operation once, with the metric as a parameter, in few words. */
export function agentsDocument(document: Part): Part {
  const tags = document.tags as Part[];
  const generics = tags
    .filter((tag) => tag['x-metrics'])
    .map(({ name }) => [name as string, genericOf(document, name)] as const);
  const all = generics.map(([, { metrics }]) => metrics).toSorted((a, b) => b.length - a.length)[0] as string[];
  const components = document.components as Record<string, Part>;
  const bodies = generics.map(([, { operations, metrics }]) =>
    bodyOf(
      operations.map((one) => requestOf(one, components)),
      metrics,
    ),
  );
  const parameters = sharedBy(bodies);
  const paths = Object.fromEntries(
    generics.map(([name, generic], k) => {
      const { description } = tags.find((tag) => tag.name === name) as { description: string };
      const body = apart(bodies[k] as Body, parameters);
      return [generic.path, { post: operationOf(name, description, generic, body, all, components) }];
    }),
  );
  const { title, version } = document.info as Part;
  const Metric = {
    type: 'string',
    enum: all,
    description: 'The metric, by name; lower values are nearer, but for gak, unnormalized-gak and lcss',
  };
  const whole: Part = {
    openapi: document.openapi,
    info: {
      title: `${title} for agents`,
      version,
      description:
        'How similar two time series are, under a metric such as dtw: parameters that a metric does not have are refused with a sentence that says what to change. /openapi.json has every metric apart.',
    },
    servers: document.servers,
    security: document.security,
    paths,
    components: {
      securitySchemes: components.securitySchemes,
      schemas: {
        ...components.schemas,
        Metric,
        MetricParameters: { type: 'object', properties: parameters },
        Problem: problem,
      },
      responses: {
        Refused: {
          description: 'What to change',
          content: { 'application/problem+json': { schema: refTo('schemas', 'Problem') } },
        },
      },
    },
  };
  return brief(tidy(whole)) as Part;
}

/** What an agent needs of a problem. */
const problem = {
  type: 'object',
  properties: { code: { type: 'string' }, detail: { type: 'string' } },
  required: ['code', 'detail'],
};

function genericOf({ paths }: Part, tag: unknown): Generic {
  const own = Object.entries(paths as Record<string, { post?: Part }>).filter(([, { post }]) =>
    (post?.tags as unknown[] | undefined)?.includes(tag),
  );
  const metrics = own.map(([path]) => path.split('/')[1] as string);
  const [[first]] = own as [[string, unknown]];
  return {
    path: first.replace(/^\/[^/]+/, '/{metric_name}'),
    metrics,
    operations: own.map(([, { post }]) => post as Part),
  };
}

function operationOf(
  name: string,
  description: string,
  { metrics, operations }: Generic,
  body: Part,
  all: readonly string[],
  components: Record<string, Part>,
): Part {
  const flags = new Map(
    operations
      .flatMap(({ parameters = [] }) => (parameters as Part[]).map((one) => resolved(one, components)))
      .map((one) => [one.name, one]),
  );
  const [{ responses }] = operations as [{ responses: Part }];
  const metric = metrics.length === all.length ? refTo('schemas', 'Metric') : { type: 'string', enum: metrics };
  return {
    operationId: name,
    summary: firstSentence(description),
    parameters: [{ name: 'metric_name', in: 'path', required: true, schema: metric }, ...flags.values()],
    requestBody: { required: true, content: { 'application/json': { schema: body } } },
    responses: {
      200: {
        description: 'The result',
        content: { 'application/json': { schema: jsonOf((responses['200'] ?? {}) as Part).schema } },
      },
      '4XX': refTo('responses', 'Refused'),
    },
  };
}

const resolved = (part: Part, components: Record<string, Part>): Part => {
  const [name = '', kind = ''] = String(part.$ref ?? '')
    .split('/')
    .reverse();
  return kind === '' ? part : (components[kind]?.[name] as Part);
};

const requestOf = ({ requestBody }: Part, components: Record<string, Part>): Part =>
  resolved(jsonOf(requestBody as Part).schema as Part, components);

/** The fields that most bodies have: the backend and the parameters of metrics. */
const sharedBy = (bodies: readonly Body[]): Part =>
  Object.fromEntries(
    Object.entries((bodies[0] as Body).properties).filter(
      ([key, schema]) => bodies.filter(({ properties }) => isSame(properties[key], schema)).length >= FEW,
    ),
  );

/** A body that has the shared fields by reference, if it has all of them. */
function apart({ properties, ...body }: Body, shared: Part): Part {
  if (!Object.keys(shared).every((key) => isSame(properties[key], shared[key]))) return { ...body, properties };
  const own = Object.fromEntries(Object.entries(properties).filter(([key]) => !(key in shared)));
  return { allOf: [refTo('schemas', 'MetricParameters'), { ...body, properties: own }] };
}

interface Body extends Part {
  readonly type: 'object';
  readonly properties: Part;
  readonly required: readonly string[];
}

const jsonOf = ({ content }: Part): Part => (content as Part)['application/json'] as Part;

/** The fields of all bodies; one that only few metrics have says which. */
function bodyOf(bodies: readonly Part[], metrics: readonly string[]): Body {
  const fields = new Map<string, { schema: Part; having: string[] }>();
  bodies.forEach(({ properties }, k) => {
    for (const [key, schema] of Object.entries(properties as Record<string, Part>)) {
      const found = fields.get(key) ?? { schema, having: [] };
      fields.set(key, { ...found, having: [...found.having, metrics[k] as string] });
    }
  });
  const properties = Object.fromEntries(
    [...fields].map(([key, { schema, having }]) => {
      if (having.length > FEW || having.length === metrics.length) return [key, schema];
      const { description = '' } = schema;
      return [key, { ...schema, description: `${having.join(', ')}: ${firstSentence(String(description))}` }];
    }),
  );
  const [first, ...others] = bodies.map(({ required = [] }) => required as string[]) as [string[]];
  const required = first.filter((key) => (others as string[][]).every((each) => each.includes(key)));
  return { type: 'object', properties, required };
}

const FEW = 4;

/** Descriptions of one sentence, and of a number no more than a caller has to know. */
const brief = (document: Part): unknown =>
  mapParts(document, ({ format: _, required, maximum, ...part }, key) => ({
    ...part,
    ...(required !== undefined && required !== false && { required }),
    ...(typeof maximum === 'number' && maximum < FREE && { maximum }),
    ...(typeof part.description === 'string' && key !== 'info' && { description: firstSentence(part.description) }),
  }));

/** Bounds of this size only keep numbers finite. */
const FREE = 1e6;

const firstSentence = (text: string): string => text.split(/(?<=\.)\s/)[0] as string;
