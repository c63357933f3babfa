import { Problem, pointer } from '../http/errors.ts';

/** The error for an unreadable .npz, or one array of it. Messages of libraries may quote the file, so they are truncated. */
export function malformed(message: string, name?: string): Problem {
  const detail = message.slice(0, 300);
  if (name === undefined) return new Problem('malformed_npz', `the .npz file cannot be read: ${detail}`);
  return new Problem('malformed_npz', `body/${name}: ${detail}`, { errors: [{ pointer: pointer([name]), detail }] });
}
