#!/usr/bin/env bash
# Validates the Kubernetes manifests against the API schemas that come with kubernetes-validate, and those of KEDA against its own; builds the kustomizations if
# kubectl is installed. Tests the alerts if promtool is installed (Debian: prometheus). Needs python3 with venv.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
venv=${VALIDATE_VENV:-.venv}
[ -x "$venv/bin/pip" ] || python3 -m venv "$venv"
"$venv/bin/pip" install --quiet --disable-pip-version-check --requirement requirements.txt
validate() {
  "$venv/bin/kubernetes-validate" --strict "$@"
  "$venv/bin/python" validate-keda.py "$@"
}

find kubernetes -name '*.yaml' ! -name kustomization.yaml -print0 | xargs -0 "$venv/bin/kubernetes-validate" --strict
"$venv/bin/python" validate-keda.py kubernetes/fleet-keda/scaled-object.yaml
if command -v kubectl >/dev/null; then
  for folder in kubernetes/*/; do
    built=$(mktemp --suffix=.yaml)
    kubectl kustomize "${folder%/}" >"$built"
    validate "$built"
    rm "$built"
  done
fi
if command -v promtool >/dev/null; then
  promtool test rules prometheus/alerts.test.yaml
else
  echo 'SKIPPED the alerts: promtool is not installed'
fi
