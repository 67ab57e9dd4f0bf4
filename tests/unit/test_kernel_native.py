"""The kernel's C, compiled for this machine, between pages that nobody may touch.

The browser cannot watch every byte around an operand; a machine with memory protection can. The
functions, their checks of operands and their use of Python's interface are the very same source.
"""

import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import kernel_guarded
import numpy as np
import pytest
from kernel_native import native_kernel
from kernel_wheel import SOURCES

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="the check needs POSIX mprotect"),
    pytest.mark.skipif(
        bool(sysconfig.get_config_var("Py_GIL_DISABLED")),
        reason="cpython.h describes objects of a Python with the global interpreter lock",
    ),
]

# Blocks of five rows are the plain build's, of six rows that for relaxed SIMD.
BUILDS: dict[str, tuple[str, ...]] = {"five rows": (), "six rows": ("SIX_ROWS",)}

# A fault planted in each of the ways in which memory can be missed, and where it stands.
FAULTS = {
    "block written over the right edge": (
        "product.h",
        "if (out->column == 1 && panel->columns == panel->vectors * LANES) {",
        "if (out->column == 1) {",
    ),
    "rest of an array read as whole lanes": (
        "lanes.h",
        "if (i < count) value[i] = from[i];",
        "if (i <= count) value[i] = from[i];",
    ),
    "panel packed from behind the edge": (
        "product.h",
        "to[c] = c < columns ? source[p * b.row + c * b.column] : 0;",
        "to[c] = source[p * b.row + c * b.column];",
    ),
    "rest of a row read as whole lanes": (
        "lanes.h",
        "left >= LANES ? load",
        "left >= 1 ? load",
    ),
    "run of a window added over its end": (
        "convolution.h",
        "index left = count - c;",
        "index left = LANES;",
    ),
    "channels of a pool written over the last": (
        "pooling.h",
        "index left = dx.channels - c;",
        "index left = LANES;",
    ),
    "window moved by one row too many": (
        "images.c",
        "(int64_t)(steps - 1) * stride + size <= side",
        "(int64_t)(steps - 1) * stride + size <= side + 1",
    ),
}


@pytest.fixture(scope="module", params=BUILDS, ids=lambda name: name.replace(" ", "-"))
def extension(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return native_kernel(tmp_path_factory.mktemp("kernel"), BUILDS[request.param])


def run_guarded(extension: Path, count: int) -> subprocess.CompletedProcess[str]:
    """In a process of its own, because a byte too far ends it."""
    command = [sys.executable, kernel_guarded.__file__, str(extension), str(count), "1"]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_kernel_agrees_with_numpy_and_touches_nothing_else(extension: Path) -> None:
    run = run_guarded(extension, 3000)
    assert run.returncode == 0, run.stderr
    assert run.stdout == "3000 cases\n"


@pytest.mark.parametrize("fault", FAULTS)
def test_kernel_with_a_planted_fault_is_found_out(fault: str, tmp_path: Path) -> None:
    file, right, wrong = FAULTS[fault]
    sources = Path(shutil.copytree(SOURCES, tmp_path / "sources"))
    text = (sources / file).read_text("utf-8")
    assert text.count(right) == 1
    (sources / file).write_text(text.replace(right, wrong), "utf-8")
    assert run_guarded(native_kernel(tmp_path, sources=sources), 3000).returncode != 0


def test_arrays_are_released_whether_taken_or_refused(extension: Path) -> None:
    kernel = kernel_guarded.load(str(extension))
    a, out = np.ones((3, 3), np.float32), np.ones((3, 3), np.float32)
    before = sys.getrefcount(a), sys.getrefcount(out)
    for _ in range(100):
        assert kernel.matmul(a, a, out)
        assert not kernel.matmul(a, a, a)
        assert not kernel.matmul(a, None, out)
        assert not kernel.add_scaled(a, out, "one")
    assert (sys.getrefcount(a), sys.getrefcount(out)) == before
    # Memory that is still lent to somebody cannot be resized.
    memory = bytearray(36)
    view = memoryview(memory).cast("f", (3, 3))
    assert kernel.matmul(a, a, view)
    view.release()
    memory.clear()
