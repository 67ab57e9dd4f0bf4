"""Runs inside Pyodide: byte code for the modules that the page is about to import.

Neither Pyodide's stdlib zip nor its wheels hold byte code, so without this every boot compiles the
same sources again. Only Pyodide's own Python can make byte code that it will read.
"""

import importlib
import importlib.util
import py_compile
import sys
import tempfile
from pathlib import Path
from types import ModuleType

# The package, and what it and the page import only when they first need it: random numbers,
# model files, MNIST's gzip, tracebacks with source lines, and the Python that a page types in.
NEEDED = [
    *("pynn", "pynn.live", "pynn.lab", "pynn_kernel"),
    *("numpy.random", "numpy.lib.format", "numpy.lib._npyio_impl"),
    *("zipfile", "gzip", "zlib", "json", "io", "tempfile", "traceback", "linecache", "ast"),
    *("pyodide.code", "pyodide.ffi", "pyodide.http"),
]


def source_of(module: ModuleType) -> tuple[str, str] | None:
    """A module's file name and source; None for what is built in, frozen or compiled C."""
    spec = module.__spec__
    if spec is None or spec.origin is None or not spec.origin.endswith(".py"):
        return None
    # Both of Python's own loaders, for folders and for zips, can tell the source.
    source = getattr(spec.loader, "get_source", lambda name: None)(spec.name)
    return None if source is None else (spec.origin, source)


def target_of(origin: str, stdlib: str, site: str) -> str | None:
    """The name of the byte code in our output, for modules of the stdlib zip and of the wheels."""
    for folder, place in ((stdlib, "stdlib"), (site, "site")):
        if origin.startswith(folder + "/"):
            return f"{place}/{origin.removeprefix(folder + '/')}c"
    return None


def compile_modules(out: str, stdlib: str, site: str) -> None:
    """Imports what is needed and writes one .pyc for each module that is then loaded.

    Unchecked-hash byte code: Python reads it without comparing it with the source's date, which
    unpacking changes.
    """
    for name in NEEDED:
        importlib.import_module(name)
    with tempfile.TemporaryDirectory() as scratch:
        source_file = Path(scratch, "source.py")
        for module in list(sys.modules.values()):
            found = source_of(module)
            target = target_of(found[0], stdlib, site) if found else None
            if found is None or target is None:
                continue
            source_file.write_text(found[1], "utf-8", newline="")
            py_compile.compile(
                str(source_file),
                cfile=f"{out}/{target}",
                dfile=found[0],
                doraise=True,
                invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH,
            )
