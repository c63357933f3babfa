# Needs python3 with venv, and java.
openapi_generator python --additional-properties=packageName=warpserve -o client
[ -x venv/bin/python ] || python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check ./client
venv/bin/python "$HERE/main.py"
