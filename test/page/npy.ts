/** An .npy file of float64 values, version 1.0 of numpy.lib.format. */
export function npy(values: readonly number[], shape: readonly number[]): Buffer {
  const said = `{'descr': '<f8', 'fortran_order': False, 'shape': (${shape.join(', ')},), }`;
  const header = `${said.padEnd(64 * Math.ceil((said.length + 11) / 64) - 11)}\n`;
  const start = Buffer.from([0x93, ...Buffer.from('NUMPY'), 1, 0, header.length & 255, header.length >> 8]);
  return Buffer.concat([start, Buffer.from(header), Buffer.from(Float64Array.from(values).buffer)]);
}
