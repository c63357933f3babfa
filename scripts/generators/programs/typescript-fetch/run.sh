# Needs npm and java.
node_modules
openapi_generator typescript-fetch -o client
cp "$HERE/main.ts" .
compiled_and_run
