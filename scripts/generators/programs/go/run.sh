# Needs go and java.
openapi_generator go --additional-properties=packageName=client,withGoMod=false,enumClassPrefix=true -o client
cp "$HERE/main.go" .
[ -f go.mod ] || go mod init example.com/call
rm -rf client/test
go mod tidy
go run .
