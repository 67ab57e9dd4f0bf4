"""MNIST's files where an experiment finds them, and what was read from them last."""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pynn.datasets.mnist import TRAIN, mnist


class MNISTFolder:
    """A folder that a page fills file by file; a reset reads nothing again."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.path = Path(path)
        self._kept: tuple[tuple[int, int], Any] | None = None

    def absent(self, names: Iterable[str]) -> list[str]:
        """Those of the files that are not there yet."""
        return [name for name in names if not (self.path / name).exists()]

    def read(self, count: int, seed: int) -> Any:
        """What `pynn.datasets.mnist` gives for these."""
        # All rows are the same whatever the seed.
        key = (count, seed if count < TRAIN else 0)
        if self._kept is None or self._kept[0] != key:
            self._kept = None  # so that old and new are never held both
            self._kept = (key, mnist(self.path, train=count, seed=seed))
        return self._kept[1]
