import { memoryAttack } from '../memory-attack.ts';
import { silentReaders } from '../silent-readers.ts';

/** Readers that never read: their answers are not kept for longer than WRITE_TIMEOUT_MS. */
export const attack = memoryAttack('16 readers of matrices that never read, WRITE_TIMEOUT_MS 2000', (service) =>
  silentReaders(service, 1200),
);
