import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Univariate series of equal length, each z-normalised, with their labels. */
export interface Part {
  readonly series: readonly number[][];
  readonly labels: readonly string[];
}

export interface Problem {
  readonly train: Part;
  readonly test: Part;
}

/** Reads `<folder>/<name>/<name>_TRAIN.ts` and `_TEST.ts` as https://www.timeseriesclassification.com ships them. */
export const readProblem = async (folder: string, name: string): Promise<Problem> => ({
  train: await readPart(join(folder, name, `${name}_TRAIN.ts`)),
  test: await readPart(join(folder, name, `${name}_TEST.ts`)),
});

async function readPart(file: string): Promise<Part> {
  const lines = (await readFile(file, 'utf8')).split('\n').map((line) => line.trim());
  const samples = lines.slice(lines.indexOf('@data') + 1).filter((line) => line !== '');
  return {
    series: samples.map((line) => normalized(line.slice(0, line.lastIndexOf(':')).split(',').map(Number))),
    labels: samples.map((line) => line.slice(line.lastIndexOf(':') + 1)),
  };
}

/** Mean 0 and standard deviation 1, like the series of the archive of 2015. */
function normalized(series: readonly number[]): number[] {
  const mean = series.reduce((sum, x) => sum + x, 0) / series.length;
  const deviation = Math.sqrt(series.reduce((sum, x) => sum + (x - mean) ** 2, 0) / series.length);
  return series.map((x) => (x - mean) / deviation);
}

/** The standard deviation of all values of the training series, of which the grids of ERP and LCSS are multiples. */
export function deviationOf({ series }: Part): number {
  const values = series.flat();
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
  return Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length);
}
