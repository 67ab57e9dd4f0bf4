"""Where things lie. Everything that is made goes to .cache/ (kept between builds) or dist/."""

from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CACHE = ROOT / ".cache"
DIST = ROOT / "dist"
NODE_MODULES = ROOT / "node_modules"
PYODIDE = NODE_MODULES / "pyodide"


def files_below(folder: Path) -> Iterator[Path]:
    """Every file below the folder in a fixed order, byte code that Python left there excepted."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix != ".pyc":
            yield path
