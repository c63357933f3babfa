/** NumPy's archive of named arrays. */
export const NPZ = 'application/x-npz';
