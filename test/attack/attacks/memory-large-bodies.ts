import { counted, longSeries, memoryAttack, post } from '../memory-attack.ts';

/** Bodies of the largest size, on many connections. */
export const attack = memoryAttack('40 bodies of 62 MiB at once', async (service, size) => {
  const body = longSeries(62 * Math.max(0.2, size));
  return counted(await Promise.all(Array.from({ length: 40 }, () => post(service, '/dtw', body))));
});
