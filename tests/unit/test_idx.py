"""IDX files: every kind of number there and back, gzipped or not, and what is refused."""

import gzip
import struct
from pathlib import Path

import numpy as np
import pytest

from pynn.datasets import IDXError, read_idx, write_idx

CODES = {"uint8": 8, "int8": 9, "int16": 11, "int32": 12, "float32": 13, "float64": 14}
SHAPES: list[tuple[int, ...]] = [
    (),
    (1,),
    (5,),
    (0,),
    (2, 3),
    (4, 0, 2),
    (2, 3, 4),
    (1, 1, 1, 1, 2),
]


@pytest.mark.parametrize("ending", ["idx", "idx.gz"])
@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("dtype", CODES)
def test_array_comes_back(dtype: str, shape: tuple[int, ...], ending: str, tmp_path: Path) -> None:
    array = (np.random.default_rng(1).standard_normal(shape) * 90).astype("int64").astype(dtype)
    write_idx(tmp_path / f"a.{ending}", array)
    back = read_idx(tmp_path / f"a.{ending}")
    assert back.dtype == array.dtype and back.dtype.isnative and back.flags.writeable
    np.testing.assert_array_equal(back, array)


@pytest.mark.parametrize(("dtype", "code"), CODES.items())
def test_bytes_are_as_the_format_says(dtype: str, code: int, tmp_path: Path) -> None:
    array = np.array([[1, 2, 3], [4, 5, 6]], dtype)
    write_idx(tmp_path / "a.idx", array)
    head = bytes([0, 0, code, 2]) + struct.pack(">II", 2, 3)
    big_endian = array.astype(np.dtype(dtype).newbyteorder(">")).tobytes()
    assert (tmp_path / "a.idx").read_bytes() == head + big_endian


def test_extreme_numbers_come_back(tmp_path: Path) -> None:
    for dtype in ("int8", "int16", "int32"):
        limits = np.array([np.iinfo(dtype).min, -1, 0, np.iinfo(dtype).max], dtype)
        write_idx(tmp_path / "a", limits)
        np.testing.assert_array_equal(read_idx(tmp_path / "a"), limits)
    odd = np.array([np.nan, np.inf, -np.inf, -0.0, 5e-324])
    write_idx(tmp_path / "a", odd)
    assert read_idx(tmp_path / "a").tobytes() == odd.tobytes()


def test_array_in_any_memory_order_is_written_by_its_indices(tmp_path: Path) -> None:
    array = np.arange(12, dtype=np.int16).reshape(3, 4)
    for given in (array.T, array[:, ::2], np.asfortranarray(array)):
        write_idx(tmp_path / "a", given)
        np.testing.assert_array_equal(read_idx(tmp_path / "a"), given)


def test_same_array_gives_the_same_gzip_bytes(tmp_path: Path) -> None:
    for name in ("a.gz", "b.gz"):
        write_idx(tmp_path / name, np.arange(100, dtype=np.uint8))
    assert (tmp_path / "a.gz").read_bytes() == (tmp_path / "b.gz").read_bytes()
    assert (tmp_path / "a.gz").read_bytes()[4:8] == bytes(4)  # no time of day in it
    assert gzip.decompress((tmp_path / "a.gz").read_bytes())[-100:] == bytes(range(100))


def test_gzip_is_known_by_its_content_not_its_name(tmp_path: Path) -> None:
    write_idx(tmp_path / "a.gz", np.arange(4, dtype=np.uint8))
    (tmp_path / "plain").write_bytes((tmp_path / "a.gz").read_bytes())
    assert read_idx(str(tmp_path / "plain")).tolist() == [0, 1, 2, 3]


@pytest.mark.parametrize(
    ("name", "packed"), [("a.gz", True), ("a.gzip", True), ("a.idx", False), ("gzip", False)]
)
def test_written_file_is_packed_by_its_ending(name: str, packed: bool, tmp_path: Path) -> None:
    write_idx(tmp_path / name, np.arange(4, dtype=np.uint8))
    assert (tmp_path / name).read_bytes().startswith(b"\x1f\x8b") is packed
    assert read_idx(tmp_path / name).tolist() == [0, 1, 2, 3]


