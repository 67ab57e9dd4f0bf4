"""Networks as safetensors: what others write we read, and what we write others read."""

import json
import struct
from pathlib import Path

import numpy as np
import pytest

from pynn import Network, load, save
from pynn.files import ModelFileError, from_bytes
from pynn.layers import BatchNorm, Conv2D, Dense, Dropout, Flatten, MaxPool2D
from pynn.live import Desk
from pynn.safetensors import is_safetensors, to_safetensors

theirs = pytest.importorskip("safetensors.numpy")


def small(dtype: str = "float32") -> Network:
    layers = [Conv2D(2, 3, "relu"), BatchNorm(), MaxPool2D(), Flatten(), Dropout(0.2)]
    return Network([*layers, Dense(3, "softmax")], (6, 6, 1), seed=4, dtype=dtype)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_others_read_its_arrays_by_their_names(dtype: str) -> None:
    network = small(dtype)
    arrays = theirs.load(to_safetensors(network))
    assert set(arrays) == set(network.arrays)
    for name, array in arrays.items():
        assert array.dtype == dtype
        np.testing.assert_array_equal(array, network.arrays[name])


def test_a_network_comes_back_as_it_was(tmp_path: Path, rng: np.random.Generator) -> None:
    network = small()
    network.units.pixels = True
    save(network, tmp_path / "x.safetensors")
    again = load(tmp_path / "x.safetensors")
    images = rng.integers(0, 256, (5, 6, 6), dtype=np.uint8)
    np.testing.assert_array_equal(again.predict(images), network.predict(images))
    assert again.units.pixels is True and again.plan == network.plan
    save(again, tmp_path / "y.safetensors")
    assert (tmp_path / "y.safetensors").read_bytes() == (tmp_path / "x.safetensors").read_bytes()


def test_what_others_write_with_our_metadata_is_read() -> None:
    network = small()
    content = to_safetensors(network)
    size = struct.unpack("<Q", content[:8])[0]
    metadata = json.loads(content[8 : 8 + size])["__metadata__"]
    again = from_bytes(theirs.save(theirs.load(content), metadata))
    assert isinstance(again, Network)
    for name, array in network.arrays.items():
        np.testing.assert_array_equal(again.arrays[name], array)


def test_arrays_without_layers_are_no_model() -> None:
    with pytest.raises(ModelFileError, match="does not say which layers") as caught:
        from_bytes(theirs.save({"weights": np.ones((2, 2), np.float32)}))
    assert caught.value.code == "not_a_model"


def changed(**words: object) -> bytes:
    """A file whose header says otherwise of one array."""
    content = to_safetensors(small())
    size = struct.unpack("<Q", content[:8])[0]
    header = json.loads(content[8 : 8 + size])
    header["conv2d_1.bias"] |= words
    made = json.dumps(header).encode()
    return struct.pack("<Q", len(made)) + made + content[8 + size :]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (changed(data_offsets=[0, 10**9]), "damaged"),
        (changed(data_offsets=[-8, 0]), "damaged"),
        (changed(data_offsets="ab"), "wrong_shape"),
        (changed(dtype="I8"), "wrong_shape"),
        (changed(shape=[2, 2]), "wrong_shape"),
        (to_safetensors(small())[:-4], "damaged"),
    ],
)
def test_a_file_that_was_altered_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(ModelFileError) as caught:
        from_bytes(content)
    assert caught.value.code == code


def test_weights_that_are_not_finite_are_not_saved_and_not_read() -> None:
    network = small()
    content = bytearray(to_safetensors(network))
    content[-4:] = np.float32(np.nan).tobytes()
    with pytest.raises(ModelFileError, match="finite"):
        from_bytes(bytes(content))
    network.parameters["conv2d_1.bias"][0] = np.nan
    with pytest.raises(ModelFileError, match="finite"):
        to_safetensors(network)


def test_other_files_are_told_apart() -> None:
    assert is_safetensors(to_safetensors(small()))
    for content in (b"", b"PK\x03\x04" + bytes(100), b"{}", bytes(100), b"\x93NUMPY" + bytes(90)):
        assert not is_safetensors(content)


def test_the_page_saves_and_loads_it(desk: Desk) -> None:
    desk.call("digits", "open", {"subset": "1000", "architecture": "784-10"})
    blob = desk.call("digits", "save", {"format": "safetensors"}).blob
    assert blob is not None and set(theirs.load(blob)) == {"dense_1.weights", "dense_1.bias"}
    assert desk.call("digits", "load", {"model": blob}).head["loaded"] is True
