"""Python's peers against Warpserve on the same seeded series, one thread each.

    python3 -m venv .venv && .venv/bin/pip install -r bench/python/requirements.txt
    .venv/bin/python bench/python/compare.py

Medians of several rounds; between rounds `node bench/ours.ts` measures Warpserve, so both see the same machine.
"""

import json
import os
import statistics
import subprocess
import sys
import time

for name in ("OMP_NUM_THREADS", "NUMBA_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[name] = "1"

import numpy as np  # noqa: E402
from aeon import distances as aeon  # noqa: E402
from dtaidistance import dtw as dtai  # noqa: E402
from dtaidistance import dtw_ndim as dtai_ndim  # noqa: E402
from dtaidistance.subsequence.dtw import subsequence_alignment  # noqa: E402
from tslearn import metrics as tslearn  # noqa: E402

ROUNDS = 3


def series(n, seed, d=1):
    """The random walk of bench/data.ts: uniform steps from mulberry32."""
    mask = 0xFFFFFFFF
    state = seed & mask
    walk = [0.0] * d
    values = []
    for _ in range(n):
        for k in range(d):
            state = (state + 0x6D2B79F5) & mask
            t = ((state ^ (state >> 15)) * (state | 1)) & mask
            t ^= (t + ((t ^ (t >> 7)) * (t | 61) & mask)) & mask
            walk[k] += ((t ^ (t >> 14)) & mask) / 4294967296 - 0.5
            values.append(walk[k])
    return np.array(values) if d == 1 else np.array(values).reshape(n, d)


def pair(n, d=1):
    return series(n, 1, d), series(n, 2, d)


def tasks():
    for n in (128, 1000, 4000):
        x, y = pair(n)
        yield f"dtw n={n}", {
            "tslearn": lambda x=x, y=y: tslearn.dtw(x, y),
            "aeon": lambda x=x, y=y: aeon.dtw_distance(x, y),
            "dtaidistance": lambda x=x, y=y: dtai.distance_fast(x, y),
        }
    x, y = pair(1000)
    yield "dtw radius=100 n=1000", {
        "tslearn": lambda: tslearn.dtw(x, y, sakoe_chiba_radius=100),
        "aeon": lambda: aeon.dtw_distance(x, y, window=0.1),
        "dtaidistance": lambda: dtai.distance_fast(x, y, window=101),
    }
    x3, y3 = pair(500, 3)
    yield "dtw d=3 n=500", {
        "tslearn": lambda: tslearn.dtw(x3, y3),
        "aeon": lambda a=np.ascontiguousarray(x3.T), b=np.ascontiguousarray(y3.T): aeon.dtw_distance(a, b),
        "dtaidistance": lambda: dtai_ndim.distance_fast(x3, y3),
    }
    yield "dtw path n=1000", {
        "tslearn": lambda: tslearn.dtw_path(x, y),
        "aeon": lambda: aeon.dtw_alignment_path(x, y),
    }
    x128, y128 = pair(128)
    yield "soft-dtw gamma=1 n=128", {
        "tslearn": lambda: tslearn.soft_dtw(x128, y128, gamma=1.0),
        "aeon": lambda: aeon.soft_dtw_distance(x128, y128, gamma=1.0),
    }
    yield "soft-dtw gamma=1 n=1000", {
        "tslearn": lambda: tslearn.soft_dtw(x, y, gamma=1.0),
        "aeon": lambda: aeon.soft_dtw_distance(x, y, gamma=1.0),
    }
    yield "soft-dtw + gradient n=1000", {"tslearn": lambda: tslearn.soft_dtw_alignment(x, y, gamma=1.0)}
    for name in ("adtw", "ddtw", "edr", "erp", "msm", "twe", "wddtw", "wdtw"):
        yield f"{name} n=1000", {"aeon": lambda f=getattr(aeon, f"{name}_distance"): f(x, y)}
    query, long = series(100, 1), series(100_000, 2)
    yield "subsequence 100 in 100000", {
        "tslearn": lambda: tslearn.dtw_subsequence_path(query, long),
        "dtaidistance": lambda: subsequence_alignment(query, long, use_c=True).best_match().segment,
    }
    for name in ("frechet", "gak"):
        if hasattr(tslearn, name):
            yield f"{name} n=1000", {"tslearn": lambda f=getattr(tslearn, name): f(x, y)}


def microseconds(run):
    run()  # compiles
    started = time.perf_counter()
    run()
    once = time.perf_counter() - started
    times = []
    for _ in range(max(3, min(200, int(0.2 / max(once, 1e-6))))):
        started = time.perf_counter()
        run()
        times.append(time.perf_counter() - started)
    return statistics.median(times) * 1e6


def ours():
    node = os.environ.get("NODE", "node_modules/.bin/node")
    return json.loads(subprocess.run([node, "bench/ours.ts"], check=True, capture_output=True, text=True).stdout)


def main():
    measured = {}
    mine = {}
    for _ in range(ROUNDS):
        for name, time_us in ours().items():
            mine.setdefault(name, []).append(time_us)
        for task, peers in tasks():
            for peer, run in peers.items():
                measured.setdefault((task, peer), []).append(microseconds(run))
    print(f"{'task':28} {'peer':14} {'peer us':>12} {'ours us':>12} {'ratio':>8}")
    for (task, peer), times in measured.items():
        theirs = statistics.median(times)
        own = statistics.median(mine[task])
        print(f"{task:28} {peer:14} {theirs:12.1f} {own:12.1f} {theirs / own:7.1f}x")


if __name__ == "__main__":
    sys.exit(main())
