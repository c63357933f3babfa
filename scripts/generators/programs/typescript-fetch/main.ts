import { CdistApi, Configuration, PairApi, ResponseError } from './client';

const service = new Configuration({ basePath: process.env.WARPSERVE_URL });

const dtwRequest = { s1: [16777217, 0.1], s2: [16777216, 0.2] };
const { value, gradient, path } = await new PairApi(service).dtw({ dtwRequest, grad: true, path: true });

const { matrix } = await new CdistApi(service).dtwCdist({ dtwCdistRequest: { dataset1: [[1, 2, 3], [2, 4]] } });

const code = await new PairApi(service)
  .dtw({ dtwRequest: { ...dtwRequest, sakoeChibaRadius: 1, itakuraMaxSlope: 2 } })
  .catch(async (error) => (await (error as ResponseError).response.json()).code);

console.log(JSON.stringify({ value, gradient: gradient?.s1, path, matrix, code }));
