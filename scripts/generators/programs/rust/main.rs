use warpserve::apis::{cdist_api, configuration::Configuration, pair_api, Error};
use warpserve::models::{Dataset, DtwCdistRequest, DtwRequest, Series};

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let base_path = std::env::var("WARPSERVE_URL").unwrap();
    let service = Configuration { base_path, ..Default::default() };

    let mut body = DtwRequest::new(Series::Univariate(vec![16777217.0, 0.1]));
    body.s2 = Some(Box::new(Series::Univariate(vec![16777216.0, 0.2])));
    let pair = pair_api::dtw(&service, body.clone(), Some(true), Some(true)).await.unwrap();

    let series = vec![Series::Univariate(vec![1.0, 2.0, 3.0]), Series::Univariate(vec![2.0, 4.0])];
    let all = DtwCdistRequest::new(Dataset::SeriesList(series));
    let matrix = cdist_api::dtw_cdist(&service, all, None).await.unwrap();

    body.sakoe_chiba_radius = Some(1);
    body.itakura_max_slope = Some(2.0);
    let code = match pair_api::dtw(&service, body, None, None).await {
        Err(Error::ResponseError(answer)) => match answer.entity {
            Some(pair_api::DtwError::Status4XX(problem)) => problem.code,
            other => panic!("{other:?}"),
        },
        other => panic!("{other:?}"),
    };

    let gradient = pair.gradient.unwrap().s1;
    println!("{}", serde_json::json!({
        "value": pair.value, "gradient": gradient, "path": pair.path, "matrix": matrix.matrix, "code": code,
    }));
}
