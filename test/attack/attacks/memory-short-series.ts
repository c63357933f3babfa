import { counted, memoryAttack, post, shortSeries } from '../memory-attack.ts';

/** A series of one step takes many times its four bytes. */
export const attack = memoryAttack('JSON of [0],[0],... of 6 to 62 MiB', async (service, size) => {
  const bodies = [62, 31, 12, 6, 6].map((all) => shortSeries(all * Math.max(0.2, size)));
  return counted(await Promise.all(bodies.map((body) => post(service, '/dtw/cdist', body))));
});
