package call;

import java.util.List;
import java.util.Map;
import org.openapitools.client.ApiClient;
import org.openapitools.client.ApiException;
import org.openapitools.client.JSON;
import org.openapitools.client.api.CdistApi;
import org.openapitools.client.api.PairApi;
import org.openapitools.client.model.*;

public class Call {
  static Series series(Double... values) {
    return new Series(List.of(values));
  }

  public static void main(String[] args) throws Exception {
    ApiClient service = new ApiClient().setBasePath(System.getenv("WARPSERVE_URL"));

    DtwRequest body = new DtwRequest().s1(series(16777217.0, 0.1)).s2(series(16777216.0, 0.2));
    PairResult pair = new PairApi(service).dtw(body, true, true);

    Dataset dataset = new Dataset(List.of(series(1.0, 2.0, 3.0), series(2.0, 4.0)));
    CdistResult matrix = new CdistApi(service).dtwCdist(new DtwCdistRequest().dataset1(dataset), null);

    String code = null;
    try {
      new PairApi(service).dtw(body.sakoeChibaRadius(1L).itakuraMaxSlope(2.0), null, null);
    } catch (ApiException refused) {
      code = JSON.getDefault().getMapper().readValue(refused.getResponseBody(), Problem.class).getCode().getValue();
    }

    System.out.println(JSON.getDefault().getMapper().writeValueAsString(Map.of(
        "value", pair.getValue(), "gradient", pair.getGradient().getS1().getActualInstance(), "path", pair.getPath(),
        "matrix", matrix.getMatrix(), "code", code)));
    System.exit(0);
  }
}
