import { createHash, timingSafeEqual } from 'node:crypto';
import type { FileKey } from './file.ts';

/** A key that callers may send. Only its digest is kept in memory. */
export interface Key {
  /** The first 16 hex digits of the digest. */
  readonly id: string;
  /** SHA-256 of the key. */
  readonly digest: Buffer;
  /** Its name in the file of keys. */
  readonly name?: string;
  /** Requests per minute; 0: no limit. */
  readonly perMinute: number;
  /** Its weight among callers waiting for workers. */
  readonly share: number;
}

/** The configuration of keys. */
interface Settings {
  readonly API_KEYS: readonly string[];
  readonly API_KEYS_FILE: readonly FileKey[];
  readonly RATE_LIMIT_PER_MINUTE: number;
}

/** The keys of `API_KEYS` and `API_KEYS_FILE`. */
export function keysOf({ API_KEYS, API_KEYS_FILE, RATE_LIMIT_PER_MINUTE }: Settings): Key[] {
  const plain = API_KEYS.map((key) => ({ digest: digestOf(key), perMinute: RATE_LIMIT_PER_MINUTE, share: 1 }));
  const filed = API_KEYS_FILE.map(
    ({ name, sha256, requests_per_minute: perMinute = RATE_LIMIT_PER_MINUTE, share }) => ({
      digest: Buffer.from(sha256, 'hex'),
      name,
      perMinute,
      share,
    }),
  );
  return [...plain, ...filed].map((key) => ({ ...key, id: key.digest.toString('hex').slice(0, 16) }));
}

/** What follows `Bearer` and one space; undefined if the header is anything else. */
export const bearerToken = (authorization: string | undefined): string | undefined =>
  /^Bearer ([!-~]+)$/.exec(authorization ?? '')?.[1];

/** Which of the keys a token is. Compares with every one, so that timing does not reveal which. */
export function keyOf(token: string, keys: readonly Key[]): Key | undefined {
  const digest = digestOf(token);
  let found: Key | undefined;
  for (const key of keys) if (timingSafeEqual(key.digest, digest)) found = key;
  return found;
}

const digestOf = (key: string): Buffer => createHash('sha256').update(key).digest();
