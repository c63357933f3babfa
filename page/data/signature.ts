/** First bytes, and what a file that has them is. */
const SIGNATURES: readonly (readonly [head: string, at: number, what: string])[] = [
  ['\x89PNG', 0, 'a picture (PNG)'],
  ['\xff\xd8\xff', 0, 'a picture (JPEG)'],
  ['GIF8', 0, 'a picture (GIF)'],
  ['WEBP', 8, 'a picture (WebP)'],
  ['%PDF', 0, 'a PDF'],
  ['\x89HDF', 0, 'an HDF5 file'],
  ['\xd0\xcf\x11\xe0', 0, 'an old Excel file'],
  ['MATLAB', 0, 'a MATLAB file'],
  ['ARROW1', 0, 'an Arrow file (Feather)'],
  ['FEA1', 0, 'an Arrow file (Feather)'],
  ['\xff\xff\xff\xff', 0, 'a stream of Arrow'],
  ['ORC', 0, 'an ORC file'],
  ['Obj\x01', 0, 'an Avro file'],
  ['<stata_dta>', 0, 'a Stata file'],
  ['$FL2', 0, 'an SPSS file'],
  ['$FL3', 0, 'an SPSS file'],
  ['\xc2\xea\x81\x60', 12, 'a SAS file'],
  ['X\n\0\0', 0, 'an R object (RDS)'],
  ['RDX', 0, 'an R workspace'],
  ['CDF', 0, 'a NetCDF file'],
  ['GRIB', 0, 'a GRIB file'],
  ['SIMPLE  =', 0, 'a FITS file'],
  ['TDSm', 0, 'a TDMS file of LabVIEW'],
  ['MDF     ', 0, 'an MDF file'],
  ['0       ', 0, 'an EDF recording'],
  ['\xffBIOSEMI', 0, 'a BDF recording'],
  ['.FIT', 8, 'a FIT file of a sports watch'],
  ['DUCK', 8, 'a DuckDB database'],
  ['WAVE', 8, 'a sound (WAV)'],
  ['ID3', 0, 'a sound (MP3)'],
  ['fLaC', 0, 'a sound (FLAC)'],
  ['OggS', 0, 'a sound (Ogg)'],
  ['SQLite format 3', 0, 'an SQLite database'],
  ['7z\xbc\xaf\x27\x1c', 0, 'a 7z archive'],
  ['Rar!', 0, 'a RAR archive'],
  ['BZh', 0, 'a bzip2 archive'],
  ['\xfd7zXZ', 0, 'an xz archive'],
  ['\x28\xb5\x2f\xfd', 0, 'a zstd archive'],
  ['\x04\x22\x4d\x18', 0, 'an lz4 archive'],
];

/** Python's pickle, protocols 2 to 5. */
const isPickle = ([first, protocol = 0]: Uint8Array): boolean => first === 0x80 && protocol >= 2 && protocol <= 5;

/** What a file that holds no numbers in a known form is; undefined if its first bytes do not say. */
export function foreign(bytes: Uint8Array): string | undefined {
  if (isPickle(bytes)) return 'a pickle of Python';
  const head = String.fromCharCode(...bytes.subarray(0, 32));
  return SIGNATURES.find(([start, at]) => head.startsWith(start, at))?.[2];
}

/** First elements, and what a text that has them is. */
const MARKUP: readonly (readonly [pattern: RegExp, what: string])[] = [
  [/<!DOCTYPE HealthData|<HealthData\b/, 'the export of Apple Health (XML)'],
  [/<gpx\b/i, 'a GPX track (XML)'],
  [/<TrainingCenterDatabase\b/, 'a TCX workout (XML)'],
  [/^<(!|\?|html|table|svg)/i, 'a web page or XML'],
];

/** What a text in angle brackets is; undefined for any other. */
export function markupIn(text: string): string | undefined {
  const head = text.slice(0, 4000).trimStart();
  if (!/^<[!?a-z]/i.test(head)) return undefined;
  return MARKUP.find(([pattern]) => pattern.test(head))?.[1];
}
