"""The MNIST reader on the real files: counts, subsets, shards, and folders that lack something."""

import sys
from pathlib import Path

import numpy as np
import pytest

from pynn.datasets import IDXError, balanced_rows, mnist, read_idx, subset_rows, write_idx
from pynn.datasets.mnist import SHARD, file_names, pool_size

# How often each digit occurs, as is known of the published files.
TRAIN_COUNTS = [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949]
TEST_COUNTS = [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009]


@pytest.fixture(scope="module")
def labels(mnist_folder: Path) -> np.ndarray:
    return read_idx(mnist_folder / "train-labels-idx1-ubyte")


def test_whole_set_has_its_published_counts(mnist_folder: Path) -> None:
    (x_train, y_train), (x_test, y_test) = mnist(mnist_folder)
    assert x_train.shape == (60_000, 28, 28) and x_test.shape == (10_000, 28, 28)
    assert {a.dtype for a in (x_train, y_train, x_test, y_test)} == {np.dtype(np.uint8)}
    assert np.bincount(y_train).tolist() == TRAIN_COUNTS
    assert np.bincount(y_test).tolist() == TEST_COUNTS
    assert y_train[:5].tolist() == [5, 0, 4, 1, 9] and y_test[:4].tolist() == [7, 2, 1, 0]
    # Mean and deviation of all pixels, known to everyone who ever normalised MNIST.
    assert x_train.mean() / 255 == pytest.approx(0.1307, abs=1e-4)
    assert x_train.std() / 255 == pytest.approx(0.3081, abs=1e-4)


