"""Matrices of short series: Python's peers against Warpserve on the same seeded series, one thread each, in microseconds a pair.

    .venv/bin/python bench/python/matrices.py

bench/python/compare.py says how to install it, and lends it its clock and its series.
"""

import json
import os
import statistics
import subprocess
import sys

from compare import aeon, microseconds, series, tslearn
from dtaidistance import dtw as dtai
import numpy as np

ROUNDS = 2


def tasks():
    """name: (metric, series, steps, values a step, Warpserve's parameters, {peer: run of all series})."""
    for n, count in ((16, 200), (24, 200), (60, 120), (150, 60), (300, 30), (1000, 12)):
        yield f"dtw n={n}", "dtw", count, n, 1, {}, {
            "tslearn": lambda x: tslearn.cdist_dtw(x),
            "aeon": lambda x: aeon.dtw_pairwise_distance(x),
            "dtaidistance": lambda x: dtai.distance_matrix_fast(x, parallel=False),
        }
    yield "dtw d=3 n=100", "dtw", 60, 100, 3, {}, {
        "tslearn": lambda x: tslearn.cdist_dtw(x),
        "aeon": lambda x: aeon.dtw_pairwise_distance(np.ascontiguousarray(x.transpose(0, 2, 1))),
    }
    for gamma in (1, 0.01):
        for n, count in ((16, 150), (60, 60), (150, 30), (300, 16)):
            yield f"soft-dtw gamma={gamma} n={n}", "soft-dtw", count, n, 1, {"gamma": gamma}, {
                "aeon": lambda x, gamma=gamma: aeon.soft_dtw_pairwise_distance(x, gamma=float(gamma)),
            }
    for metric in ("msm", "twe", "erp", "edr", "adtw", "wdtw"):
        for n, count in ((24, 150), (100, 50), (300, 16)):
            yield f"{metric} n={n}", metric, count, n, 1, {}, {
                "aeon": lambda x, f=getattr(aeon, f"{metric}_pairwise_distance"): f(x),
            }


def main():
    only = sys.argv[1] if len(sys.argv) > 1 else ""
    every = [task for task in tasks() if only in task[0]]
    asked = json.dumps({name: [metric, count, n, d, params] for name, metric, count, n, d, params, _ in every})
    node = os.environ.get("NODE", "node_modules/.bin/node")
    ours, theirs = {}, {}
    for _ in range(ROUNDS):
        found = subprocess.run([node, "bench/ours-matrices.ts", asked], check=True, capture_output=True, text=True).stdout
        for name, time_us in json.loads(found).items():
            ours.setdefault(name, []).append(time_us)
        for name, _, count, n, d, _, peers in every:
            x = np.stack([series(n, k + 1, d) for k in range(count)])
            for peer, run in peers.items():
                each = microseconds(lambda: run(x)) / (count * (count - 1) / 2)
                theirs.setdefault((name, peer), []).append(each)
    print(f"{'task':24} {'peer':14} {'peer us':>10} {'ours us':>10} {'ratio':>8}")
    for (name, peer), times in theirs.items():
        own = statistics.median(ours[name])
        print(f"{name:24} {peer:14} {statistics.median(times):10.2f} {own:10.3f} {statistics.median(times) / own:7.1f}x")


if __name__ == "__main__":
    sys.exit(main())
