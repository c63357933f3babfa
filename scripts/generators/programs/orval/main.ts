import { dtw, dtwCdist } from './client';

const body = { s1: [16777217, 0.1], s2: [16777216, 0.2] };
const pair = await dtw(body, { grad: true, path: true });
if (pair.status !== 200) throw new Error(pair.data.detail);

const matrix = await dtwCdist({ dataset1: [[1, 2, 3], [2, 4]] });
if (matrix.status !== 200) throw new Error(matrix.data.detail);

const refused = await dtw({ ...body, sakoe_chiba_radius: 1, itakura_max_slope: 2 });
if (refused.status === 200) throw new Error('two constraints without a choice were accepted');

const { value, gradient, path } = pair.data;
console.log(
  JSON.stringify({ value, gradient: gradient?.s1, path, matrix: matrix.data.matrix, code: refused.data.code }),
);
