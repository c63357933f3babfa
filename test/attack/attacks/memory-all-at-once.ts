import { gzipSync } from 'node:zlib';
import { counted, longSeries, memoryAttack, post, shortSeries } from '../memory-attack.ts';
import { silentReaders } from '../silent-readers.ts';

/** Every attack on memory at once. */
export const attack = memoryAttack('all attacks on memory at once', async (service, size) => {
  const part = Math.max(0.2, size);
  const body = longSeries(62 * part);
  const packed = gzipSync(body);
  const short = shortSeries(12 * part);
  const answers = Promise.all([
    ...Array.from({ length: 20 }, () => post(service, '/dtw', body)),
    ...Array.from({ length: 10 }, () => post(service, '/dtw', packed, { 'content-encoding': 'gzip' })),
    ...Array.from({ length: 4 }, () => post(service, '/dtw/cdist', short)),
  ]);
  const [came] = await Promise.all([answers, silentReaders(service, 800)]);
  return counted(came);
});
