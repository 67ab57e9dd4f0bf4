"""Runs the kernel's cases on operands between pages that nobody may touch.

    python tests/kernel_guarded.py EXTENSION COUNT SEED

One byte read or written too far, before or behind any operand, ends the process with a signal.
Every operand lies as close to one of its two forbidden pages as its alignment allows.
"""

import ctypes
import faulthandler
import importlib.machinery
import importlib.util
import mmap
import sys
from types import ModuleType
from typing import Any

import kernel_cases
import numpy as np

PAGE = mmap.PAGESIZE
FORBIDDEN = 0  # PROT_NONE


class Pages:
    """Arrays in memory of their own with a forbidden page on either side."""

    def __init__(self, rng: np.random.Generator) -> None:
        self.rng = rng
        self.kept: list[mmap.mmap] = []
        self.protect = ctypes.CDLL(None, use_errno=True).mprotect

    def place(self, shape: tuple[int, ...], dtype: Any) -> np.ndarray:
        size = int(np.prod(shape, dtype=np.int64)) * np.dtype(dtype).itemsize
        room = -(-max(size, 1) // PAGE) * PAGE
        memory = mmap.mmap(-1, room + 2 * PAGE)
        address = ctypes.addressof(ctypes.c_char.from_buffer(memory))
        for page in (address, address + PAGE + room):
            if self.protect(ctypes.c_void_p(page), ctypes.c_size_t(PAGE), FORBIDDEN) != 0:
                raise OSError(ctypes.get_errno(), "mprotect failed")
        self.kept.append(memory)
        start = PAGE + int(self.rng.integers(2)) * (room - size)
        return np.frombuffer(memory, np.uint8, size, start).view(dtype).reshape(shape)


def load(path: str) -> ModuleType:
    loader = importlib.machinery.ExtensionFileLoader("kernel", path)
    spec = importlib.util.spec_from_file_location("kernel", path, loader=loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


def main(path: str, count: int, seed: int) -> None:
    faulthandler.enable()
    kernel, rng = load(path), np.random.default_rng(seed)
    for number in range(count):
        check = kernel_cases.CHECKS[number % len(kernel_cases.CHECKS)]
        with np.errstate(all="ignore"):
            check(kernel, Pages(rng).place, rng)
    assert not (wrong := kernel_cases.refusals(kernel)), f"not refused: {wrong}"
    print(f"{count} cases")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
