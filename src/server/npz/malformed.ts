import { Problem, pointer } from '../http/errors.ts';

/** The error for an unreadable .npz, or one array of it. Messages of libraries may quote the file, so they are truncated. */
export function malformed(message: string, name?: string): Problem {
  const detail = message.slice(0, 300);
  if (name === undefined) return new Problem('malformed_npz', `the .npz file cannot be read: ${detail}`);
  return new Problem('malformed_npz', `body/${name}: ${detail}`, { errors: [{ pointer: pointer([name]), detail }] });
}

/** What a file that is not an .npz is, by its first bytes, and what to do; undefined if it might be one. */
export function otherThanZip(bytes: Uint8Array): string | undefined {
  const start = Buffer.from(bytes.subarray(0, 6)).toString('latin1');
  if (/^\s*[{[]/.test(start)) return 'it is JSON: send it with content-type: application/json';
  if (start === '\x93NUMPY')
    return 'it is a single array (.npy) without a name: send numpy.savez("x.npz", s1=..., s2=...)';
  return start.startsWith('\x1f\x8b') ? 'it is compressed: add content-encoding: gzip' : undefined;
}
