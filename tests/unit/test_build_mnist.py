"""build/mnist_shards.py: the shards hold the original images, labels and order."""

import gzip
import struct
from pathlib import Path

import numpy as np
import pytest
from mnist_shards import ORIGINALS, SOURCE, read_original, shards_of, write_shards
from problem import Problem


def images_in(idx: bytes) -> np.ndarray:
    magic, count, rows, columns = struct.unpack(">IIII", idx[:16])
    assert magic == 2051
    return np.frombuffer(idx, np.uint8, offset=16).reshape(count, rows, columns)


@pytest.mark.parametrize(
    ("original", "name", "shards"),
    [("train-images-idx3-ubyte", "train-images", 12), ("t10k-images-idx3-ubyte", "test-images", 2)],
)
def test_images_are_cut_by_5000_in_their_order(original: str, name: str, shards: int) -> None:
    content = (SOURCE / original).read_bytes()
    parts = shards_of(content, name)
    assert list(parts) == [f"{name}-{index:02}.idx3-ubyte" for index in range(shards)]
    together = np.concatenate([images_in(part) for part in parts.values()])
    assert all(len(images_in(part)) == 5000 for part in parts.values())
    np.testing.assert_array_equal(together, images_in(content))


def test_last_shard_holds_what_is_left() -> None:
    header = struct.pack(">IIII", 2051, 5001, 1, 1)
    parts = shards_of(header + bytes(5001), "few")
    assert [len(images_in(part)) for part in parts.values()] == [5000, 1]


def test_labels_stay_whole() -> None:
    content = (SOURCE / "t10k-labels-idx1-ubyte").read_bytes()
    assert shards_of(content, "test-labels") == {"test-labels.idx1-ubyte": content}


def test_written_files_unpack_to_the_shards_and_carry_no_date(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The 10,000 test images only: packing all of them takes seconds.
    monkeypatch.setattr(
        "mnist_shards.ORIGINALS",
        {name: entry for name, entry in ORIGINALS.items() if name.startswith("t10k")},
    )
    write_shards(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "LICENSE.txt",
        "test-images-00.idx3-ubyte.gzip",
        "test-images-01.idx3-ubyte.gzip",
        "test-labels.idx1-ubyte.gzip",
    ]
    packed = (tmp_path / "test-images-01.idx3-ubyte.gzip").read_bytes()
    assert packed[4:8] == bytes(4), "the date in the gzip header"
    original = images_in((SOURCE / "t10k-images-idx3-ubyte").read_bytes())
    np.testing.assert_array_equal(images_in(gzip.decompress(packed)), original[5000:])
    credit = (tmp_path / "LICENSE.txt").read_text("utf-8")
    assert all(name in credit for name in ("LeCun", "Cortes", "Burges", "CC BY-SA 3.0"))


def test_altered_original_is_refused(tmp_path: Path) -> None:
    name = "t10k-labels-idx1-ubyte"
    content = bytearray((SOURCE / name).read_bytes())
    content[-1] ^= 1
    (tmp_path / name).write_bytes(content)
    with pytest.raises(Problem, match=f"{name} is not the published MNIST file: its MD5 is"):
        read_original(tmp_path, name)
