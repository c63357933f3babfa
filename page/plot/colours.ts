/** A colour map of 256 steps: red, green and blue of each. Both are perceptually uniform and work for colour-blind readers. */
export type ColourMap = Uint8Array;

/** Evenly spaced colours of a map; between two it is linear, which differs from the map by one step of 255 at most. */
function table(anchors: string): ColourMap {
  const bytes = Uint8Array.from(anchors.match(/../g) ?? [], (hex) => Number.parseInt(hex, 16));
  const last = bytes.length / 3 - 1;
  return Uint8Array.from({ length: 256 * 3 }, (_, at) => {
    const place = (Math.floor(at / 3) / 255) * last;
    const low = Math.min(last - 1, Math.floor(place));
    const [one, other] = [bytes[3 * low + (at % 3)], bytes[3 * low + 3 + (at % 3)]];
    return Math.round(one + (place - low) * (other - one));
  });
}

/** For costs and distances: dark is near. By S. van der Walt and N. Smith for matplotlib, in the public domain (CC0). */
export const viridis = table(
  '44015446085c471063481769481d6f482475472a7a46307e453781433d844142873f48893d4e8a3a538b38598c355e8d33638d31688e2e6d8e2c718e2a768e297b8e27808e25848e23898e218e8d20928c1f978b1e9c891fa18821a58524aa8328ae802eb37c35b7793dbc7446c06f50c46a5ac86465cb5e70cf577cd25089d54895d840a2da37b0dd2fbddf26cae11fd8e219e5e419f1e51dfde725',
);
/** For weights: bright is large. By J. Nuñez, C. Anderton and R. Renslow, "Optimizing colormaps with consideration for color vision deficiency", 2018. */
export const cividis = table(
  '00205100265d012b6508316911366c1c3c6e26426e31476e3c4d6e47536d51586e5a5e6e62646f6a6a707270717976737f7c758682768c8877938e789a9478a19b78a9a177b2a874bbaf71c5b66dcebd68d8c462e2cb5cebd355f3da4ffae249fdea45',
);
