"""Validates ScaledObjects, which Kubernetes' own schemas do not have, against models made of KEDA's definitions: validate-keda.py FILE..."""

import sys

import yaml
from cloudcoil.models.keda.v1alpha1 import ScaledObject


def unknown(given, read, where=""):
    """The fields of a manifest that the models do not have, which KEDA would drop or refuse."""
    if isinstance(given, dict):
        for name, value in given.items():
            if name not in read:
                yield f"{where}/{name}"
            else:
                yield from unknown(value, read[name], f"{where}/{name}")
    elif isinstance(given, list):
        for at, (value, other) in enumerate(zip(given, read)):
            yield from unknown(value, other, f"{where}/{at}")


for path in sys.argv[1:]:
    with open(path, encoding="utf-8") as file:
        for given in yaml.safe_load_all(file):
            if given["kind"] != "ScaledObject":
                continue
            read = ScaledObject.model_validate(given).model_dump(by_alias=True, exclude_none=True)
            if wrong := list(unknown(given, read)):
                sys.exit(f"{path}: KEDA has no {', '.join(wrong)}")
            print(f"INFO {path} passed for resource scaledobject/{given['metadata']['name']}")
