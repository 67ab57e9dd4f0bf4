"""The images' files where an experiment finds them, and what was read from them last."""

import os
from collections.abc import Iterable
from typing import Any

from pynn.datasets.mnist import TEST, TRAIN, file_names, mnist, pool_size
from pynn.paths import as_path

MNIST, FASHION = "mnist", "fashion"
DATASETS = (MNIST, FASHION)


class MNISTFolder:
    """A folder that a page fills file by file; a reset reads nothing again.

    MNIST's files lie in it, and those of Fashion-MNIST, which have the same names, in its
    folder "fashion".

    keep_files  False deletes what has been read, to save memory where the folder lies
                in it; `needs` then asks for it again when something else is to be read
    """

    def __init__(self, path: str | os.PathLike[str], keep_files: bool = True) -> None:
        self.path, self.keep_files = as_path("mnist", path), keep_files
        self._kept: tuple[tuple[str, int, int], Any] | None = None

    def absent(self, names: Iterable[str]) -> list[str]:
        """Those of the files that are not there yet."""
        return [name for name in names if not (self.path / name).is_file()]

    def needs(self, count: int, seed: int, dataset: str = MNIST) -> list[str]:
        """The files that `read` would miss."""
        key = _key(dataset, count, seed)
        return [] if self._has(key) else self.absent(_files(dataset, count))

    def read(self, count: int, seed: int, dataset: str = MNIST) -> Any:
        """What `pynn.datasets.mnist` gives for these."""
        key = _key(dataset, count, seed)
        if not self._has(key):
            self._kept = None  # so that old and new are never held both
            place = self.path / _PLACES[dataset]
            self._kept = (key, mnist(place, train=count, seed=seed))
            if not self.keep_files:
                for name in _files(dataset, count):
                    (self.path / name).unlink(missing_ok=True)
        assert self._kept
        return self._kept[1]

    @property
    def train_set(self) -> Any:
        """(images, labels) of MNIST that are trained on, where `read` has read them; else None."""
        return self._digits[0]

    @property
    def test_set(self) -> Any:
        """(images, labels) of MNIST to test with, where `read` has read them; else None."""
        return self._digits[1]

    @property
    def _digits(self) -> Any:
        kept = self._kept
        return (None, None) if kept is None or kept[0][0] != MNIST else kept[1]

    def _has(self, key: tuple[str, int, int]) -> bool:
        return self._kept is not None and self._kept[0] == key


_PLACES = {MNIST: "", FASHION: "fashion"}


def _key(dataset: str, count: int, seed: int) -> tuple[str, int, int]:
    # All rows are the same whatever the seed.
    return dataset, count, seed if count < TRAIN else 0


def _files(dataset: str, count: int) -> list[str]:
    names = [*file_names("train", pool_size(count)), *file_names("test", TEST)]
    place = _PLACES[dataset]
    return [f"{place}/{name}" for name in names] if place else names