def test_home_is_expanded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    write_idx("~/a.idx", np.arange(3, dtype=np.uint8))
    assert [path.name for path in tmp_path.iterdir()] == ["a.idx"]
    assert read_idx("~/a.idx").tolist() == read_idx(Path("~/a.idx")).tolist() == [0, 1, 2]


@pytest.mark.parametrize("dtype", ["int64", "uint16", "float16", "bool", "complex64", "<U3", "O"])
def test_dtype_that_idx_does_not_have_is_refused(dtype: str, tmp_path: Path) -> None:
    with pytest.raises(IDXError, match=r": expected (array as numbers|a dtype that IDX has), got "):
        write_idx(tmp_path / "a", np.zeros(2, dtype))
    assert not (tmp_path / "a").exists()


def idx(content: bytes, tmp_path: Path) -> IDXError:
    where = tmp_path / "a.idx"
    where.write_bytes(content)
    with pytest.raises(IDXError) as caught:
        read_idx(where)
    assert isinstance(caught.value, ValueError) and str(caught.value).startswith(
        f"{where}: expected "
    )
    return caught.value


GOOD = bytes([0, 0, 8, 2]) + struct.pack(">II", 2, 3) + bytes(6)


def test_every_truncation_and_addition_is_refused(tmp_path: Path) -> None:
    for length in range(len(GOOD)):
        idx(GOOD[:length], tmp_path)
    assert str(idx(GOOD[:-1], tmp_path)).endswith("expected 6 bytes for shape (2, 3), got 5")
    assert str(idx(GOOD + b"\0", tmp_path)).endswith("expected 6 bytes for shape (2, 3), got 7")


@pytest.mark.parametrize(
    "content",
    [b"", b"\0", b"\0\0\x08", b"\x01\0\x08\x01", b"\0\x01\x08\x01", b"PK\x03\x04" + bytes(50),
     bytes([0, 0, 7, 1, 0, 0, 0, 0]), bytes([0, 0, 10, 1, 0, 0, 0, 0]), bytes([0, 0, 15, 0]),
     bytes([0, 0, 8, 255]), b"<!DOCTYPE html><title>404</title>",
     b"\0\x01" + GOOD[2:], b"\x01\0" + GOOD[2:]],
)  # fmt: skip
def test_other_content_is_refused(content: bytes, tmp_path: Path) -> None:
    assert str(idx(content, tmp_path)).endswith("expected an IDX file, got another")


def test_impossible_shapes_are_refused(tmp_path: Path) -> None:
    huge = struct.pack(">I", 2**32 - 1)
    idx(bytes([0, 0, 8, 8]) + huge * 8, tmp_path)
    idx(
        bytes([0, 0, 14, 9]) + struct.pack(">I", 0) + huge * 8, tmp_path
    )  # nothing in it, yet too large
    idx(bytes([0, 0, 8, 100]) + struct.pack(">I", 1) * 100 + b"\0", tmp_path)  # a hundred axes


def test_every_cut_and_altered_gzip_byte_raises_nothing_else(tmp_path: Path) -> None:
    packed = gzip.compress(GOOD, mtime=0)
    for length in range(2, len(packed)):
        idx(packed[:length], tmp_path)
    for place in range(2, len(packed)):
        for mask in (1, 0x10, 0xFF):
            altered = bytearray(packed)
            altered[place] ^= mask
            (tmp_path / "b").write_bytes(altered)
            try:
                np.testing.assert_array_equal(read_idx(tmp_path / "b"), np.zeros((2, 3)))
            except IDXError:
                continue


def test_missing_file_and_folder_are_os_errors(tmp_path: Path) -> None:
    for where in (tmp_path / "none", tmp_path):
        with pytest.raises(OSError):
            read_idx(where)
