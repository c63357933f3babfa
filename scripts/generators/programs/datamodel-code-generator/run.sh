# Needs python3 with venv. Reports the number of its classes, and of those with a number in place of a name.
python_tool datamodel-code-generator==0.89.0
datamodel-codegen --input "$DOCUMENT" --input-file-type openapi --output models.py --output-model-type pydantic_v2.BaseModel >log 2>&1 || { tail -5 log; exit 1; }
python -c 'import models; models.DtwRequest(s1=[16777217, 0.1], s2=[16777216, 0.2])'
echo "imports; $(grep -c '^class ' models.py) classes, $(grep -cE '^class [A-Za-z]+[0-9]+\b' models.py || true) numbered"
