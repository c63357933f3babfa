/** A JSON Schema, as far as the page reads it. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly oneOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly default?: unknown;
  readonly description?: string;
  readonly examples?: readonly unknown[];
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
  /** What applies only to a body of another type than JSON, or makes the request a job. */
  readonly 'x-full-only'?: true;
}

interface Media {
  readonly schema?: Schema;
  readonly example?: unknown;
  readonly examples?: Readonly<Record<string, { readonly summary?: string; readonly value: unknown }>>;
}

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly description?: string;
  readonly schema?: Schema;
}

interface Operation {
  readonly operationId?: string;
  readonly summary?: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, Media>> };
  readonly responses: Readonly<
    Record<string, { readonly description?: string; readonly content?: Readonly<Record<string, Media>> }>
  >;
}

/** An operation with its place. */
export interface Route extends Operation {
  readonly method: string;
  readonly path: string;
  /** What links to it. */
  readonly id: string;
}

export interface OpenApi {
  readonly info: { readonly title: string; readonly version: string; readonly description?: string };
  readonly tags?: readonly {
    readonly name: string;
    readonly description?: string;
    /** Whether its operations are those of metrics. */
    readonly 'x-metrics'?: true;
  }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components?: Readonly<Record<string, Readonly<Record<string, object>>>>;
}

/** All operations, in the order of the document, with what they share in its place; of their parameters, those of a request in JSON. */
export const routesOf = (document: OpenApi): Route[] =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      ...operation,
      method: method.toUpperCase(),
      path,
      id: operation.operationId ?? `${method}${path.replace(/\W+/g, '-')}`,
      parameters: (operation.parameters ?? [])
        .map((one) => resolved(one, document))
        .filter(({ schema }) => !schema?.['x-full-only']),
      responses: mapped(operation.responses, (one) => resolved(one, document)),
      ...(operation.requestBody && {
        requestBody: {
          content: mapped(operation.requestBody.content, (media) => ({
            ...media,
            ...(media.examples && { examples: mapped(media.examples, (one) => resolved(one, document)) }),
          })),
        },
      }),
    })),
  );

const mapped = <T>(all: Readonly<Record<string, T>>, change: (one: T) => T): Record<string, T> =>
  Object.fromEntries(Object.entries(all).map(([name, one]) => [name, change(one)]));

/** What a reference stands for, with what is said beside it. */
export function resolved<T extends object>(part: T, { components }: OpenApi): T {
  const { $ref } = part as { $ref?: string };
  const [name = '', kind = ''] = $ref?.split('/').reverse() ?? [];
  return $ref === undefined ? part : { ...components?.[kind]?.[name], ...part };
}
