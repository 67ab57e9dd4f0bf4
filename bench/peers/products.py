"""Matrix products in GFLOP/s, natively and in Pyodide: NumPy's, and the one that pynn uses."""

import json
import time
from collections.abc import Callable

import numpy as np

from pynn.matmul import matmul

PRODUCTS: dict[str, Callable[..., object]] = {"numpy": np.matmul, "pynn": matmul}


def _operands(m: int, k: int, n: int, layout: str) -> list[np.ndarray]:
    """a (m, k) and b (k, n), of which `layout` ("nn", "tn", "nt", "tt") says the transposed."""
    rng = np.random.default_rng(0)
    made = []
    for (rows, columns), how in zip(((m, k), (k, n)), layout, strict=True):
        shape = (columns, rows) if how == "t" else (rows, columns)
        array = rng.standard_normal(shape, dtype=np.float32)
        made.append(array.T if how == "t" else array)
    return made


def seconds_a_call(which: str, m: int, k: int, n: int, layout: str, budget: float) -> str:
    """The mean of as many calls as fill the budget of seconds, as JSON."""
    a, b = _operands(m, k, n, layout)
    out = np.empty((m, n), np.float32)
    product = PRODUCTS[which]
    product(a, b, out=out)
    calls, spent = 1, 0.0
    while True:
        start = time.perf_counter()
        for _ in range(calls):
            product(a, b, out=out)
        spent = time.perf_counter() - start
        if spent >= budget:
            return json.dumps(spent / calls)
        calls *= 2
