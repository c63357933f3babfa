package main

import (
	"context"
	"encoding/json"
	"net/url"
	"os"

	"example.com/call/client"
)

func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}

func series(values ...float64) client.Series { return client.ArrayOfFloat64AsSeries(&values) }

func main() {
	ctx := context.Background()
	configuration := client.NewConfiguration()
	configuration.Host = must(url.Parse(os.Getenv("WARPSERVE_URL"))).Host
	configuration.Servers = client.ServerConfigurations{{URL: os.Getenv("WARPSERVE_URL")}}
	service := client.NewAPIClient(configuration)

	body := client.NewDtwRequest(series(16777217, 0.1))
	body.SetS2(series(16777216, 0.2))
	pair, _, err := service.PairAPI.Dtw(ctx).DtwRequest(*body).Grad(true).Path(true).Execute()
	must(pair, err)

	dataset := []client.Series{series(1, 2, 3), series(2, 4)}
	all := client.NewDtwCdistRequest(client.ArrayOfSeriesAsDataset(&dataset))
	matrix, _, err := service.CdistAPI.DtwCdist(ctx).DtwCdistRequest(*all).Execute()
	must(matrix, err)

	body.SetSakoeChibaRadius(1)
	body.SetItakuraMaxSlope(2)
	_, _, err = service.PairAPI.Dtw(ctx).DtwRequest(*body).Execute()
	problem := err.(*client.GenericOpenAPIError).Model().(client.Problem)

	must(0, json.NewEncoder(os.Stdout).Encode(map[string]any{
		"value": pair.Value, "gradient": *pair.Gradient.S1.ArrayOfFloat64, "path": pair.Path, "matrix": matrix.Matrix, "code": problem.Code,
	}))
}
