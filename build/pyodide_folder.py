"""dist/pyodide/: the Python runtime, NumPy, pynn, its kernel, and the lock with their hashes.

The lock speaks of the wheels as they are when the page has unpacked their streams of gzip.
"""

import shutil
from pathlib import Path

from byte_code import add_byte_code
from kernel_wheel import SOURCES, kernel_wheel
from numpy_wheel import numpy_wheel
from paths import NODE_MODULES, PYODIDE, ROOT, files_below
from pynn_wheel import PROJECT, write_lock
from steps import run_step
from zips import write_smallest_gzip

# Of the npm package only what a page loads: no source maps, type declarations or consoles.
RUNTIME = ["pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip"]


def pyodide_folder(package: Path) -> Path:
    """The folder with the runtime and, shortened for a page, the wheel that `package` holds."""
    numpy = numpy_wheel()
    [pynn] = files_below(package)

    def make(folder: Path) -> None:
        for name in RUNTIME:
            shutil.copyfile(PYODIDE / name, folder / name)
        shutil.copyfile(numpy, folder / numpy.name)
        wheels = [Path(shutil.copy(pynn, folder)), kernel_wheel(folder)]
        write_lock(folder, wheels, keep=["numpy"])
        add_byte_code(folder)
        for wheel in list(folder.glob("*.whl")):
            write_smallest_gzip(folder / f"{wheel.name}.gzip", wheel.read_bytes())
            wheel.unlink()

    versions = [ROOT / "requirements.txt", NODE_MODULES / "pyodide/package.json"]
    runtime = [*(PYODIDE / name for name in RUNTIME), PYODIDE / "pyodide-lock.json", numpy]
    return run_step("pyodide", [SOURCES, *PROJECT, *versions, *runtime], make)
