import { dtw, dtwCdist } from './client';
import { client } from './client/client.gen';

client.setConfig({ baseUrl: process.env.WARPSERVE_URL as `http://${string}` });

const body = { s1: [16777217, 0.1], s2: [16777216, 0.2] };
const { data: pair } = await dtw({ body, query: { grad: true, path: true }, throwOnError: true });

const dataset1 = [[1, 2, 3], [2, 4]];
const { data: matrix } = await dtwCdist({ body: { dataset1 }, throwOnError: true });

const { error } = await dtw({ body: { ...body, sakoe_chiba_radius: 1, itakura_max_slope: 2 } });

console.log(
  JSON.stringify({ value: pair.value, gradient: pair.gradient?.s1, path: pair.path, matrix: matrix.matrix, code: error?.code }),
);
