import { isIP } from 'node:net';
import { availableParallelism, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { readKeyFile } from './keys/file.ts';

const count = (fallback: number, meaning: string, min = 1) =>
  z.coerce.number().int().min(min).default(fallback).describe(meaning);

const list = (meaning: string) =>
  z
    .string()
    .default('')
    .transform((text) =>
      text
        .split(',')
        .map((part) => part.trim())
        .filter((part) => part !== ''),
    )
    .describe(meaning);

/** The memory of the machine or of the container, whichever is less. */
const physicalMemory = (): number => Math.min(process.constrainedMemory() || Number.POSITIVE_INFINITY, totalmem());

/** The rest is for the process itself and its threads, and for what waits to be collected. */
const IN_FLIGHT_PART = 0.5;
/** What a default of DATASET_CACHE_BYTES takes of MAX_MEMORY_BYTES at most. */
const CACHE_PART = 0.25;

/** Variables whose value must not appear in any message. */
const SECRET: readonly string[] = ['API_KEYS', 'DATABASE_URL'];

/** An address, a network such as 10.0.0.0/8, or one of the network names of @fastify/proxy-addr. */
function isNetwork(text: string): boolean {
  if (['loopback', 'linklocal', 'uniquelocal'].includes(text)) return true;
  const [, address = '', bits] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  return isIP(address) > 0 && Number(bits ?? 0) <= (isIP(address) === 4 ? 32 : 128);
}

const schema = z.object({
  HOST: z.string().min(1).default('127.0.0.1').describe('Address to listen on'),
  PORT: z.coerce.number().int().min(0).max(65535).default(8080).describe('Port to listen on; 0 picks a free one'),
  WORKERS: count(availableParallelism(), 'Worker threads; by default one per core'),
  MAX_CONNECTIONS: count(
    2000,
    'Maximum open connections; beyond that, new ones are closed without a response, and idle ones are closed to make room',
  ),
  MAX_QUEUE: count(
    100_000_000_000,
    'Cells that may wait for a worker, each request counting as at least a 4000th of them; beyond that, requests get 503. Long requests of one caller may fill three quarters of what others leave',
    0,
  ),
  MAX_BODY_BYTES: count(64 * 2 ** 20, 'Largest request body in bytes'),
  MAX_CELLS: count(
    50_000_000_000,
    'Largest request in cells, roughly nanoseconds of one thread; docs/operations.md says how they are counted',
  ),
  MAX_ARRAY_BYTES: count(
    2 ** 30,
    'Maximum memory of one request for its tables and the numbers of its response, in addition to its body',
  ),
  MAX_MEMORY_BYTES: count(
    Math.floor(IN_FLIGHT_PART * physicalMemory()),
    'Memory that requests in flight may take together, from the first byte received to the last byte sent, and stored data sets with them; by default half of what the machine or the container has',
    2 ** 24,
  ),
  RECEIVE_TIMEOUT_MS: count(30_000, 'Time allowed for a request to arrive, headers and body; then 408'),
  REQUEST_TIMEOUT_MS: count(
    30_000,
    'Time allowed to compute a request once it has arrived, including waiting; then 504',
  ),
  WRITE_TIMEOUT_MS: count(30_000, 'Time after which a reader that takes nothing of its response is cut off'),
  MAX_EVENT_LOOP_DELAY_MS: count(1000, 'Event-loop delay beyond which new requests get 503; 0 means no limit', 0),
  SHUTDOWN_TIMEOUT_MS: count(30_000, 'Time allowed for running requests to finish after SIGTERM'),
  API_KEYS: list(
    'Keys that callers send as Authorization: Bearer KEY, separated by commas; if empty, and without API_KEYS_FILE, no key is required',
  ).refine(
    (keys) => keys.every((key) => /^[!-~]+$/.test(key)),
    'a key must be visible ASCII characters, without spaces',
  ),
  API_KEYS_FILE: z
    .string()
    .optional()
    .transform((path, { addIssue }) => {
      try {
        return path === undefined ? [] : readKeyFile(path);
      } catch (error) {
        addIssue((error as Error).message);
        return z.NEVER;
      }
    })
    .describe('File of further keys, each with a name, a rate limit and a share of the workers (docs/operations.md)'),
  METRICS_OPEN: z.stringbool().default(true).describe('Whether /metrics is open without a key'),
  RATE_LIMIT_PER_MINUTE: count(
    0,
    'Requests per minute for each key, and for each address that sends no key or a wrong one; 0 means no limit',
    0,
  ),
  TRUST_PROXY: list(
    'Proxies whose X-Forwarded-For is trusted: addresses, networks, loopback, linklocal or uniquelocal, separated by commas',
  ).refine((proxies) => proxies.every(isNetwork), 'must be addresses, networks such as 10.0.0.0/8, or their names'),
  CORS_ORIGINS: list('Origins whose pages may call the service, separated by commas'),
  MCP: z
    .stringbool()
    .default(false)
    .describe('Whether POST /mcp serves the operations as tools of the Model Context Protocol'),
  STORE_URL: z
    .string()
    .regex(/^(file:.|s3:\/\/[^/])/, 'must be file: and a directory, or s3://bucket/prefix')
    .default('file:data')
    .describe(
      "Where data sets and job results are stored: file: and a directory, or s3://bucket/prefix (docs/operations.md says which of AWS's variables apply)",
    ),
  STORE_CACHE: z
    .string()
    .min(1)
    .default(join(tmpdir(), 'warpserve-cache'))
    .describe(
      'Directory for data sets that were read from a bucket, and envelopes of them, by digest; processes may share it',
    ),
  STORE_CACHE_BYTES: count(10 * 2 ** 30, 'Largest size of that directory in bytes; 0 means no such cache', 0),
  MAX_DATASET_BYTES: count(2 ** 30, 'Largest upload of a data set, and largest size of its values, in bytes'),
  DATASET_CACHE_BYTES: count(
    2 ** 30,
    'Bytes of stored data sets to keep in memory, the most recently used; by default at most a quarter of MAX_MEMORY_BYTES',
    0,
  ),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must be postgresql://...')
    .optional()
    .describe('PostgreSQL for jobs, as postgresql://user:password@host/database; without it, an embedded one is used'),
  JOBS: z
    .enum(['both', 'serve', 'compute'])
    .default('both')
    .describe(
      'What the process does: both, or only serve requests and leave jobs to workers, or only compute jobs, as `npm run worker` does. The latter two need DATABASE_URL',
    ),
  MAX_JOB_CELLS: count(1e16, 'Largest job in cells'),
  TILE_MS: count(10_000, 'Target time for a tile of a job on one thread'),
  JOB_TTL: count(7 * 24 * 3600, 'Seconds for which jobs and their results are kept after they end'),
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .url()
    .optional()
    .describe(
      'Where to send OpenTelemetry traces by OTLP over HTTP, such as http://collector:4318; without it, none are made',
    ),
  OTEL_SERVICE_NAME: z.string().min(1).default('warpserve').describe('Name of the service in traces'),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
    .default('info')
    .describe('Lowest level to log'),
  TFJS_ENGINE: z
    .enum(['auto', 'node', 'cpu'])
    .default('auto')
    .describe(
      'TensorFlow.js engine: native (node), pure JavaScript (cpu), or native if its binary is installed (auto)',
    ),
});

/** The configuration, as read once from the environment. */
export type Config = Readonly<z.output<typeof schema>>;

/**
 * Reads the configuration from environment variables. An empty variable counts as absent.
 *
 * @throws Error with one line that names the first invalid variable
 */
export function readConfig(env: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const result = schema.safeParse(given);
  if (result.success) return shared(fitting(result.data, given));
  const issue = result.error.issues[0] as z.core.$ZodIssue;
  const name = String(issue.path[0]);
  throw new Error(`${name}${SECRET.includes(name) ? '' : `=${env[name]}`}: ${issue.message}`);
}

/** @throws Error where jobs are for other processes, which cannot know of them */
function shared(config: Config): Config {
  if (config.JOBS === 'both' || config.DATABASE_URL !== undefined) return config;
  throw new Error(`JOBS=${config.JOBS}: needs DATABASE_URL, where processes share jobs`);
}

/** Kept data sets are a part of the memory. @throws Error where more than all of it is given to them */
function fitting(config: Config, given: Record<string, string | undefined>): Config {
  const { MAX_MEMORY_BYTES: all, DATASET_CACHE_BYTES: cache } = config;
  if (given.DATASET_CACHE_BYTES === undefined) {
    return { ...config, DATASET_CACHE_BYTES: Math.min(cache, Math.floor(CACHE_PART * all)) };
  }
  if (cache <= all) return config;
  throw new Error(`DATASET_CACHE_BYTES=${cache}: stored data sets are a part of MAX_MEMORY_BYTES, which is ${all}`);
}

/** Defaults that depend on the machine, in words. */
const OF_THE_MACHINE: Readonly<Record<string, string>> = {
  WORKERS: 'cores',
  MAX_MEMORY_BYTES: 'half of the memory',
  STORE_CACHE: 'warpserve-cache in the directory for temporary files',
};

/** Every variable with its default and meaning, for the documentation. */
export const configTable: readonly { name: string; fallback: string; meaning: string }[] = Object.entries(
  schema.shape,
).map(([name, field]) => ({
  name,
  fallback: OF_THE_MACHINE[name] ?? (String(field.parse(undefined) ?? '') || 'none'),
  meaning: field.description ?? '',
}));
