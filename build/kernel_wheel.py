"""The matrix kernel: web/kernel compiled to WebAssembly and packed into a wheel for Pyodide.

The compiler is Zig's C compiler, which comes from PyPI. Emscripten is not needed: the kernel is a
side module that takes what it calls from Pyodide's main module when it is loaded.
"""

import json
import re
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from byte_code import with_record
from paths import CACHE, PYODIDE, ROOT
from run_tool import run_tool
from zips import write_zip

SOURCES = ROOT / "web/kernel"

# The CPU features of each build; `pynn_kernel/__init__.py` takes the first that the browser knows.
VARIANTS = {"relaxed": "generic+simd128+relaxed_simd", "simd": "generic+simd128"}

# Everything in cpython.h belongs to Python's stable ABI, and has since 3.12; Pyodide's lock names
# the rest of what an extension is tied to.
PYTHON_TAG = "cp312-abi3"

# A product and a sum stay two roundings unless the source asks for one: updates promise NumPy's
# bits.
WARNINGS = ["-std=c11", "-Wall", "-Wextra", "-Werror", "-ffp-contract=off", "-fvisibility=hidden"]
WASM = ["-target", "wasm32-emscripten", "-O3", "-fPIC"]
LINK = ["-shared", "--experimental-pic", "--no-entry", "--unresolved-symbols=import-dynamic"]


def zig(*arguments: str, folder: Path) -> None:
    """Runs one of Zig's tools. What it makes for itself stays in .cache/, our objects do not."""
    command = [sys.executable, "-m", "ziglang", *arguments]
    with tempfile.TemporaryDirectory() as fresh:
        caches = {"ZIG_GLOBAL_CACHE_DIR": str(CACHE / "zig"), "ZIG_LOCAL_CACHE_DIR": fresh}
        run_tool(command, folder, "Compiling the kernel", caches)


def compile_variant(variant: str, folder: Path) -> bytes:
    """The side module for one set of CPU features; objects go into the folder."""
    objects = []
    for source in sorted(SOURCES.glob("*.c")):
        made = f"{variant}-{source.stem}.o"
        options = [*WASM, *WARNINGS, f"-mcpu={VARIANTS[variant]}"]
        zig("cc", *options, "-c", source.name, "-o", str(folder / made), folder=SOURCES)
        objects.append(made)
    name = f"{variant}.wasm"
    zig("wasm-ld", *LINK, "--strip-all", "-o", name, *objects, folder=folder)
    return (folder / name).read_bytes()


def wheel_tag() -> str:
    """The tag of extensions that this Pyodide loads."""
    info = json.loads((PYODIDE / "pyodide-lock.json").read_text("utf-8"))["info"]
    return f"{PYTHON_TAG}-pyemscripten_{info['abi_version']}_{info['arch']}"


def version() -> str:
    """pynn's own: the two belong together."""
    text = (ROOT / "pynn/__init__.py").read_text("utf-8")
    found = re.search(r'^__version__ = "(.+)"$', text, re.MULTILINE)
    assert found is not None
    return found[1]


def kernel_wheel(folder: Path) -> Path:
    """Builds the wheel into the folder, the same bytes every time, and returns its path."""
    tag, number = wheel_tag(), version()
    with tempfile.TemporaryDirectory() as scratch, ThreadPoolExecutor() as pool:
        modules = pool.map(lambda variant: compile_variant(variant, Path(scratch)), VARIANTS)
        compiled = dict(zip(VARIANTS, modules, strict=True))
    info = f"pynn_kernel-{number}.dist-info"
    about = f"Metadata-Version: 2.4\nName: pynn-kernel\nVersion: {number}\n"
    about += "Summary: The matrix kernel of pynn in WebAssembly\nLicense-Expression: MIT\n"
    about += "License-File: LICENSE\nRequires-Python: >=3.12\n"
    wheel = f"Wheel-Version: 1.0\nGenerator: pynn\nRoot-Is-Purelib: false\nTag: {tag}\n"
    files = {
        "pynn_kernel/__init__.py": (SOURCES / "pynn_kernel/__init__.py").read_bytes(),
        **{f"pynn_kernel/{variant}.wasm": module for variant, module in compiled.items()},
        f"{info}/METADATA": about.encode(),
        f"{info}/WHEEL": wheel.encode(),
        f"{info}/licenses/LICENSE": (ROOT / "LICENSE").read_bytes(),
        f"{info}/RECORD": b"",
    }
    path = folder / f"pynn_kernel-{number}-{tag}.whl"
    write_zip(path, with_record(files))
    return path
