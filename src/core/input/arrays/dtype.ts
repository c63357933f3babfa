import type { DType } from 'numpy-ts';

/** The name of an element type, spelled as NumPy spells it. */
export type Dtype = DType;

/** The eight dtypes that both backends name; `unsupported` in the tfjs backend lists those it cannot store. */
export const dtypes = {
  int8: 'int8',
  int16: 'int16',
  int32: 'int32',
  int64: 'int64',
  float32: 'float32',
  float64: 'float64',
  complex64: 'complex64',
  complex128: 'complex128',
} as const;

/** The constants that both backends name. `dbl_max` is the largest finite float64. */
export const constants = { inf: Number.POSITIVE_INFINITY, nan: Number.NaN, dbl_max: Number.MAX_VALUE } as const;

/** Whether elements of this dtype are pairs of a real and an imaginary part. */
export const isComplexDtype = (dtype: string): boolean => dtype.startsWith('complex');

/** Whether a dtype is a real floating-point type. */
export const isFloatDtype = (dtype: string): boolean => dtype.startsWith('float');
