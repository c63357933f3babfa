import { Problem, pointer } from '../http/errors.ts';

/** What makes an .npz, or one array of it, unreadable. Messages of libraries may quote the file: they are cut. */
export function malformed(message: string, name?: string): Problem {
  const detail = message.slice(0, 300);
  if (name === undefined) return new Problem('malformed_npz', `the .npz file cannot be read: ${detail}`);
  return new Problem('malformed_npz', `body/${name}: ${detail}`, { errors: [{ pointer: pointer([name]), detail }] });
}
