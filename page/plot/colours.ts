import { interpolateCividis, interpolateViridis } from 'd3-scale-chromatic';

/** A colour map of 256 steps: red, green and blue of each. Both are perceptually uniform and work for colour-blind readers. */
export type ColourMap = Uint8Array;

function table(interpolate: (t: number) => string): ColourMap {
  const colours = new Uint8Array(256 * 3);
  for (let k = 0; k < 256; k++) {
    const text = interpolate(k / 255);
    const parts = text.startsWith('#')
      ? [1, 3, 5].map((at) => Number.parseInt(text.slice(at, at + 2), 16))
      : (text.match(/\d+/g) ?? []).map(Number);
    colours.set(parts.slice(0, 3), k * 3);
  }
  return colours;
}

/** For costs and distances: dark is near. */
export const viridis = table(interpolateViridis);
/** For weights: bright is large. */
export const cividis = table(interpolateCividis);
