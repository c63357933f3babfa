import { mapOperations, operationsOf } from './operations.ts';
import type { Part } from './walk.ts';

/** A tag that has fewer operations says nothing that they do not say. */
const MANY = 5;

/**
 * The tags of operations on metrics, before the other ones: what they say alike of every metric stands in the description of the tag, and with
 * `once` only there.
 */
export function withTags(document: Part, once: boolean): Part {
  const given = document.tags as Part[];
  const byTag = Map.groupBy(operationsOf(document), ({ tags }) => (tags as string[])[0] as string);
  const own = [...byTag].filter(([name]) => !given.some((tag) => tag.name === name));
  const said = new Map(own.map(([name, operations]) => [name, saidByAll(operations)]));
  const tags = own.map(([name, operations]) => ({
    name,
    description: [meaningOf(operations), ...(said.get(name) as string[])].join(' '),
    'x-metrics': true,
  }));
  const whole = { ...document, tags: [...tags, ...given] };
  if (!once) return whole;
  return mapOperations(whole, (operation) => {
    const common = said.get((operation.tags as string[])[0] as string) ?? [];
    if (common.length === 0) return operation;
    const left = sentencesOf(operation).filter((one) => !common.includes(one.trim()));
    return { ...operation, description: left.join('').trim() };
  });
}

/** The sentences that the descriptions of all of them have. */
function saidByAll(operations: readonly Part[]): string[] {
  const [first, ...others] = operations.map((one) => sentencesOf(one).map((sentence) => sentence.trim()));
  return others.length + 1 < MANY
    ? []
    : (first ?? []).filter((one) => one !== '' && others.every((each) => each.includes(one)));
}

/** The sentences of a description, each with the space after it. */
const sentencesOf = ({ description = '' }: Part): string[] => String(description).split(/(?<=[.:]\s+)(?=[A-Z`\s])/);

/** What the operations of a tag return. */
function meaningOf(operations: readonly Part[]): string {
  const [{ responses }] = operations as [{ responses: { 200: { description: string } } }];
  return `${responses[200].description}.`;
}
