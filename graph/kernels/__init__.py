"""Compiled kernels: classic graph algorithms on plain arrays, as fast as the machine allows.

They take the compressed rows of `graph.snapshot.csr` (int64 `indptr`, int32 `indices`, float64 weights, C
order) and know nothing of what the nodes are. They release the interpreter's lock, so threads may call them.
"""
