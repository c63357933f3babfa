import {
  NUMBER,
  PAIR,
  STEP,
  TRACED_STEP,
  tensorWeights,
  type Weight,
  weights,
  ZERO_CELLS,
} from '../../core/server-door.ts';

const linear = ({ first, each }: Pick<Weight, 'first' | 'each'>): string => `${first} + ${each} d`;

/** How the cells of a request are counted, in Markdown: for the OpenAPI document and docs/operations.md. */
export function cellsText(): string {
  const rows = Object.values(weights).map((weight) => `| ${weight.of} | ${linear(weight)} |`);
  const { minimum, soft, further, gradient, path } = tensorWeights;
  return `A cell takes about a nanosecond of one thread, or less. For series of n and m steps of d values, a pair costs the sum of:

- the cells of its table that are inside the band (without a band n m), times the cost of each:

| A cell of | cells |
|---|---|
${rows.join('\n')}

- ${linear(STEP)} for each of the n + m steps, or ${linear(TRACED_STEP)} with a path, a gradient or an alignment;
- ${PAIR} for itself.

Channels that are aligned separately are d tables with one value per step. A metric that is normalized by the terms of both series with themselves has three tables. \`ctw\` counts the expected number of iterations: a quarter of the steps, at most 10 and a fifth of \`max_iter\`; \`dtw-limited-warping-length\` a cell for each length of a path, \`shape-dtw\` the d (2 reach + 1) values around a step; \`sbd\`, \`normalized-cc\` and \`shift-scale-invariant\` count every shift, and the metrics that compare step by step n d.

With \`be: "tfjs"\`, a band saves nothing: a pair costs ${minimum.pair}, and each of the n m cells ${linear(minimum)} (soft minima: ${soft.pair} and ${linear(soft)}), times ${path} with a path and ${gradient} with a gradient or an alignment. \`pairs\` of the same lengths are solved together: each further one costs ${further} instead of ${minimum.pair} or ${soft.pair}.

\`cdist\`, \`pairs\` and \`neighbors\` cost their pairs: half of them if a symmetric metric compares a dataset with itself. \`neighbors\` is priced as if nothing were pruned, and admitted by what earlier requests of the same kind have taken: up to ${MOST_PRUNED} times less. A barycenter costs its pairs \`max_iter\` + 1 times, a subsequence n m and about 2 n^2 for each further match, \`bandwidth\` half of \`n_samples\` squared.

Each number of the response is ${NUMBER.cells} more, and each zero of an alignment without smoothing, which is a path, ${ZERO_CELLS}. A request's tables (8 bytes a cell or less, if they are kept at all; some 40 with \`be: "tfjs"\`, and three times as much with a gradient) and ${NUMBER.bytes} bytes for each number of its response have to fit in \`MAX_ARRAY_BYTES\`.

A 413 names each factor with its number. To reduce the cost: use a narrower band, send the rows of a matrix in separate requests, create a job (\`Prefer: respond-async\`, up to \`MAX_JOB_CELLS\`), or send shorter series.`;
}

/** How much faster than its price work that prunes may be taken to be: what was measured may have been easier. */
export const MOST_PRUNED = 20;
