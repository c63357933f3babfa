export const JSON_TYPE = 'application/json';

/** The same as responses have it. */
export const JSON_IN_UTF8 = `${JSON_TYPE}; charset=utf-8`;

/** JSON values, one per line. */
export const NDJSON = 'application/x-ndjson';

/** NumPy's file of one array. */
export const NPY = 'application/x-npy';

/** NumPy's archive of named arrays. */
export const NPZ = 'application/x-npz';

/** An error, as defined by RFC 9457. */
export const PROBLEM_TYPE = 'application/problem+json';

/** What most clients accept: the first format that there is. */
export const ANYTHING = '*/*';
