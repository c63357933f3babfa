/** A reference to a data set: its name, and which of its contents, if not the newest. */
export interface Reference {
  readonly name: string;
  readonly digest?: string;
}

const REFERENCE = /^([A-Za-z0-9._-]{1,128})(?:@(sha256:[0-9a-f]{64}))?$/;

/** Reads `name` or `name@sha256:...`; undefined for any other text. */
export function readReference(text: string): Reference | undefined {
  const [, name, digest] = REFERENCE.exec(text) ?? [];
  return name === undefined ? undefined : { name, ...(digest !== undefined && { digest }) };
}
