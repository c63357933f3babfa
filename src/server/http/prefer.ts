/** What a `Prefer` header asks for (RFC 7240), by name; a preference without a value is an empty text. */
export function preferences(header: string | string[] | undefined): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const part of [header ?? []].flat().join(',').split(',')) {
    const [, name, value = ''] = /^\s*([!#$%&'*+.^_`|~\w-]+)\s*(?:=\s*("[^"]*"|[^\s;]*))?/.exec(part) ?? [];
    if (name !== undefined && !found.has(name.toLowerCase()))
      found.set(name.toLowerCase(), value.replace(/^"|"$/g, ''));
  }
  return found;
}
