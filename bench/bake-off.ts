// Published 1-NN accuracies compared with ours: node bench/bake-off.ts <folder> [--as-published]
//
// <folder> contains <problem>/<problem>_TRAIN.ts and _TEST.ts as https://www.timeseriesclassification.com ships them. Every series is
// z-normalised first, and a measure with parameters chooses them by leave-one-out on the training series. --as-published computes the
// measures that the bake-off defined differently by its definitions, in a few minutes: ERP and TWE with squared differences, DDTW and WDDTW with slopes at the ends.
import { measures } from './bake-off/measures.ts';
import { classify } from './bake-off/one-nn.ts';
import { readProblem } from './bake-off/problem.ts';
import { published } from './bake-off/published.ts';
import { repeatedSlopes } from './bake-off/repeated-slopes.ts';
import { squared } from './bake-off/squared.ts';

const [folder, option] = process.argv.slice(2);
if (folder === undefined) throw new Error('usage: node bench/bake-off.ts <folder> [--as-published]');
const asPublished = { ...squared, ...repeatedSlopes };
const theirs = option === '--as-published' ? asPublished : {};
const chosenMeasures = option === '--as-published' ? measures.filter(({ name }) => name in asPublished) : measures;

console.log('| problem | measure | published | ours | test series between | chosen |');
console.log('|---|---|---|---|---|---|');
for (const [name, accuracies] of Object.entries(published)) {
  const problem = await readProblem(folder, name);
  for (const measure of chosenMeasures) {
    const { accuracy, params } = classify(measure, problem, theirs[measure.name]);
    const known = accuracies[measure.name] as number;
    const between = Math.round((accuracy - known) * problem.test.series.length);
    const cells = [name, measure.name, known.toFixed(4), accuracy.toFixed(4), between, settings(params)];
    console.log(`| ${cells.join(' | ')} |`);
  }
}

function settings(params: Record<string, unknown>): string {
  const rounded = (value: unknown) => Number((value as number).toPrecision(4));
  return Object.entries(params)
    .map(([key, value]) => `${key} ${rounded(value)}`)
    .join(', ');
}
