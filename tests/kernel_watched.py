"""Runs the kernel's cases inside Pyodide and watches the memory around them.

There are no forbidden pages in WebAssembly, so every operand lies between margins of a known
pattern, and arrays that take no part lie between the operands.
"""

from typing import Any

import kernel_cases
import numpy as np
import pynn_kernel

MARGIN = 128
PATTERN = 171


class Margins:
    """Arrays with a margin on either side, and now and then one that nobody uses."""

    def __init__(self, rng: np.random.Generator) -> None:
        self.rng = rng
        self.watched: list[np.ndarray] = []

    def place(self, shape: tuple[int, ...], dtype: Any) -> np.ndarray:
        size = int(np.prod(shape, dtype=np.int64)) * np.dtype(dtype).itemsize
        memory = np.full(size + 2 * MARGIN, PATTERN, np.uint8)
        self.watched += [memory[:MARGIN], memory[MARGIN + size :]]
        if self.rng.random() < 0.2:
            self.watched.append(np.full(int(self.rng.integers(1, 50_000)), PATTERN, np.uint8))
        return memory[MARGIN : MARGIN + size].view(dtype).reshape(shape)

    def check(self) -> None:
        for memory in self.watched:
            assert (memory == PATTERN).all(), "a call wrote beside its operands"


def run(variant: str, count: int, seed: int) -> list[str]:
    """Raises AssertionError for the first case that fails; returns what was not refused."""
    kernel, rng = pynn_kernel.load(variant), np.random.default_rng(seed)
    for number in range(count):
        margins = Margins(rng)
        with np.errstate(all="ignore"):
            kernel_cases.CHECKS[number % len(kernel_cases.CHECKS)](kernel, margins.place, rng)
        margins.check()
    return kernel_cases.refusals(kernel)
