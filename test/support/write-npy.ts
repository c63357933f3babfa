/** An .npy file with whatever header, version 1.0 of numpy.lib.format. */
export function npy(header: string, data: Uint8Array): Buffer {
  const text = header.padEnd(117);
  const length = Buffer.alloc(2);
  length.writeUInt16LE(text.length + 1);
  return Buffer.concat([Buffer.from('\x93NUMPY\x01\x00', 'latin1'), length, Buffer.from(`${text}\n`, 'latin1'), data]);
}

/** A well-formed .npy file of float64. */
export const float64 = (values: readonly number[], shape: readonly number[] = [values.length]): Buffer =>
  npy(
    `{'descr': '<f8', 'fortran_order': False, 'shape': (${shape.join(', ')},), }`,
    new Uint8Array(Float64Array.from(values).buffer),
  );
