import type { Attack } from '../attack.ts';
import { flood, listed } from '../flood.ts';
import { serves } from '../judge.ts';

const LIMIT = 30;

/** Wrong keys as fast as they go: they run into the limit, and whoever has a right one does not notice. */
export const attack: Attack = {
  name: 'wrong keys as fast as they go',
  held: 'keys looked at of one address; a right key from the same address meanwhile',
  limit: `<= ${LIMIT} a minute; served each time`,
  env: { RATE_LIMIT_PER_MINUTE: String(LIMIT), API_KEYS: 'the-only-key' },
  authorization: 'Bearer the-only-key',
  async run({ url }, size) {
    const guess = (k: number) => ({ path: '/dtw', headers: { authorization: `Bearer guess-${k}` }, body: '{}' });
    const guesses = flood(url, Math.ceil(8000 * size), guess, 32);
    let served = 0;
    for (let k = 0; k < 5; k++) if (await serves(url, 'Bearer the-only-key')) served++;
    const answers = await guesses;
    return {
      measured: `${listed(answers)}; served ${served} of 5`,
      held: (answers.statuses.get(401) ?? 0) <= LIMIT * answers.minutes && answers.statuses.size === 2 && served === 5,
    };
  },
};
