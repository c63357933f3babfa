import { workerData } from 'node:worker_threads';
import { setTfjsEngine, useKernelModule } from '../../core/server-door.ts';
import type { Seat } from '../pool/message.ts';
import { listen } from './listen.ts';
import { work } from './work.ts';

setTfjsEngine(workerData.tfjsEngine);
useKernelModule(workerData.kernels);

/** The code of a thread. */
export default (seat: Seat): Promise<never> => listen(seat, work);
