import type { Attack } from '../attack.ts';
import { starve } from '../starve.ts';

/** From the same address, with another key. */
export const attack: Attack = {
  name: 'the heaviest requests over 32 connections, with one key',
  held: "p99 of another key's dtw of 1000 steps",
  limit: '5 times what it is alone, and 5 ms',
  env: { API_KEYS: 'honest,hostile', WORKERS: '2', MAX_EVENT_LOOP_DELAY_MS: '0' },
  authorization: 'Bearer honest',
  run: ({ url }, size) => starve(url, { authorization: 'Bearer honest' }, { authorization: 'Bearer hostile' }, size),
};
