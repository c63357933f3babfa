import { channel, type Series } from './series.ts';

/** So many straight lines make a sketch. */
const LINES = 10;

/** A few straight lines along the first channel of a series: what a hand would draw of it, to three digits. */
export function sketchOf(series: Series, steps: number): number[] {
  const values = channel(series, 0);
  const last = values.length - 1;
  const corner = (k: number) => values[Math.round((k * last) / LINES)] as number;
  return Array.from({ length: steps }, (_, t) => {
    const place = steps > 1 ? (t * LINES) / (steps - 1) : 0;
    const low = Math.min(LINES - 1, Math.floor(place));
    const part = place - low;
    return Number((corner(low) * (1 - part) + corner(low + 1) * part).toPrecision(3));
  });
}
