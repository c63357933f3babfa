"""same_matrix.py ARRAY DIRECT RESULT: whether a Zarr array, and the .npy of a job's result, are to the last bit the .npy of the direct answer."""

import sys

import numpy as np
import zarr

array, direct, result = sys.argv[1:]
wanted = np.load(direct)
found = zarr.open_array(array, mode="r")
read = np.load(result)
assert found.shape == wanted.shape == read.shape, (found.shape, wanted.shape, read.shape)
assert found.chunks[0] < found.shape[0], f"one chunk of {found.chunks} shows nothing"
assert np.array_equal(found[:].view(np.uint64), wanted.view(np.uint64))
assert np.array_equal(found[3:5, 7].view(np.uint64), np.ascontiguousarray(wanted[3:5, 7]).view(np.uint64))
assert np.array_equal(read.view(np.uint64), wanted.view(np.uint64))
print(*wanted.shape)
