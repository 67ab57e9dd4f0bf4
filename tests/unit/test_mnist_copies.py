"""MNIST's reader where one file lies there several times and not every copy is in order."""

import gzip
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from pynn.datasets import IDXError, mnist, read_idx, write_idx
from pynn.live.folder import MNISTFolder


@pytest.fixture
def folder(small_mnist: Path, tmp_path: Path) -> Path:
    for path in small_mnist.iterdir():
        (tmp_path / path.name).symlink_to(path)
    return tmp_path


def same(folder: Path, small_mnist: Path) -> bool:
    ours, theirs = mnist(folder, 500), mnist(small_mnist, 500)
    return all(np.array_equal(ours[part][k], theirs[part][k]) for part in (0, 1) for k in (0, 1))


UNUSABLE: dict[str, Callable[[Path], object]] = {
    "folder": Path.mkdir,
    "empty": Path.touch,
    "page": lambda path: path.write_text("<!DOCTYPE html><title>404</title>"),
    "cut-gzip": lambda path: path.write_bytes(gzip.compress(bytes(5000))[:-9]),
    "others-numbers": lambda path: write_idx(path, np.zeros((2, 3), np.int16)),
    "too-few": lambda path: write_idx(path, np.zeros((0, 28, 28), np.uint8)),
    "dangling-link": lambda path: path.symlink_to("nowhere"),
    "link-to-itself": lambda path: path.symlink_to(path.name),
}  # fmt: skip


@pytest.mark.parametrize("name", ["train-labels", "t10k-labels", "train-images", "t10k-images"])
@pytest.mark.parametrize("spoil", UNUSABLE.values(), ids=UNUSABLE)
def test_unusable_copy_beside_a_good_one_is_skipped(
    spoil: Callable[[Path], object], name: str, folder: Path, small_mnist: Path
) -> None:
    good = next(folder.glob(f"{name}-idx*"))
    good.rename(folder / f"{good.name}.gz")  # not packed, which does not matter
    spoil(good)
    assert same(folder, small_mnist)
    good.rename(folder / f"{good.name}.zz")
    assert same(folder, small_mnist)  # wherever the bad one stands in the order


def test_good_shards_stand_in_for_damaged_whole_files(
    folder: Path, small_mnist: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # By its full name in sys.modules: `pynn.datasets.mnist` is the function.
    monkeypatch.setattr(sys.modules["pynn.datasets.mnist"], "SHARD", 500)
    images = read_idx(folder / "train-images-idx3-ubyte")
    (folder / "train-images-idx3-ubyte").unlink()
    (folder / "train-images-idx3-ubyte").touch()
    for number in range(2):
        shard = images[500 * number : 500 * (number + 1)]
        write_idx(folder / f"train-images-{number:02d}.idx3-ubyte.gzip", shard)
        (folder / f"train-images-{number:02d}.idx3-ubyte").touch()
    assert same(folder, small_mnist)


def test_short_shard_does_not_shift_the_images_after_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.modules["pynn.datasets.mnist"], "SHARD", 500)
    images = read_idx(folder / "train-images-idx3-ubyte")
    (folder / "train-images-idx3-ubyte").unlink()
    for number, length in ((0, 499), (1, 501)):
        name = f"train-images-{number:02d}.idx3-ubyte"
        write_idx(folder / name, images[500 * number :][:length])
    with pytest.raises(
        ValueError, match=r"^mnist: expected 500 images of train, got 499 in train-"
    ):
        mnist(folder, 500)


def test_none_that_is_good_is_one_sentence_with_all_that_were_tried(folder: Path) -> None:
    good = folder / "train-labels-idx1-ubyte"
    good.unlink()
    good.mkdir()  # a folder was not tried
    (folder / "train-labels-idx1-ubyte.gz").touch()
    (folder / "train-labels.idx1-ubyte").write_text("<!DOCTYPE html>")
    with pytest.raises(IDXError) as caught:
        mnist(folder)
    assert str(caught.value) == (
        f"mnist: expected train labels in {folder}, got none that is in order among "
        f"train-labels-idx1-ubyte.gz, train-labels.idx1-ubyte"
    )


def test_single_damaged_file_is_named_with_its_fault(folder: Path) -> None:
    (folder / "t10k-labels-idx1-ubyte").unlink()
    (folder / "t10k-labels-idx1-ubyte").touch()
    with pytest.raises(IDXError) as caught:
        mnist(folder)
    wanted = f"{folder}/t10k-labels-idx1-ubyte: expected an IDX file, got another"
    assert str(caught.value) == wanted


def test_home_is_expanded(folder: Path, small_mnist: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(folder.parent))
    home = Path("~") / folder.name
    assert same(home, small_mnist)
    (_, y), _ = MNISTFolder(str(home)).read(500, 0)
    assert len(y) == 500
    (folder / "a").mkdir()
    assert MNISTFolder(home).absent(["a", "train-labels-idx1-ubyte"]) == ["a"]
