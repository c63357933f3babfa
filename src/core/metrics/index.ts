// One line per metric; the registry, the routes and the documents follow from this list.
export { dtw } from './dtw.ts';
export { softDtw } from './soft-dtw.ts';
