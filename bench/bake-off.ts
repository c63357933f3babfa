// Published 1-NN accuracies beside ours: node bench/bake-off.ts <folder> [--squared]
//
// <folder> holds <problem>/<problem>_TRAIN.ts and _TEST.ts as https://www.timeseriesclassification.com ships them. Every series is
// z-normalised first, and a measure with parameters chooses them on the training series by leaving one out. --squared computes ERP and
// TWE with squared differences, by plain loops in some minutes, to show that this is what their published accuracies are of.
import { measures } from './bake-off/measures.ts';
import { classify } from './bake-off/one-nn.ts';
import { readProblem } from './bake-off/problem.ts';
import { published } from './bake-off/published.ts';
import { squared } from './bake-off/squared.ts';

const [folder, option] = process.argv.slice(2);
if (folder === undefined) throw new Error('usage: node bench/bake-off.ts <folder> [--squared]');
const plain = option === '--squared' ? squared : {};
const chosenMeasures = option === '--squared' ? measures.filter(({ name }) => name in squared) : measures;

console.log('| problem | measure | published | ours | test series between | chosen |');
console.log('|---|---|---|---|---|---|');
for (const [name, accuracies] of Object.entries(published)) {
  const problem = await readProblem(folder, name);
  for (const measure of chosenMeasures) {
    const { accuracy, params } = classify(measure, problem, plain[measure.name]);
    const theirs = accuracies[measure.name] as number;
    const between = Math.round((accuracy - theirs) * problem.test.series.length);
    const cells = [name, measure.name, theirs.toFixed(4), accuracy.toFixed(4), between, settings(params)];
    console.log(`| ${cells.join(' | ')} |`);
  }
}

function settings(params: Record<string, unknown>): string {
  const rounded = (value: unknown) => Number((value as number).toPrecision(4));
  return Object.entries(params)
    .map(([key, value]) => `${key} ${rounded(value)}`)
    .join(', ');
}
