"""Soft-DTW of a batch on PyTorch's CPU, forward and backward, against Warpserve on the same seeded series, one thread each.

    python3 -m venv .venv && .venv/bin/pip install -r bench/python/requirements-torch.txt
    .venv/bin/python bench/python/pairs.py

Medians of several rounds; between rounds `node bench/ours-pairs.ts` measures Warpserve, so both see the same machine.
"""

import json
import os
import statistics
import subprocess
import sys
import time

for name in ("OMP_NUM_THREADS", "NUMBA_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[name] = "1"

import pysdtw  # noqa: E402
import torch  # noqa: E402
from compare import series  # noqa: E402
from tslearn.metrics import SoftDTWLossPyTorch  # noqa: E402

ROUNDS = 3
BATCH = 64
torch.set_num_threads(1)


def batch(n, seed):
    return torch.tensor([[[x] for x in series(n, seed + k)] for k in range(BATCH)], dtype=torch.float64, requires_grad=True)


def microseconds(loss, x, y):
    def run():
        x.grad = y.grad = None
        loss(x, y).sum().backward()

    run()  # compiles
    times = []
    for _ in range(5):
        started = time.perf_counter()
        run()
        times.append(time.perf_counter() - started)
    return statistics.median(times) * 1e6


def ours():
    node = os.environ.get("NODE", "node_modules/.bin/node")
    return json.loads(subprocess.run([node, "bench/ours-pairs.ts"], check=True, capture_output=True, text=True).stdout)


def main():
    peers = {"tslearn": SoftDTWLossPyTorch(gamma=1.0), "pysdtw": pysdtw.SoftDTW(gamma=1.0, use_cuda=False)}
    batches = {n: (batch(n, 1), batch(n, 1001)) for n in (24, 100, 300)}
    measured, mine = {}, {}
    for _ in range(ROUNDS):
        for n, time_us in ours().items():
            mine.setdefault(int(n), []).append(time_us)
        for n, (x, y) in batches.items():
            for peer, loss in peers.items():
                measured.setdefault((n, peer), []).append(microseconds(loss, x, y))
    print(f"torch {torch.__version__}, {BATCH} pairs, values and gradients")
    print(f"{'n':>4} {'peer':10} {'peer us':>12} {'ours us':>12} {'ratio':>8}")
    for (n, peer), times in measured.items():
        theirs, own = statistics.median(times), statistics.median(mine[n])
        print(f"{n:4} {peer:10} {theirs:12.1f} {own:12.1f} {theirs / own:7.1f}x")


if __name__ == "__main__":
    sys.exit(main())
