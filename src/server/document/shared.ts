import { mapValues, operationsOf } from './operations.ts';
import { canonical, isPart, type Part, refTo, typeName } from './walk.ts';

/** What a response that several operations share has its name under. */
export const RESPONSE = 'x-response';

/** Moves the parameters, error responses and examples that operations share to components of their kind, equal ones once. */
export function shared(document: Part): Part {
  const operations = operationsOf(document);
  const parameters = hoisted('parameters', operations.flatMap(parametersOf), 2);
  const responses = hoisted('responses', operations.flatMap(responsesOf), 1);
  const examples = hoisted('examples', operations.flatMap(examplesOf), 2);
  const problems = hoisted('examples', Object.values(responses.components).flatMap(problemsOf), 2);
  const change = (operation: Part): Part => ({
    ...operation,
    ...(operation.parameters !== undefined && { parameters: (operation.parameters as Part[]).map(parameters.refer) }),
    ...(isPart(operation.requestBody) && {
      requestBody: {
        ...operation.requestBody,
        content: mapValues(operation.requestBody.content as Part, (media) =>
          media.examples === undefined
            ? media
            : { ...media, examples: mapValues(media.examples as Part, examples.refer) },
        ),
      },
    }),
    responses: mapValues(operation.responses as Part, responses.refer),
  });
  return {
    ...document,
    paths: mapValues(document.paths as Part, (methods) => mapValues(methods, change)),
    components: {
      ...(document.components as Part),
      parameters: parameters.components,
      responses: mapValues(responses.components, (response) => withProblem(response, problems.refer)),
      examples: { ...examples.components, ...problems.components },
    },
  };
}

/** A part that may be shared: its name, and one that tells it from others of that name. */
type Named = readonly [name: string, longer: string, part: Part];

const prefixOf = ({ tags }: Part): string => typeName(String((tags as string[] | undefined)?.[0] ?? ''));

const parametersOf = (operation: Part): Named[] =>
  ((operation.parameters ?? []) as Part[]).map((one) => {
    const name = `${typeName(one.name as string)}Parameter`;
    return [name, prefixOf(operation) + name, one];
  });

const responsesOf = ({ responses }: Part): Named[] =>
  (Object.values(responses as Part) as Part[]).map((one) => {
    const name = String(one[RESPONSE] ?? '');
    return [name, name, one];
  });

const examplesOf = (operation: Part): Named[] =>
  isPart(operation.requestBody)
    ? (Object.values(operation.requestBody.content as Part) as Part[]).flatMap(({ examples = {} }) =>
        Object.entries(examples as Part).map(([key, one]): Named => {
          const name = typeName(key);
          return [name, prefixOf(operation) + name, one as Part];
        }),
      )
    : [];

/** The examples of an error response, under its code. */
const problemsOf = (response: unknown): Named[] =>
  (Object.values((response as Part).content as Part) as Part[]).flatMap(({ example }): Named[] => {
    const code = isPart(example) ? example.code : undefined;
    return typeof code === 'string' ? [[typeName(code), typeName(code), { value: example }]] : [];
  });

/** An error response with a reference to its example where others have it too. */
const withProblem = (response: Part, refer: (part: Part) => Part): Part => ({
  ...response,
  content: mapValues(response.content as Part, ({ example, ...media }) => {
    if (!isPart(example)) return media;
    const one = refer({ value: example });
    return '$ref' in one ? { ...media, examples: { [String(example.code)]: one } } : { ...media, example };
  }),
});

/** Those that at least `least` places have become components under their name; where others have it too, under the longer one. */
function hoisted(kind: string, parts: readonly Named[], least: number) {
  const places = Map.groupBy(parts, ([, , part]) => canonical(part));
  const repeated = [...places].filter(([, all]) => all.length >= least);
  const byName = Map.groupBy(repeated, ([, [first]]) => first?.[0]);
  const names = new Map<string, string>();
  const components: Part = {};
  for (const [text, [first]] of repeated) {
    const [short = '', longer = '', part] = first ?? [];
    const name = byName.get(short)?.length === 1 ? short : longer;
    if (name === '' || name in components || part === undefined) continue;
    names.set(text, name);
    components[name] = unmarked(part);
  }
  const refer = (part: Part): Part => {
    const name = names.get(canonical(part));
    return name === undefined ? unmarked(part) : refTo(kind, name);
  };
  return { components, refer };
}

const unmarked = ({ [RESPONSE]: _, ...part }: Part): Part => part;
