/** Licences under which a package may be shipped with an Apache-2.0 service: permissive ones that ask for no more than their notice. */
const ALLOWED: ReadonlySet<string> = new Set([
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'Python-2.0',
  'Unlicense',
  'Zlib',
]);

/** A package as `npm sbom --sbom-format=cyclonedx` has it. */
interface Component {
  readonly name: string;
  readonly version: string;
  readonly licenses?: readonly { readonly expression?: string; readonly license?: { id?: string; name?: string } }[];
}

/** How many packages are under each licence, the most frequent first; and those under one that is not allowed, or under none. */
export function licencesOf(components: readonly Component[]): { counts: [string, number][]; refused: string[] } {
  const of = ({ licenses = [] }: Component) =>
    licenses.map(({ expression, license }) => expression ?? license?.id ?? license?.name ?? '').join(' AND ') || 'none';
  const groups = Map.groupBy(components, of);
  const counts = [...groups].map(([licence, some]): [string, number] => [licence, some.length]);
  const refused = components
    .filter((one) => !isAllowed(of(one)))
    .map((one) => `${one.name}@${one.version}: ${of(one)}`);
  return { counts: counts.sort(([, a], [, b]) => b - a), refused };
}

/** Whether every licence in an SPDX expression is allowed, including all alternatives, so that no choice is needed. */
const isAllowed = (expression: string): boolean =>
  expression.split(/[\s()]+|\bAND\b|\bOR\b/).every((id) => id === '' || ALLOWED.has(id));
