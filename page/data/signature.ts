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
  ['ARROW1', 0, 'a Feather file'],
  ['WAVE', 8, 'a sound (WAV)'],
  ['SQLite format 3', 0, 'an SQLite database'],
  ['7z\xbc\xaf\x27\x1c', 0, 'a 7z archive'],
  ['Rar!', 0, 'a RAR archive'],
  ['BZh', 0, 'a bzip2 archive'],
  ['\xfd7zXZ', 0, 'an xz archive'],
];

/** Python's pickle, protocols 2 to 5. */
const isPickle = ([first, protocol = 0]: Uint8Array): boolean => first === 0x80 && protocol >= 2 && protocol <= 5;

/** What a file that holds no numbers in a known form is; undefined if its first bytes do not say. */
export function foreign(bytes: Uint8Array): string | undefined {
  if (isPickle(bytes)) return 'a pickle of Python';
  const head = String.fromCharCode(...bytes.subarray(0, 32));
  return SIGNATURES.find(([start, at]) => head.startsWith(start, at))?.[2];
}
