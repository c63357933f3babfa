import json
import os

from warpserve import ApiClient, ApiException, CdistApi, Configuration, Dataset, DtwCdistRequest, DtwRequest, PairApi, Problem, Series

service = ApiClient(Configuration(host=os.environ["WARPSERVE_URL"]))

body = DtwRequest(s1=Series([16777217, 0.1]), s2=Series([16777216, 0.2]))
pair = PairApi(service).dtw(body, grad=True, path=True)

dataset = Dataset([Series([1, 2, 3]), Series([2, 4])])
matrix = CdistApi(service).dtw_cdist(DtwCdistRequest(dataset1=dataset)).matrix

try:
    PairApi(service).dtw(DtwRequest(s1=body.s1, s2=body.s2, sakoe_chiba_radius=1, itakura_max_slope=2))
except ApiException as refused:
    code = refused.data.code

print(json.dumps({
    "value": pair.value, "gradient": pair.gradient.s1.actual_instance, "path": pair.path, "matrix": matrix, "code": code,
}))
