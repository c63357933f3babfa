#!/usr/bin/env bash
# Generates a client with one tool, compiles it and calls a service with it: steps.sh TOOL, in a folder of its own. CACHE, DOCUMENT and
# WARPSERVE_URL say where things are. The last line of its output is what the program got.
set -euo pipefail
all=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
HERE=$all/programs/$1
openapi_generator_version=7.26.0

# openapi-generator, whose jar is on PyPI.
openapi_generator() {
  local venv=$CACHE/openapi-generator-$openapi_generator_version generator=$1
  shift
  if [ ! -x "$venv/bin/openapi-generator-cli" ]; then
    python3 -m venv "$venv"
    "$venv/bin/pip" install --quiet --disable-pip-version-check "openapi-generator-cli==$openapi_generator_version"
  fi
  "$venv/bin/openapi-generator-cli" generate -g "$generator" -i "$DOCUMENT" "$@" >generator.log 2>&1 || { tail -20 generator.log; return 1; }
}

# The packages of the tools in TypeScript.
node_modules() {
  if [ ! -d "$CACHE/npm/node_modules/.bin" ] || ! cmp -s "$all/typescript/package-lock.json" "$CACHE/npm/package-lock.json"; then
    mkdir -p "$CACHE/npm"
    cp "$all"/typescript/package*.json "$CACHE/npm/"
    npm ci --prefix "$CACHE/npm" --no-audit --no-fund --loglevel=error
  fi
  ln -sfn "$CACHE/npm/node_modules" node_modules
  PATH=$CACHE/npm/node_modules/.bin:$PATH
}

# A tool in Python, in an environment of its own.
python_tool() {
  [ -x venv/bin/python ] || python3 -m venv venv
  venv/bin/pip install --quiet --disable-pip-version-check "$@"
  PATH=$PWD/venv/bin:$PATH
}

compiled_and_run() {
  cp "$all/typescript/tsconfig.json" .
  tsc
  esbuild main.ts --bundle --platform=node --format=esm --outfile=main.mjs --log-level=error
  node main.mjs
}

source "$HERE/run.sh"
