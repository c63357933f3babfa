import { FULL_ONLY } from './json-only.ts';
import { canonical, isPart, isSame, mapParts, type Part, refTo, typeName } from './walk.ts';

/** What may differ between the places where a schema is used. */
const BESIDE = ['description', 'default', FULL_ONLY];

/** A place where a schema with a name is used. */
interface Use {
  /** Whether the name was given, not taken from the property. */
  readonly given: boolean;
  readonly core: Part;
  readonly beside: Part;
}

/**
 * Moves schemas with an `x-name`, and enums, which have the name of their property, to `components/schemas`: equal ones once.
 * Responses of one name that differ become one: a property that some of them lack is optional.
 *
 * @throws Error if schemas of requests that differ have one name
 */
export function named(document: Part): Part {
  const uses = new Map<string, Use[]>();
  const marked = mapParts(document, (part, key) => {
    const name = nameOf(part, key);
    if (name === undefined) return part;
    const { 'x-name': _, ...schema } = part;
    const core = Object.fromEntries(Object.entries(schema).filter(([one]) => !BESIDE.includes(one)));
    const beside = Object.fromEntries(Object.entries(schema).filter(([one]) => BESIDE.includes(one)));
    uses.set(name, [...(uses.get(name) ?? []), { given: part['x-name'] !== undefined, core, beside }]);
    return { $ref: `${NAMED}${name}`, beside };
  }) as Part;
  const aliases = aliasesOf(uses);
  const schemas: Part = {};
  for (const [name, all] of uses) {
    if (!aliases.has(name))
      schemas[name] = {
        ...shared(all),
        ...all
          .map(({ core }) => core)
          .reduce(
            merged(
              name,
              all.every(({ given }) => given),
            ),
          ),
      };
  }
  const referring = mapParts({ ...marked, schemas }, (part) => {
    const { $ref, beside, ...rest } = part;
    if (typeof $ref !== 'string' || !$ref.startsWith(NAMED)) return part;
    const own = $ref.slice(NAMED.length);
    const name = aliases.get(own) ?? own;
    const common = shared(uses.get(name) as Use[]);
    const different = Object.entries(beside as Part).filter(([key, value]) => !isSame(common[key], value));
    return { ...rest, ...refTo('schemas', name), ...Object.fromEntries(different) };
  }) as Part & { schemas: Part };
  const { schemas: found, ...whole } = referring;
  const components = whole.components as Part;
  return { ...whole, components: { ...components, schemas: { ...(components.schemas as Part), ...found } } };
}

const NAMED = 'named:';

function nameOf(part: Part, key: string): string | undefined {
  if (typeof part['x-name'] === 'string') return part['x-name'];
  return Array.isArray(part.enum) && part.type === 'string' && key !== 'schema' ? typeName(key) : undefined;
}

/** What all uses say alike; of the descriptions, the most frequent. */
function shared(uses: readonly Use[]): Part {
  const all = uses.map(({ beside }) => beside);
  const found: Part = {};
  for (const key of BESIDE) {
    const groups = [...Map.groupBy(all, (one) => canonical(one[key] ?? null)).values()];
    const [most] = groups.filter(([one]) => one?.[key] !== undefined).toSorted((a, b) => b.length - a.length);
    if (most !== undefined && (key === 'description' || most.length === all.length)) found[key] = most[0]?.[key];
  }
  return found;
}

/** Requests that are equal have the shortest of their names. */
function aliasesOf(uses: ReadonlyMap<string, readonly Use[]>): Map<string, string> {
  const requests = [...uses.keys()].filter((name) => name.endsWith('Request'));
  const groups = Map.groupBy(requests, (name) => canonical((uses.get(name) as Use[])[0]?.core));
  const aliases = new Map<string, string>();
  for (const names of groups.values()) {
    const [first, ...others] = names.toSorted((a, b) => a.length - b.length || (a < b ? -1 : 1)) as [string];
    for (const name of others as string[]) aliases.set(name, first);
  }
  return aliases;
}

/** One schema for several of a name: of responses, one that allows what either allows. */
const merged =
  (name: string, given: boolean) =>
  (a: Part, b: Part): Part => {
    const both = isSame(a, b) ? a : name.endsWith('Request') || !given ? undefined : either(a, b);
    if (both === undefined) throw new Error(`the document has two schemas ${name}: ${canonical(a)} ${canonical(b)}`);
    return both;
  };

/** Two enums, or two objects whose common properties go together; undefined for anything else. */
function either(a: Part, b: Part): Part | undefined {
  if (isSame(withoutProse(a), withoutProse(b))) return isDescribed(b) ? b : a;
  if (Array.isArray(a.enum) && Array.isArray(b.enum)) return { ...a, enum: [...new Set([...a.enum, ...b.enum])] };
  if (!isPart(a.properties) || !isPart(b.properties)) return undefined;
  const properties: Part = { ...a.properties, ...b.properties };
  for (const key of Object.keys(a.properties).filter((one) => one in (b.properties as Part))) {
    properties[key] = either(a.properties[key] as Part, b.properties[key] as Part);
    if (properties[key] === undefined) return undefined;
  }
  const required = ((a.required ?? []) as string[]).filter((key) => ((b.required ?? []) as string[]).includes(key));
  return { ...a, properties, required };
}

/** What a schema is, whatever is said about it. */
const withoutProse = ({ description: _, beside: __, ...rest }: Part): Part => rest;

const isDescribed = ({ description, beside }: Part): boolean =>
  (description ?? (beside as Part | undefined)?.description) !== undefined;
