#!/usr/bin/env bash
# Asks a running service what its OpenAPI document makes schemathesis (https://schemathesis.readthedocs.io) think of, good and bad: no answer
# may be a 5xx, and each must fit the document. Needs python3 with venv; the service is WARPSERVE_URL, by default http://127.0.0.1:8080.
#
#   scripts/schemathesis/run.sh [options of `schemathesis run`]
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
venv=${SCHEMATHESIS_VENV:-$here/.venv}
[ -x "$venv/bin/schemathesis" ] || python3 -m venv "$venv"
"$venv/bin/pip" install --quiet --disable-pip-version-check --requirement "$here/requirements.txt"
# A schema cannot say all of what an alignment needs (bands that leave a path, k up to the number of candidates): such requests are a 400.
SCHEMATHESIS_HOOKS=hooks PYTHONPATH="$here" "$venv/bin/schemathesis" run "${WARPSERVE_URL:-http://127.0.0.1:8080}/openapi-full.json" \
  --exclude-checks positive_data_acceptance --workers 1 --seed "${SEED:-1}" --max-examples "${EXAMPLES:-10}" "$@"
