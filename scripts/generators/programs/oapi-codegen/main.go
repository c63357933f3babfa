package main

import (
	"context"
	"encoding/json"
	"os"

	"example.com/call/client"
)

func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}

func series(values ...float64) (one client.Series) {
	must(0, one.FromUnivariate(values))
	return one
}

func main() {
	ctx, yes := context.Background(), true
	service := must(client.NewClientWithResponses(os.Getenv("WARPSERVE_URL")))

	s2 := series(16777216, 0.2)
	body := client.DtwRequest{S1: series(16777217, 0.1), S2: &s2}
	pair := must(service.DtwWithResponse(ctx, &client.DtwParams{Grad: &yes, Path: &yes}, body)).JSON200
	gradient := must(pair.Gradient.S1.AsUnivariate())

	var dataset client.Dataset
	must(0, dataset.FromSeriesList([]client.Series{series(1, 2, 3), series(2, 4)}))
	matrix := must(service.DtwCdistWithResponse(ctx, &client.DtwCdistParams{}, client.DtwCdistRequest{Dataset1: dataset})).JSON200.Matrix

	radius, slope := int64(1), 2.0
	body.SakoeChibaRadius, body.ItakuraMaxSlope = &radius, &slope
	problem := must(service.DtwWithResponse(ctx, &client.DtwParams{}, body)).ApplicationproblemJSON4XX

	must(0, json.NewEncoder(os.Stdout).Encode(map[string]any{
		"value": pair.Value, "gradient": gradient, "path": pair.Path, "matrix": matrix, "code": problem.Code,
	}))
}
