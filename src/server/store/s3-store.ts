import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import {
  AbortMultipartUploadCommand,
  type CompletedPart,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  type S3ServiceException,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { probe } from './probe.ts';
import { type Content, type Range, requireKey, type Store, StoreFailure } from './store.ts';

/** Larger objects are sent in parts of this size. */
const PART = 16 * 2 ** 20;
/** S3 takes no more parts of one object. */
const MOST_PARTS = 10_000;
/** Parts on their way at a time. */
const AT_ONCE = 4;
/** How often a request is tried, unless AWS_MAX_ATTEMPTS says otherwise. */
const ATTEMPTS = 8;
/** How often in a row reading is taken up again where a connection broke off. */
const RESUMPTIONS = 5;

type Body = Uint8Array | { readonly file: FileHandle; readonly bytes: number };

/**
 * A store in a bucket of S3, or of what speaks its protocol and has conditional writes (If-None-Match). Credentials, region and endpoint are those of AWS's own
 * variables. An endpoint other than AWS's is addressed with the bucket in the path, because its host rarely has a name for each bucket.
 *
 * @param prefix of all keys: empty, or with a slash at its end
 * @throws StoreFailure if the bucket cannot be read and written, or does not refuse a second object under a key
 */
export async function openS3Store(bucket: string, prefix: string, env = process.env): Promise<Store> {
  const isElsewhere = Boolean(env.AWS_ENDPOINT_URL_S3 || env.AWS_ENDPOINT_URL);
  const region = env.AWS_REGION || env.AWS_DEFAULT_REGION || (isElsewhere ? 'us-east-1' : undefined);
  const client = new S3Client({
    ...(region && { region }),
    forcePathStyle: isElsewhere,
    maxAttempts: Number(env.AWS_MAX_ATTEMPTS) || ATTEMPTS,
    requestHandler: { connectionTimeout: 5000, socketTimeout: 30_000 },
  });
  const place = (key: string) => {
    requireKey(key);
    return { Bucket: bucket, Key: `${prefix}${key}` };
  };

  /** Reads from a place on, and goes on there if the connection breaks off. */
  async function* reading(key: string, first: Readable, { from, to }: Range): AsyncGenerator<Uint8Array> {
    let at = from;
    let body = first;
    for (let left = RESUMPTIONS; ; ) {
      try {
        for await (const piece of body) {
          at += piece.length;
          left = RESUMPTIONS;
          yield piece;
        }
        return;
      } catch (error) {
        if (left-- === 0) throw failure(`${key} cannot be read`, error);
      }
      if (at === to) return;
      const again = await failing(`${key} cannot be read`, () =>
        got(key, { from: at, ...(to !== undefined && { to }) }),
      );
      if (again === undefined) throw new StoreFailure(`${key} was deleted while it was read`);
      body = again;
    }
  }

  const got = async (key: string, { from, to }: Range): Promise<Readable | undefined> => {
    const range = from === 0 && to === undefined ? {} : { Range: `bytes=${from}-${to === undefined ? '' : to - 1}` };
    try {
      return (await client.send(new GetObjectCommand({ ...place(key), ...range }))).Body as Readable;
    } catch (error) {
      if (statusOf(error) === 416) return Readable.from([]); // it ends before the range
      return absent(error);
    }
  };

  const store: Store = {
    name: `s3://${bucket}/${prefix}`,

    put: (key, content) =>
      failing(`${key} cannot be stored`, async () => {
        const to = place(key);
        return opened(content, async (body) => {
          const bytes = 'bytes' in body ? body.bytes : body.length;
          return bytes > PART ? putParts(client, to, body, bytes) : putWhole(client, to, await part(body, 0, bytes));
        });
      }),

    get: (key, range = { from: 0 }) =>
      failing(`${key} cannot be read`, async () => {
        if (range.to !== undefined && range.to <= range.from)
          return (await store.stat(key)) && Readable.from([], { objectMode: false });
        const body = await got(key, range);
        return body && Readable.from(reading(key, body, range), { objectMode: false });
      }),

    stat: (key) =>
      failing(`${key} cannot be read`, async () => {
        const found = await client.send(new HeadObjectCommand(place(key))).catch(absent);
        return found && { key, bytes: found.ContentLength ?? 0, at: found.LastModified?.getTime() ?? 0 };
      }),

    async *list(under) {
      let token: string | undefined;
      do {
        const page = await failing(`${under} cannot be listed`, () =>
          client.send(
            new ListObjectsV2Command({ Bucket: bucket, Prefix: `${prefix}${under}`, ContinuationToken: token }),
          ),
        );
        for (const { Key = '', Size = 0, LastModified } of page.Contents ?? [])
          yield { key: Key.slice(prefix.length), bytes: Size, at: LastModified?.getTime() ?? 0 };
        token = page.NextContinuationToken;
      } while (token !== undefined);
    },

    delete: (key) =>
      failing(`${key} cannot be deleted`, async () => {
        await client.send(new DeleteObjectCommand(place(key)));
      }),
  };
  await probe(store);
  return store;
}

async function putWhole(client: S3Client, to: { Bucket: string; Key: string }, body: Uint8Array): Promise<boolean> {
  const own = createHash('md5').update(body).digest('hex');
  return ifAbsent(client, to, own, () => client.send(new PutObjectCommand({ ...to, Body: body, IfNoneMatch: '*' })));
}

async function putParts(
  client: S3Client,
  to: { Bucket: string; Key: string },
  body: Body,
  bytes: number,
): Promise<boolean> {
  if (await client.send(new HeadObjectCommand(to)).catch(absent)) return false;
  const size = Math.max(PART, Math.ceil(bytes / MOST_PARTS));
  const count = Math.ceil(bytes / size);
  const { UploadId } = await client.send(new CreateMultipartUploadCommand(to));
  const parts: CompletedPart[] = [];
  const digests: Buffer[] = [];
  let next = 0;
  const send = async (): Promise<void> => {
    for (let k = next++; k < count; k = next++) {
      const piece = await part(body, k * size, Math.min(bytes, (k + 1) * size));
      digests[k] = createHash('md5').update(piece).digest();
      const sent = await client.send(new UploadPartCommand({ ...to, UploadId, PartNumber: k + 1, Body: piece }));
      parts[k] = { ...sent, PartNumber: k + 1 };
    }
  };
  let isStored = false;
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, send));
    const own = `${createHash('md5').update(Buffer.concat(digests)).digest('hex')}-${count}`;
    isStored = await ifAbsent(client, to, own, () =>
      client.send(
        new CompleteMultipartUploadCommand({ ...to, UploadId, MultipartUpload: { Parts: parts }, IfNoneMatch: '*' }),
      ),
    );
    return isStored;
  } finally {
    next = count;
    if (!isStored) await client.send(new AbortMultipartUploadCommand({ ...to, UploadId })).catch(() => {});
  }
}

