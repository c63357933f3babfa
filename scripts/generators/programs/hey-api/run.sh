# Needs npm.
node_modules
openapi-ts --input "$DOCUMENT" --output client --silent
cp "$HERE/main.ts" .
compiled_and_run
