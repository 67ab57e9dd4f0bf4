"""The kernel's C for this machine, as an ordinary extension, so that its memory can be watched.

Nothing ships it: natively NumPy has a BLAS. The tests run it between forbidden pages.
"""

import sys
from pathlib import Path

from kernel_wheel import SOURCES, WARNINGS, zig

# What C leaves undefined ends the process: overflow, a step outside an array that C knows, …
CHECKED = ["-O1", "-g", "-fsanitize=undefined", "-fsanitize-trap=undefined"]


def native_kernel(folder: Path, defines: tuple[str, ...] = (), sources: Path = SOURCES) -> Path:
    """Builds the extension into the folder; Python's own functions are found when it is loaded."""
    link = ["-undefined", "dynamic_lookup"] if sys.platform == "darwin" else ["-lm"]
    options = [*WARNINGS, *CHECKED, "-fPIC", "-shared", *(f"-D{name}" for name in defines)]
    path = folder / "kernel.so"
    files = [source.name for source in sorted(sources.glob("*.c"))]
    zig("cc", *options, *files, "-o", str(path), *link, folder=sources)
    return path
