import type { JSONValue } from '@modelcontextprotocol/server';
import type { Part } from './walk.ts';
import { mapParts } from './walk.ts';

/** A generic operation as a tool that a language model calls. */
export interface Tool {
  readonly name: string;
  readonly description: string;
  /** `/{metric_name}/cdist` */
  readonly path: string;
  readonly metrics: readonly string[];
  /** The arguments that go into the query. */
  readonly flags: readonly string[];
  readonly inputSchema: { type: 'object'; properties: Record<string, JSONValue>; required: string[] };
}

/** The operations of the document for agents, each as one object of arguments. The parameters of metrics are listed once, by the first of them. */
export const toolsOf = (agents: Part): Tool[] =>
  Object.entries(inlined(agents).paths as Record<string, { post: Part }>).map(([path, { post }], k, all) => {
    const [metric, ...flags] = post.parameters as [{ name: string; schema: Part }, ...{ name: string }[]];
    const body = (post.requestBody as { content: Record<string, { schema: Part }> }).content['application/json']
      ?.schema;
    const [own, parameters] = ((body?.allOf as Part[] | undefined) ?? [body as Part]).toReversed() as [Part, Part?];
    const parts = parameters === undefined || k === 0 ? [own, ...(parameters ? [parameters] : [])] : [own];
    const fields = Object.assign({}, ...parts.map(({ properties }) => properties)) as Record<string, JSONValue>;
    const required = parts.flatMap((one) => (one.required as string[] | undefined) ?? []);
    const asArguments = flags.map(({ name, ...flag }) => [name, { type: 'boolean', ...described(flag) }] as const);
    return {
      name: post.operationId as string,
      description: `${post.summary}${parts.length === 1 && parameters ? ` Also takes the parameters of the metric, as ${all[0]?.[1].post.operationId} does.` : ''}`,
      path,
      metrics: metric.schema.enum as string[],
      flags: flags.map(({ name }) => name),
      inputSchema: {
        type: 'object',
        properties: { [metric.name]: metric.schema as JSONValue, ...fields, ...Object.fromEntries(asArguments) },
        required: [metric.name, ...required],
      },
    };
  });

const described = ({ description }: { description?: string }): Part => (description ? { description } : {});

/** A document with what its references stand for. */
function inlined(document: Part): Part {
  const replaced = (part: unknown): unknown =>
    mapParts(part, ({ $ref, ...rest }) => {
      if (typeof $ref !== 'string') return rest;
      const found = $ref
        .split('/')
        .slice(1)
        .reduce((at, step) => at[step] as Part, document);
      return { ...(replaced(found) as Part), ...rest };
    });
  return replaced(document) as Part;
}
