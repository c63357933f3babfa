import type { z } from 'zod';
import { nearestName } from '../../core/server-door.ts';

/** How many places an error lists; a body can be wrong in a million. */
export const MAX_PLACES = 20;

/** How much of a caller's text an error repeats. */
const MOST_SHOWN = 60;

/** A text from the caller in quotes, truncated, so that an error stays on one line. */
export const shown = (text: string): string =>
  JSON.stringify(text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}...` : text);

/** An object schema's message for unknown keys: one line for each of the first ones, which are all that is listed. */
export const eachUnknown =
  (says: (key: string) => string): z.core.$ZodErrorMap =>
  (issue) =>
    issue.code === 'unrecognized_keys' ? (issue.keys as string[]).slice(0, MAX_PLACES).map(says).join('\n') : undefined;

/** The message for each key of an issue: a line of its message, if the schema has its own; otherwise which of the `known` ones is close. */
export function linesOfUnknown(
  { keys, message }: z.core.$ZodIssueUnrecognizedKeys,
  known: readonly string[],
): string[] {
  const lines = message.startsWith('Unrecognized key') ? [] : message.split('\n');
  return keys.map((key, at) => {
    const near = at < MAX_PLACES ? nearestName(key, known) : undefined;
    return lines[at] ?? `unknown field ${shown(key)}${near === undefined ? '' : `: did you mean "${near}"?`}`;
  });
}
