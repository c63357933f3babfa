# Needs npm.
node_modules
cp "$HERE/main.ts" "$HERE/orval.config.mjs" .
orval --config orval.config.mjs
compiled_and_run
