import type { Attack } from '../attack.ts';
import { starve } from '../starve.ts';

/** Without keys, from another address. */
export const attack: Attack = {
  name: 'the heaviest requests over 32 connections, from one address',
  held: "p99 of another address's dtw of 1000 steps",
  limit: '5 times what it is alone, and 5 ms',
  env: { WORKERS: '2', MAX_EVENT_LOOP_DELAY_MS: '0' },
  run: ({ url }, size) => starve(url, { localAddress: '127.0.0.1' }, { localAddress: '127.0.0.2' }, size),
};
