// One line per metric; the registry, the routes and the documents follow from this list.
export { adtw } from './adtw.ts';
export { ddtw } from './ddtw.ts';
export { dtw } from './dtw.ts';
export { edr } from './edr.ts';
export { erp } from './erp.ts';
export { frechet } from './frechet.ts';
export { gak } from './gak.ts';
export { msm } from './msm.ts';
export { softDtw } from './soft-dtw.ts';
export { softDtwNormalized } from './soft-dtw-normalized.ts';
export { twe } from './twe.ts';
export { unnormalizedGak } from './unnormalized-gak.ts';
export { wddtw } from './wddtw.ts';
export { wdtw } from './wdtw.ts';
