"""What an input's numbers stand for: bytes are pixels from 0 to 255, all others are themselves.

The dtype alone cannot tell. The same pixels as a list would be 255 times as large, and a truth
table kept in bytes 255 times too small: answers without sense, and not a word. So a network
remembers which of the two it has learned from, and what was meant otherwise is refused.
"""

import numpy as np

from pynn.matmul import Array

# What a step of a pixel's byte, 0 to 255, is worth between 0 and 1.
PIXEL = 1 / 255
# Bytes that do not reach this are no picture; only a network that knows pixels takes them.
FAINTEST = 32
# Pixels between 0 and 1 stay below this whatever noise is added to them.
BRIGHTEST = 16


class Units:
    """A network's memory of them.

    pixels  True once it has learned from bytes, False once it has learned from numbers
            that bytes cannot stand for; None before that, and while all numbers were
            between 0 and 1, where both mean the same
    """

    pixels: bool | None = None

    def check(self, x: Array) -> None:
        """ValueError where x (n, …) stands for something else than what was learned from."""
        if x.dtype == np.uint8:
            self._check_bytes(x)
        elif self.pixels and not _between_0_and_1(x):
            raise ValueError(
                f"Network: expected pixels as it learned from, bytes (uint8) or numbers from "
                f"0 to 1, got {x.dtype} up to {x.max():g}"
            )

    def _check_bytes(self, x: Array) -> None:
        if self.pixels:
            return
        if self.pixels is False:
            raise ValueError(
                "Network: expected numbers as it learned from, got bytes (uint8), which count as "
                "pixels from 0 to 255; x.astype('float32') gives numbers"
            )
        most = int(x.max(initial=0))
        if 0 < most < FAINTEST:
            raise ValueError(
                f"Network: expected bytes (uint8) as pixels from 0 to 255, got none above {most}; "
                f"x.astype('float32') gives numbers that are taken as they are"
            )

    def after(self, rows: Array) -> "Units":
        """The memory that a training on these rows will leave."""
        units = Units()
        units.pixels = self.pixels
        units.learn(rows)
        return units

    def learn(self, rows: Array) -> None:
        """Remembers what the rows of a training stand for."""
        if rows.dtype == np.uint8:
            self.pixels = True
        elif self.pixels is None and not (rows.min() >= 0.0 and rows.max() <= 1.0):
            self.pixels = False


def _between_0_and_1(x: Array) -> bool:
    """Whether x can be pixels on that scale, with noise on them perhaps."""
    most = float(x.max(initial=0.0))
    return most <= 1.0 or (most <= BRIGHTEST and not (x == np.floor(x)).all())
