"""build/fashion_shards.py: Fashion-MNIST's images by class become files like MNIST's, mixed."""

import json
import struct
from pathlib import Path

import numpy as np
import pytest
from fashion_shards import SOURCE, idx_files, read_class, read_classes
from problem import Problem

from pynn.datasets import read_idx


def classes_of(images: int) -> list[np.ndarray]:
    """Three classes; every image is filled with its class and its number within it."""
    return [
        np.column_stack([np.full((images, 392), kind), np.tile(np.arange(images), (392, 1)).T])
        .astype(np.uint8)
        .reshape(images, 784)
        for kind in range(3)
    ]


@pytest.mark.parametrize(("part", "first", "count"), [("test", 0, 1000), ("train", 1000, 7)])
def test_every_image_comes_once_with_the_label_of_its_class(
    tmp_path: Path, part: str, first: int, count: int
) -> None:
    for name, content in idx_files(classes_of(1007), part).items():
        (tmp_path / name).write_bytes(content)
    images, labels = (read_idx(tmp_path / f"{part}-{what}") for what in ("images", "labels"))
    assert images.shape == (3 * count, 28, 28)
    np.testing.assert_array_equal(images[:, 0, 0], labels)
    assert np.bincount(labels).tolist() == [count] * 3
    for kind in range(3):
        numbers = sorted(images[labels == kind, -1, -1].tolist())
        assert numbers == sorted(n % 256 for n in range(first, first + count))
    # Mixed: no class comes in one piece.
    assert np.count_nonzero(np.diff(labels.astype(int))) > count


def test_the_order_is_the_same_at_every_build() -> None:
    assert idx_files(classes_of(1007), "train") == idx_files(classes_of(1007), "train")


def test_the_package_holds_7000_images_of_a_class_and_one_that_is_cut_short_is_named(
    tmp_path: Path,
) -> None:
    images = read_class(SOURCE / "0.json")
    assert images.shape == (7000, 784) and images.dtype == np.uint8 and images.max() == 255
    short = tmp_path / "0.json"
    short.write_text(json.dumps({"data": images[:50].tolist()}))
    with pytest.raises(Problem, match=r"0\.json does not hold 7000 images"):
        read_class(short)


def test_other_images_are_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("fashion_shards.read_class", lambda path: np.zeros((7000, 784), np.uint8))
    with pytest.raises(Problem, match=r"Fashion-MNIST's images: their SHA-256 is [0-9a-f]{64}"):
        read_classes(tmp_path)


def test_header_of_the_images_says_what_is_in_them() -> None:
    content = idx_files(classes_of(1007), "test")["test-images"]
    assert struct.unpack(">IIII", content[:16]) == (2051, 3000, 28, 28)
