"""Arrays to the service and back as NumPy files, without JSON: .npz in, .npz and .npy out.

    python examples/python/arrays.py [http://127.0.0.1:8080]
"""

import io
import os
import sys
from pathlib import Path

import numpy as np
import requests

SERVICE = sys.argv[1] if len(sys.argv) > 1 else os.environ.get("WARPSERVE_URL", "http://127.0.0.1:8080")
DATA = Path(__file__).parent.parent / "data" / "GunPoint_TRAIN.txt"

session = requests.Session()


def post(path: str, arrays: dict[str, np.ndarray], accept: str = "application/x-npz", **parameters: object) -> bytes:
    """Arrays go into the body, numbers, words and flags into the query."""
    body = io.BytesIO()
    np.savez(body, **arrays)
    headers = {"content-type": "application/x-npz", "accept": accept}
    response = session.post(SERVICE + path, params=parameters, data=body.getvalue(), headers=headers, timeout=30)
    if not response.ok:
        raise RuntimeError(f"{path}: {response.status_code} {response.text}")
    return response.content


def padded(series: list[np.ndarray]) -> np.ndarray:
    """Series of unequal lengths as one array, padded with NaN as tslearn's to_time_series_dataset does."""
    dataset = np.full((len(series), max(map(len, series))), np.nan)
    for row, one in zip(dataset, series):
        row[: len(one)] = one
    return dataset


lines = DATA.read_text().split("@data\n")[1].splitlines()
series = [np.array(line.split(":")[0].split(","), dtype=float) for line in lines]

answer = np.load(io.BytesIO(post("/soft-dtw", {"s1": series[0], "s2": series[9]}, gamma=0.01, grad=True)))
print(f"soft-dtw {answer['value']:.4f}, arrays: {', '.join(answer.files)}")
print(f"gradient_s1 {answer['gradient_s1'].dtype} {answer['gradient_s1'].shape}")

dataset = padded([one[: 150 - 2 * k] for k, one in enumerate(series)])
matrix = np.load(io.BytesIO(post("/dtw/cdist", {"dataset1": dataset}, "application/x-npy", sakoe_chiba_radius=120)))
print(f"cdist {matrix.dtype} {matrix.shape}, farthest: {np.unravel_index(matrix.argmax(), matrix.shape)} at {matrix.max():.4f}")
