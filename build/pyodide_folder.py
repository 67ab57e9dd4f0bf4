"""dist/pyodide/: the Python runtime, NumPy, pynn and the lock that names their hashes."""

import shutil
from pathlib import Path

from byte_code import add_byte_code
from numpy_wheel import numpy_wheel
from paths import NODE_MODULES, PYODIDE, ROOT
from pynn_wheel import build_wheel, write_lock
from steps import run_step

# Of the npm package only what a page loads: no source maps, type declarations or consoles.
RUNTIME = ["pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip"]


def pyodide_folder() -> Path:
    numpy = numpy_wheel()

    def make(folder: Path) -> None:
        for name in RUNTIME:
            shutil.copyfile(PYODIDE / name, folder / name)
        shutil.copyfile(numpy, folder / numpy.name)
        wheel = build_wheel(ROOT, folder)
        write_lock(folder, [wheel], keep=["numpy"])
        add_byte_code(folder)

    project = [ROOT / name for name in ("pynn", "pyproject.toml", "README.md", "LICENSE")]
    versions = [ROOT / "requirements.txt", NODE_MODULES / "pyodide/package.json"]
    runtime = [*(PYODIDE / name for name in RUNTIME), PYODIDE / "pyodide-lock.json", numpy]
    return run_step("pyodide", [*project, *versions, *runtime], make)
