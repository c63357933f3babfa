"""Learns a prototype of each class by gradient descent on soft-DTW: each step is one request, with a pair for every series.

    python examples/python/batch.py [http://127.0.0.1:8080]
"""

import io
import os
import sys
from pathlib import Path

import numpy as np
import requests

SERVICE = sys.argv[1] if len(sys.argv) > 1 else os.environ.get("WARPSERVE_URL", "http://127.0.0.1:8080")
DATA = Path(__file__).parent.parent / "data" / "GunPoint_TRAIN.txt"
STEP = 0.03
NPZ = "application/x-npz"

session = requests.Session()


def training_step(dataset1: np.ndarray, dataset2: np.ndarray, weights: np.ndarray) -> dict[str, np.ndarray]:
    """The loss, sum(weights * soft-dtw of each pair), and its gradient, in the shapes of the arrays."""
    body = io.BytesIO()
    np.savez(body, dataset1=dataset1, dataset2=dataset2, weights=weights)
    response = session.post(
        f"{SERVICE}/soft-dtw/pairs?grad=true&gamma=0.01",
        data=body.getvalue(),
        headers={"content-type": NPZ, "accept": NPZ},
        timeout=30,
    )
    if not response.ok:
        raise RuntimeError(f"{response.status_code} {response.text}")
    return dict(np.load(io.BytesIO(response.content)))


lines = DATA.read_text().split("@data\n")[1].splitlines()
series = np.array([line.split(":")[0].split(",") for line in lines], dtype=float)
classes, labels = np.unique([line.split(":")[1] for line in lines], return_inverse=True)

prototypes = np.array([series[labels == label].mean(axis=0) for label in range(len(classes))])
weights = (1 / np.bincount(labels))[labels]  # each class counts the same, and its loss is a mean
for turn in range(21):
    answer = training_step(prototypes[labels], series, weights)
    if turn % 5 == 0:
        print(f"step {turn:2}  loss {answer['loss']:8.4f}")
    # The gradient of a prototype is the sum over the pairs that it is part of.
    for label in range(len(classes)):
        prototypes[label] -= STEP * answer["gradient_dataset1"][labels == label].sum(axis=0)
