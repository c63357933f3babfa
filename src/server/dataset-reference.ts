/** How a data set is referred to: the patterns are written here only. */
const NAME = '[A-Za-z0-9._-]{1,128}';
const DIGEST = 'sha256:[0-9a-f]{64}';

/** The name of a stored data set. */
export const namePattern = new RegExp(`^${NAME}$`);
/** What its content is known by. */
export const digestPattern = new RegExp(`^${DIGEST}$`);
/** `name` or `name@sha256:...`. */
export const referencePattern = new RegExp(`^${NAME}(@${DIGEST})?$`);

/** The pattern of a name in words. */
export const NAME_IN_WORDS = '1 to 128 characters of a-z A-Z 0-9 . _ -';

/** A reference to a data set: its name, and which of its contents, if not the newest. */
export interface Reference {
  readonly name: string;
  readonly digest?: string;
}

/** Reads `name` or `name@sha256:...`; undefined for any other text. */
export function readReference(text: string): Reference | undefined {
  if (!referencePattern.test(text)) return undefined;
  const [name, digest] = text.split('@') as [string, string | undefined];
  return { name, ...(digest !== undefined && { digest }) };
}