/** How often a write is repeated because another one of the same key was under way. */
const CONFLICTS = 5;

/**
 * Runs a conditional write. @returns false if the key is taken: unless by this very write, whose answer was lost and which was then repeated
 * @param own the ETag of what is written
 */
async function ifAbsent(
  client: S3Client,
  to: { Bucket: string; Key: string },
  own: string,
  write: () => Promise<unknown>,
): Promise<boolean> {
  for (let conflicts = 0; ; conflicts++) {
    try {
      await write();
      return true;
    } catch (error) {
      const status = statusOf(error);
      if (status === 409 && conflicts < CONFLICTS) continue;
      const isRepeated = ((error as S3ServiceException).$metadata?.attempts ?? 1) > 1;
      if (status !== 412 && !(status === 404 && isRepeated)) throw error; // a repeated completion finds no upload any more
      if (!isRepeated) return false;
      const found = await client.send(new HeadObjectCommand(to)).catch(absent);
      if (found === undefined) throw error;
      return found.ETag === `"${own}"`;
    }
  }
}

async function opened<T>(content: Content, use: (body: Body) => Promise<T>): Promise<T> {
  if (!('file' in content)) return use(content);
  const file = await open(content.file);
  try {
    return await use({ file, bytes: (await file.stat()).size });
  } finally {
    await file.close();
  }
}

async function part(body: Body, from: number, to: number): Promise<Uint8Array> {
  if (!('file' in body)) return body.subarray(from, to);
  const piece = Buffer.allocUnsafe(to - from);
  for (let at = 0; at < piece.length; ) {
    const { bytesRead } = await body.file.read(piece, at, piece.length - at, from + at);
    if (bytesRead === 0) throw new StoreFailure('the file was truncated while it was stored');
    at += bytesRead;
  }
  return piece;
}

const statusOf = (error: unknown): number | undefined => (error as S3ServiceException).$metadata?.httpStatusCode;

/** An absent object is not a failure; an absent bucket is. */
function absent(error: unknown): undefined {
  if (statusOf(error) !== 404 || (error as Error).name === 'NoSuchBucket') throw error;
}

function failure(what: string, error: unknown): unknown {
  if (error instanceof StoreFailure || error instanceof RangeError) return error;
  const { name, message } = error as Error;
  const status = statusOf(error);
  // An answer without a body, such as that of a proxy, has no name either.
  const said = /^(Error|Unknown|UnknownError)$/.test(name) ? message : `${name}: ${message}`;
  const why = /^Unknown(Error)?$/.test(said) && status ? `the server answered ${status}` : said;
  return new StoreFailure(`${what}: ${why}`, { cause: error });
}

async function failing<T>(what: string, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    throw failure(what, error);
  }
}
