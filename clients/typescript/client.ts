import createFetchClient, { type Client } from 'openapi-fetch';
import type { components, paths } from './schema.d.ts';

/** The client speaks JSON; the service also speaks NumPy's formats. */
type Json = 'application/json' | 'application/problem+json';

/** A typed client: `client.POST('/dtw', { body: { s1, s2 } })` resolves to `{ data, error, response }`. */
export type WarpserveClient = Client<Direct<paths>, Json>;

/** Paths without the 202 that only `Prefer: respond-async` gets: so `data` is the result. */
type Direct<P> = {
  [Path in keyof P]: {
    [Method in keyof P[Path]]: P[Path][Method] extends { responses: infer R }
      ? Omit<P[Path][Method], 'responses'> & { responses: Omit<R, 202> }
      : P[Path][Method];
  };
};

/** The body of every error: `application/problem+json`, RFC 9457. */
export type Problem = components['schemas']['Problem'];

/** The response of `GET /capabilities`. */
export type Capabilities = paths['/capabilities']['get']['responses'][200]['content']['application/json'];

/**
 * A client of the service at `baseUrl`. Paths, bodies, flags and responses are typed from the OpenAPI document.
 *
 * @param key one of the service's API_KEYS, if it has any
 */
export function createClient(baseUrl = 'http://127.0.0.1:8080', key?: string): WarpserveClient {
  return createFetchClient<Direct<paths>, Json>({
    baseUrl,
    ...(key && { headers: { authorization: `Bearer ${key}` } }),
  });
}
