"""Writes the .npz files beside it: python test/server/npz/files/make.py. What is in them: values.json, made with them."""

import json
from pathlib import Path

import numpy as np

here = Path(__file__).parent
# Dyadic fractions, so that every dtype of 16 bits and more holds them exactly.
s1 = np.array([[1.5, -10], [2.25, 20], [3, 30], [4, -40.5]])
s2 = np.array([[1, 11], [3, 29], [4, 41], [np.nan, np.nan]])
datasets = np.stack([s1[:, 0], s2[:, 0], s1[:, 1]])
whole = np.round(s1)

np.savez(here / "savez.npz", s1=s1, s2=s2)
np.savez_compressed(here / "savez_compressed.npz", s1=s1, s2=s2)
np.savez(here / "fortran.npz", s1=np.asfortranarray(s1), s2=np.asfortranarray(s2))
np.savez(here / "big-endian.npz", s1=s1.astype(">f8"), s2=s2.astype(">f4"))
np.savez(here / "float16.npz", s1=s1.astype("f2"), s2=s2.astype("f4"))
np.savez(here / "views.npz", s1=s1[::-1][::-1], s2=np.repeat(s2, 2, axis=0)[::2])
for name in ["i1", "i2", ">i2", "i4", "i8", ">i8"]:
    np.savez(here / f"int-{name.replace('>', 'big-')}.npz", s1=whole.astype(name), s2=whole[::-1].astype(name))
for name in ["u1", "u2", "u4", "u8"]:
    np.savez(here / f"uint-{name}.npz", s1=np.abs(whole).astype(name), s2=np.abs(whole[::-1]).astype(name))
np.savez(here / "dataset.npz", dataset1=np.asfortranarray(datasets))


def plain(array):
    return [[None if np.isnan(x) else x for x in row] for row in array.astype(float).tolist()]


values = {}
for file in sorted(here.glob("*.npz")):
    with np.load(file) as arrays:
        values[file.stem] = {name: plain(arrays[name]) for name in arrays.files}
(here / "values.json").write_text(json.dumps(values, indent=1) + "\n")
