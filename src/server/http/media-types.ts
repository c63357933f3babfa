export const JSON_TYPE = 'application/json';

/** JSON values, one on each line. */
export const NDJSON = 'application/x-ndjson';

/** NumPy's file of one array. */
export const NPY = 'application/x-npy';

/** NumPy's archive of named arrays. */
export const NPZ = 'application/x-npz';
