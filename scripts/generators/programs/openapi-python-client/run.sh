# Needs python3 with venv. Reports the number of its files and warnings, after importing what it made.
python_tool openapi-python-client==0.29.1
rm -rf client
openapi-python-client generate --path "$DOCUMENT" --output-path client --meta none --overwrite >warnings.log 2>&1
python -c 'from client.api.pair import dtw; from client.models import DtwRequest'
echo "imports; $(find client/models -name '*.py' | wc -l) model files, $(grep -c WARNING warnings.log || true) warnings"
