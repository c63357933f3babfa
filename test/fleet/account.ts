/** What happened to a worker, in seconds on the clock of this machine. */
export interface WorkerLife {
  /** When it took tiles, and which; a second start is one too. */
  readonly taken: readonly { readonly at: number; readonly tile: number }[];
  /** When its tiles were recorded. */
  readonly recorded: readonly { readonly at: number; readonly tile: number }[];
  /** Times in which it could not work: it was stopped, or parted from the others. */
  readonly away: readonly { readonly from: number; readonly to: number }[];
  /** When it was killed. */
  readonly killed?: number;
  /** When the one that took its place was ready. */
  readonly replaced?: number;
}

/** Where the time of a troubled run went, in seconds. */
export interface Account {
  /** What workers had computed of tiles that did not count: their workers were killed, or others were faster. */
  readonly lostWork: number;
  /** How many tiles that was. */
  readonly lostTiles: number;
  /** Workers that were stopped or parted, and the time from each kill until another worker was ready. */
  readonly away: number;
  /** The longest time that a tile took its worker. */
  readonly longestTile: number;
}

/** Reads the account from what each worker did until the end of the job. */
export function accountOf(lives: readonly WorkerLife[], end: number): Account {
  let [lostWork, lostTiles, away, longestTile] = [0, 0, 0, 0];
  for (const { taken, recorded, away: times, killed, replaced } of lives) {
    const own = new Map(recorded.map(({ tile, at }) => [tile, at]));
    const last = Math.min(end, killed ?? end);
    const awayWithin = (from: number, to: number): number =>
      times.reduce((sum, time) => sum + Math.max(0, Math.min(to, time.to) - Math.max(from, time.from)), 0);
    /** Tiles of a claim are computed one after the other. */
    let since = 0;
    for (const [k, { at, tile }] of taken.entries()) {
      since = Math.max(since, at);
      const next = taken.find((later, l) => l > k && later.at > at)?.at ?? last;
      const done = own.get(tile);
      const until = Math.max(since, Math.min(last, done ?? next));
      const worked = until - since - awayWithin(since, until);
      since = until;
      longestTile = Math.max(longestTile, worked);
      if (done !== undefined && done <= last) continue;
      lostWork += worked;
      if (worked > 0) lostTiles++;
    }
    away += awayWithin(0, last);
    if (killed !== undefined && killed < end) away += Math.min(end, replaced ?? end) - killed;
  }
  return { lostWork, lostTiles, away, longestTile };
}
