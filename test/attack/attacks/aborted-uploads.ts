import { exchange } from '../../support/exchange.ts';
import type { Attack } from '../attack.ts';

const types = ['application/json', 'application/x-npz', 'text/csv'];
const begun = (type: string) =>
  `POST /dtw HTTP/1.1\r\nhost: a\r\ncontent-type: ${type}\r\ncontent-length: 9999\r\n\r\n{"s1":[1`;

/** Clients that leave in the middle of what they send. */
export const attack: Attack = {
  name: 'uploads that are broken off',
  held: 'lines in the log, at level warn',
  limit: '0',
  async run(service, size) {
    const before = service.lines.length;
    const count = Math.ceil(600 * size);
    for (let k = 0; k < count; k += 20) {
      const some = Array.from({ length: 20 }, (_, i) => begun(types[i % types.length] as string));
      await Promise.all(some.map((bytes) => exchange(service.url, bytes, { leaveAfter: 20 })));
    }
    const logged = service.lines.length - before;
    return { measured: `${logged} of ${count}`, held: logged === 0 };
  },
};
