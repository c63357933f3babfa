import { randomBytes } from 'node:crypto';
import type { Attack } from '../attack.ts';
import { flood, listed } from '../flood.ts';

const LIMIT = 60;

/** A new Authorization header each time, on a service without keys: is each a new caller? */
export const attack: Attack = {
  name: 'a random Authorization header each time',
  held: 'requests let in of one address',
  limit: `<= ${LIMIT} a minute`,
  env: { RATE_LIMIT_PER_MINUTE: String(LIMIT), API_KEYS: 'the-only-key' },
  authorization: 'Bearer the-only-key',
  async run({ url }, size) {
    const sent = (k: number) => ['Bearer ', 'Basic ', ''][k % 3] + randomBytes(12).toString('base64url');
    const answers = await flood(url, Math.ceil(5000 * size), (k) => ({
      path: '/dtw',
      headers: { authorization: sent(k) },
      body: '{}',
    }));
    const letIn = (answers.statuses.get(401) ?? 0) + (answers.statuses.get(400) ?? 0);
    return { measured: listed(answers), held: letIn <= LIMIT * answers.minutes && answers.statuses.size === 2 };
  },
};
