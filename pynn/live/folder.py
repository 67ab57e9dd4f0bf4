"""MNIST's files where an experiment finds them, and what was read from them last."""

import os
from collections.abc import Iterable
from typing import Any

from pynn.datasets.mnist import TEST, TRAIN, file_names, mnist, pool_size
from pynn.paths import as_path


class MNISTFolder:
    """A folder that a page fills file by file; a reset reads nothing again.

    keep_files  False deletes what has been read, to save memory where the folder lies
                in it; `needs` then asks for it again when something else is to be read
    """

    def __init__(self, path: str | os.PathLike[str], keep_files: bool = True) -> None:
        self.path, self.keep_files = as_path("mnist", path), keep_files
        self._kept: tuple[tuple[int, int], Any] | None = None

    def absent(self, names: Iterable[str]) -> list[str]:
        """Those of the files that are not there yet."""
        return [name for name in names if not (self.path / name).is_file()]

    def needs(self, count: int, seed: int) -> list[str]:
        """The files that `read` would miss."""
        return [] if self._has(count, seed) else self.absent(_files(count))

    def read(self, count: int, seed: int) -> Any:
        """What `pynn.datasets.mnist` gives for these."""
        if not self._has(count, seed):
            self._kept = None  # so that old and new are never held both
            self._kept = (_key(count, seed), mnist(self.path, train=count, seed=seed))
            if not self.keep_files:
                for name in _files(count):
                    (self.path / name).unlink(missing_ok=True)
        assert self._kept
        return self._kept[1]

    @property
    def train_set(self) -> Any:
        """(images, labels) that are trained on, where `read` has read them already; else None."""
        return None if self._kept is None else self._kept[1][0]

    @property
    def test_set(self) -> Any:
        """(images, labels) of the test, where `read` has read them already; else None."""
        return None if self._kept is None else self._kept[1][1]

    def _has(self, count: int, seed: int) -> bool:
        return self._kept is not None and self._kept[0] == _key(count, seed)


def _key(count: int, seed: int) -> tuple[int, int]:
    # All rows are the same whatever the seed.
    return count, seed if count < TRAIN else 0


def _files(count: int) -> list[str]:
    return [*file_names("train", pool_size(count)), *file_names("test", TEST)]
