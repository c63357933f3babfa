import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Client, type Outcome, quantile } from '../soak/client.ts';
import type { Seen } from './attack.ts';
import { ask, pair } from './heaviest.ts';

/** What a pair may take beside five times what it takes alone: a piece of a matrix. */
const TILE_MS = 5;

/** In the short form, on machines that do other things too: without fairness a pair waits for the time-out of what came before it. */
const SHORT_MS = 3000;

const keepStarving = fileURLToPath(new URL('keep-starving.ts', import.meta.url));

/** Who asks, as the service tells callers apart: the key, or the address. */
export interface Side {
  readonly authorization?: string;
  readonly localAddress?: string;
}

/** One caller keeps asking for the heaviest that there is; another one asks for pairs of 1000 steps, one after the other. */
export async function starve(url: string, honest: Side, hostile: Side, size: number): Promise<Seen> {
  const headers: Record<string, string> = honest.authorization ? { authorization: honest.authorization } : {};
  const client = new Client(url, headers, honest.localAddress);
  const ms = 8000 * size;
  const alike = function* () {
    for (;;) yield ask('/dtw', pair(1000));
  };
  const askFor = (duration: number) => client.keepAsking(alike(), 1, AbortSignal.timeout(duration));
  const p99 = (outcomes: readonly Outcome[]) =>
    quantile(
      outcomes.map((one) => one.ms),
      0.99,
    );
  await askFor(ms / 4); // warm-up
  const alone = p99(await askFor(ms / 2));
  const { authorization = '', localAddress = '' } = hostile;
  const attacker = spawn(process.execPath, [keepStarving, url, authorization, localAddress], { stdio: 'ignore' });
  try {
    await new Promise((resolve) => setTimeout(resolve, 1000 + ms / 4));
    const during = await askFor(ms);
    const refused = during.filter(({ status }) => status !== 200).length;
    const limit = Math.max(5 * alone + TILE_MS, size < 1 ? SHORT_MS : 0);
    const seen = p99(during);
    return {
      measured: `${seen.toFixed(1)} ms of ${during.length}, limit ${limit.toFixed(1)} (alone ${alone.toFixed(1)}); ${refused} refused`,
      held: seen <= limit && refused === 0 && during.length > 0,
    };
  } finally {
    attacker.kill('SIGKILL');
    await new Promise((resolve) => setTimeout(resolve, 500));
    await client.close();
  }
}
