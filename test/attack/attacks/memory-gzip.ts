import { gzipSync } from 'node:zlib';
import { counted, longSeries, memoryAttack, post } from '../memory-attack.ts';

/** Bodies whose size shows only while they are decompressed. */
export const attack = memoryAttack('20 gzipped bodies of 62 MiB at once', async (service, size) => {
  const body = gzipSync(longSeries(62 * Math.max(0.2, size)));
  const encoding = { 'content-encoding': 'gzip' };
  return counted(await Promise.all(Array.from({ length: 20 }, () => post(service, '/dtw', body, encoding))));
});
