import { workerData } from 'node:worker_threads';
import { setTfjsEngine, useEnvelopeShelf, useKernelModule } from '../../core/server-door.ts';
import { envelopeFiles } from '../datasets/envelope-files.ts';
import type { Seat } from '../pool/message.ts';
import { listen } from './listen.ts';
import { work } from './work.ts';

setTfjsEngine(workerData.tfjsEngine);
useKernelModule(workerData.kernels);
if (workerData.envelopes) useEnvelopeShelf(envelopeFiles(workerData.envelopes));

/** The code of a thread. */
export default (seat: Seat): Promise<never> => listen(seat, work);
