import { headerOf } from '../../../src/server/npz/npy.ts';
import { float64 } from '../../support/write-npy.ts';
import { zip } from '../../support/write-zip.ts';
import { counted, memoryAttack, post } from '../memory-attack.ts';

const COUNT = 67_000_000;

/** 65 KB that are 67 million booleans, each of which becomes eight bytes. */
export const attack = memoryAttack('8 .npz of 65 KB that hold 67 million booleans (b1)', async (service, size) => {
  const count = Math.ceil(COUNT * Math.max(0.2, size));
  const bits = Buffer.concat([headerOf('|b1', [count]), Buffer.alloc(count)]);
  const body = zip([
    { name: 's1.npy', content: bits, deflate: true },
    { name: 's2.npy', content: float64([1]) },
  ]);
  const type = { 'content-type': 'application/x-npz' };
  return counted(await Promise.all(Array.from({ length: 8 }, () => post(service, '/dtw', body, type))));
});
