import type { Attack } from '../attack.ts';
import { flood, listed } from '../flood.ts';

const LIMIT = 20;

/** A right key, spelled otherwise each time. */
export const attack: Attack = {
  name: 'a right key behind 2, 3, ... spaces',
  held: 'requests computed',
  limit: '0: it is no key',
  env: { RATE_LIMIT_PER_MINUTE: String(LIMIT), API_KEYS: 'the-only-key' },
  authorization: 'Bearer the-only-key',
  async run({ url }, size) {
    const body = '{"s1":[1,2,3],"s2":[3,4,-3]}';
    const sent = (k: number) => `Bearer${' '.repeat(2 + k)}the-only-key`;
    const answers = await flood(url, Math.ceil(1000 * size), (k) => ({
      path: '/dtw',
      headers: { authorization: sent(k) },
      body,
    }));
    return { measured: listed(answers), held: !answers.statuses.has(200) && answers.statuses.size === 2 };
  },
};