@pytest.mark.parametrize("count", [1000, 5000, 10_000])
def test_subset_is_balanced_seeded_and_from_its_pool_only(labels: np.ndarray, count: int) -> None:
    rows, again, other = (subset_rows(labels, count, seed) for seed in (0, 0, 1))
    assert len(set(rows.tolist())) == count and rows.max() < pool_size(count)
    assert np.bincount(labels[rows]).tolist() == [count // 10] * 10
    np.testing.assert_array_equal(rows, again)
    assert set(rows.tolist()) != set(other.tolist())
    assert rows.tolist() != sorted(rows.tolist())
    # The first part of a subset is balanced as well, and so is what comes after.
    assert np.bincount(labels[rows[: count // 2]]).tolist() == [count // 20] * 10


def test_subset_images_belong_to_their_labels(mnist_folder: Path, labels: np.ndarray) -> None:
    (x, y), (x_test, y_test) = mnist(mnist_folder, train=1000, seed=5)
    rows = subset_rows(labels, 1000, 5)
    images = read_idx(mnist_folder / "train-images-idx3-ubyte")
    np.testing.assert_array_equal(x, images[rows])
    np.testing.assert_array_equal(y, labels[rows])
    assert len(x_test) == len(y_test) == 10_000


def test_all_rows_come_in_file_order_whatever_the_seed(labels: np.ndarray) -> None:
    np.testing.assert_array_equal(subset_rows(labels, 60_000, seed=9), np.arange(60_000))


@pytest.mark.parametrize(
    ("count", "pool"),
    [(1, 5000), (1000, 5000), (2500, 5000), (2501, 10_000), (5000, 10_000), (10_000, 20_000),
     (30_000, 60_000), (30_001, 60_000), (60_000, 60_000)],
)  # fmt: skip
def test_pool_is_twice_the_subset_in_whole_shards(count: int, pool: int) -> None:
    assert pool_size(count) == pool


@pytest.mark.parametrize("count", [0, -1, 60_001])
def test_subset_outside_is_refused(labels: np.ndarray, count: int) -> None:
    with pytest.raises(ValueError) as caught:
        subset_rows(labels, count)
    assert str(caught.value) == f"mnist: expected 1 to 60000 training images, got {count}"


def test_balanced_rows_make_up_for_a_class_that_runs_short() -> None:
    labels = [0] * 50 + [1] * 3 + [2] * 50
    assert np.bincount(np.array(labels)[balanced_rows(labels, 31)]).tolist() == [14, 3, 14]
    assert np.bincount(np.array(labels)[balanced_rows(labels, 4)]).max() == 2
    assert sorted(balanced_rows(labels, 103)) == list(range(103))
    assert len(balanced_rows(labels, 0)) == 0
    for count in (-1, 104):
        with pytest.raises(
            ValueError, match=rf"^balanced_rows: expected 0 to 103 rows, got {count}$"
        ):
            balanced_rows(labels, count)


@pytest.fixture(scope="module")
def packed(small_mnist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small set cut into gzipped shards of 500, named as the page's are."""
    folder = tmp_path_factory.mktemp("packed")
    for part, published in (("train", "train"), ("test", "t10k")):
        images = read_idx(small_mnist / f"{published}-images-idx3-ubyte")
        for number in range(len(images) // 500):
            piece = images[500 * number : 500 * (number + 1)]
            write_idx(folder / f"{part}-images-{number:02d}.idx3-ubyte.gzip", piece)
        labels = read_idx(small_mnist / f"{published}-labels-idx1-ubyte")
        write_idx(folder / f"{part}-labels.idx1-ubyte.gzip", labels)
    return folder


@pytest.fixture
def shards(packed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    # By its full name in sys.modules: `pynn.datasets.mnist` is the function.
    monkeypatch.setattr(sys.modules["pynn.datasets.mnist"], "SHARD", 500)
    for path in packed.iterdir():
        (tmp_path / path.name).symlink_to(path)
    return tmp_path


@pytest.mark.parametrize("train", [None, 300, 1000])
def test_shards_give_the_same_as_whole_files(
    shards: Path, small_mnist: Path, train: int | None
) -> None:
    for one, two in zip(mnist(shards, train, 3), mnist(small_mnist, train, 3), strict=True):
        np.testing.assert_array_equal(one[0], two[0])
        np.testing.assert_array_equal(one[1], two[1])


def test_subset_needs_the_front_shards_only(shards: Path) -> None:
    needed = {*file_names("train", 1000), *file_names("test", 1000)}
    assert len(needed) == 2 + 2 + 2
    for path in shards.iterdir():
        if path.name not in needed:
            path.unlink()
    assert mnist(shards, 500)[0][0].shape == (500, 28, 28)
    (shards / "train-images-01.idx3-ubyte.gzip").unlink()
    with pytest.raises(
        IDXError, match=r"^mnist: expected train-images-01-idx…-ubyte, with or without"
    ):
        mnist(shards, 500)


def test_file_names_are_those_of_the_page() -> None:
    assert SHARD == 5000
    assert file_names("train", 5001) == [
        "train-labels.idx1-ubyte.gzip",
        "train-images-00.idx3-ubyte.gzip",
        "train-images-01.idx3-ubyte.gzip",
    ]
    assert len(file_names("train", 60_000)) == 13 and len(file_names("test", 10_000)) == 3


def test_missing_files_are_named(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "none"):
        with pytest.raises(IDXError) as caught:
            mnist(folder)
        wanted = f"mnist: expected train-labels-idx…-ubyte, with or without .gz, in {folder}"
        assert str(caught.value) == wanted


@pytest.mark.parametrize(
    ("name", "array", "sentence"),
    [
        ("train-labels-idx1-ubyte", np.full(5000, 10, np.uint8), "expected labels 0 to 9 in train"),
        ("t10k-labels-idx1-ubyte", np.zeros((5, 2), np.uint8), "expected labels 0 to 9 in test"),
        ("train-labels-idx1-ubyte", np.zeros(0, np.uint8), "expected labels 0 to 9 in train"),
        ("train-images-idx3-ubyte", np.zeros((5000, 28, 27), np.uint8), "expected 28 x 28 images"),
        ("train-images-idx3-ubyte", np.zeros((5000, 28, 28), np.int8), "expected 28 x 28 images"),
        ("t10k-images-idx3-ubyte", np.zeros((999, 28, 28), np.uint8), "expected 1000 images of"),
    ],
)  # fmt: skip
def test_files_of_something_else_are_refused(
    small_mnist: Path, tmp_path: Path, name: str, array: np.ndarray, sentence: str
) -> None:
    for path in small_mnist.iterdir():
        (tmp_path / path.name).symlink_to(path)
    (tmp_path / name).unlink()
    write_idx(tmp_path / name, array)
    with pytest.raises(ValueError, match=rf"^mnist: {sentence}"):
        mnist(tmp_path)
