import { headerOf } from '../../../src/server/npz/npy.ts';
import { zip } from '../../support/write-zip.ts';
import { counted, memoryAttack, post } from '../memory-attack.ts';

const COUNT = 8;
const STEPS = 1_000_000;

const row = memoryAttack('matrices of 8 series of a million steps: two in turn, six at once', async (service, size) => {
  const steps = Math.ceil(STEPS * Math.max(0.2, size));
  const values = Float64Array.from({ length: COUNT * steps }, (_, at) => Math.sin(at / 50));
  const content = Buffer.concat([headerOf('<f8', [COUNT, steps]), Buffer.from(values.buffer)]);
  const body = zip([{ name: 'dataset1.npy', content }]);
  const ask = () => post(service, '/dtw/cdist?sakoe_chiba_radius=10', body, { 'content-type': 'application/x-npz' });
  const inTurn = [await ask(), await ask()];
  return counted([...inTurn, ...(await Promise.all(Array.from({ length: 6 }, ask)))]);
});

/** What threads compute in, beside what they compute: two of them, as each has its own. */
export const attack = { ...row, env: { ...row.env, WORKERS: '2' } };
