"""Pulls one real series towards another by gradient descent on soft-DTW, with requests and numpy.

    python examples/python/gunpoint.py [http://127.0.0.1:8080]
"""

import os
import sys
from pathlib import Path
from typing import Any

import numpy as np
import requests

SERVICE = sys.argv[1] if len(sys.argv) > 1 else os.environ.get("WARPSERVE_URL", "http://127.0.0.1:8080")
DATA = Path(__file__).parent.parent / "data" / "GunPoint_TRAIN.txt"

# Every step size below 1 / (largest row sum of the soft alignment) lowers the loss; here that is 1 / 30.
STEP = 0.03
GAMMA = 0.01

session = requests.Session()


def post(path: str, s1: np.ndarray, s2: np.ndarray, **parameters: float) -> dict[str, Any]:
    body = {"s1": s1.tolist(), "s2": s2.tolist(), **parameters}
    response = session.post(SERVICE + path, json=body, timeout=30)
    if not response.ok:
        raise RuntimeError(f"{path}: {response.status_code} {response.text}")
    return response.json()


def read_series(file: Path) -> list[np.ndarray]:
    """The univariate series of a UCR file: one per line, values, colon, label."""
    lines = file.read_text().split("@data\n")[1].splitlines()
    return [np.array(line.split(":")[0].split(","), dtype=float) for line in lines]


series = read_series(DATA)
s1 = series[0]  # an actor points with the finger
s2 = series[9]  # an actor draws a gun

before = post("/dtw?path=true", s1, s2)
print(f"dtw before: {before['value']:.4f}")
print(f"its path has {len(before['path'])} pairs of time steps: {before['path'][:5]} ...")

for turn in range(11):
    answer = post("/soft-dtw?grad=true", s1, s2, gamma=GAMMA)
    print(f"step {turn:2}  soft-dtw {answer['value']:8.4f}")
    if turn < 10:
        s1 = s1 - STEP * np.array(answer["gradient"]["s1"])

after = post("/dtw", s1, s2)
print(f"dtw after: {after['value']:.4f}")
