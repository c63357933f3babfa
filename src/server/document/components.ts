import { isSame, mapParts, type Part } from './walk.ts';

/**
 * Keeps the components that something refers to, in the order of their names. The schemas of the routes are written twice, X for responses and
 * XInput for requests: where both are equal, or only the second is used, it has the plain name.
 */
export function tidy(document: Part): Part {
  const { schemas = {} } = document.components as { schemas?: Part };
  const used = usedIn(document);
  const plain = (name: string) => {
    const short = name.replace(/Input$/, '');
    return used.has(`schemas/${short}`) && !isSame(renamed(schemas[short]), renamed(schemas[name])) ? name : short;
  };
  const kinds = Object.entries(document.components as Record<string, Part>).map(([kind, all]) => {
    const kept = Object.keys(all)
      .filter((name) => kind === 'securitySchemes' || used.has(`${kind}/${name}`))
      .sort()
      .map((name) => [kind === 'schemas' ? plain(name) : name, all[name]] as const);
    return [kind, Object.fromEntries(kept)] as const;
  });
  const components = Object.fromEntries(kinds.filter(([, all]) => Object.keys(all).length > 0));
  return mapParts({ ...document, components }, (part) => {
    if (typeof part.$ref !== 'string') return part;
    return { ...part, $ref: part.$ref.replace(/(?<=^#\/components\/schemas\/).+$/, plain) };
  }) as Part;
}

const renamed = (schema: unknown): unknown =>
  mapParts(schema, ({ $ref, ...rest }) =>
    typeof $ref === 'string' ? { ...rest, $ref: $ref.replace(/Input$/, '') } : rest,
  );

/** The components that the paths refer to, directly or through others: `schemas/Problem`. */
function usedIn({ paths, components }: Part): ReadonlySet<string> {
  const used = new Set<string>();
  const collect = (part: unknown): void => {
    for (const [, kind = '', name = ''] of JSON.stringify(part ?? null).matchAll(/"#\/components\/(\w+)\/([^"]+)"/g)) {
      if (used.has(`${kind}/${name}`)) continue;
      used.add(`${kind}/${name}`);
      collect((components as Record<string, Part>)[kind]?.[name]);
    }
  };
  collect(paths);
  return used;
}
