import type { Attack } from '../attack.ts';
import { flood, listed } from '../flood.ts';

const LIMIT = 40;
const paths = ['/openapi.json', '/docs/json', '/capabilities', '/errors', '/', '/nowhere', '/%ff'];

/** What needs no key, again and again. */
export const attack: Attack = {
  name: 'documents, the page and unknown paths in turn',
  held: 'requests answered with more than a 429',
  limit: `<= ${LIMIT} a minute in all`,
  env: { RATE_LIMIT_PER_MINUTE: String(LIMIT), API_KEYS: 'the-only-key' },
  authorization: 'Bearer the-only-key',
  async run({ url }, size) {
    const answers = await flood(url, Math.ceil(4000 * size), (k) => ({ path: paths[k % paths.length] as string }));
    const all = [...answers.statuses.values()].reduce((sum, count) => sum + count, 0);
    return { measured: listed(answers), held: all - (answers.statuses.get(429) ?? 0) <= LIMIT * answers.minutes };
  },
};
