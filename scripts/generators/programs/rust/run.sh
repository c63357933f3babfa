# Needs cargo and java.
openapi_generator rust --additional-properties=packageName=warpserve -o client
mkdir -p src
cp "$HERE/main.rs" src/
cp "$HERE/Cargo.toml" .
CARGO_TARGET_DIR=$CACHE/cargo cargo run --quiet
