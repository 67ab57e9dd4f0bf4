"""Runs inside the finished Pyodide folder: what the page counts on must hold before it ships."""

import importlib
import importlib.util
import sys
import traceback
from pathlib import Path


def check(site: str) -> None:
    """Raises AssertionError with a sentence when a promise does not hold."""
    numpy = importlib.import_module("numpy")
    importlib.import_module("numpy.random")
    importlib.import_module("numpy.testing")
    pynn = importlib.import_module("pynn")
    importlib.import_module("pynn.live")

    product = numpy.arange(6.0).reshape(2, 3) @ numpy.ones((3, 1))
    assert product.tolist() == [[3.0], [12.0]], f"NumPy multiplies wrongly: {product}"

    # Node.js may not know relaxed SIMD; then this is the build for browsers that do not either.
    matmul = importlib.import_module("pynn.matmul")
    a, b, out = numpy.arange(6.0).reshape(2, 3), numpy.ones((3, 1)), numpy.empty((2, 1))
    assert matmul.by_kernel("matmul", a, b, out), "pynn does not find its kernel"
    assert out.tolist() == [[3.0], [12.0]], f"the kernel multiplies wrongly: {out}"

    for name, module in list(sys.modules.items()):
        file = getattr(module, "__file__", None) or ""
        shipped = name.partition(".")[0] in ("pynn", "pynn_kernel") and file.startswith(site)
        if shipped and file.endswith(".py"):
            cached = importlib.util.cache_from_source(file)
            assert Path(cached).exists(), f"{name} came without byte code"

    # Byte code remembers the file name it was compiled with; the source must be found there.
    try:
        pynn.load("/no/such/file.npz")
    except Exception as error:
        frames = traceback.extract_tb(error.__traceback__)
    else:
        raise AssertionError("loading a missing model raised nothing")
    ours = [frame for frame in frames if frame.filename.startswith(f"{site}/pynn/")]
    assert ours, "no line of pynn in the traceback of pynn.load"
    for frame in ours:
        assert frame.line, f"no source line for {frame.filename}:{frame.lineno}"
