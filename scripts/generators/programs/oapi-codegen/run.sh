# Needs go.
version=v2.8.2
GOBIN=$CACHE/bin go install "github.com/oapi-codegen/oapi-codegen/v2/cmd/oapi-codegen@$version"
mkdir -p client
"$CACHE/bin/oapi-codegen" -generate types,client -package client -o client/client.go "$DOCUMENT"
cp "$HERE/main.go" .
[ -f go.mod ] || go mod init example.com/call
go mod tidy
go run .
