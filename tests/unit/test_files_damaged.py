"""Model files that were cut or changed, and files that never were models: one kind of error."""

import gzip
import hashlib
import io
import pickle
import re
import zipfile
from pathlib import Path

import numpy as np
import pytest

from pynn import Conv2D, Dense, Flatten, ModelFileError, Network, load, save
from pynn.model_format import DIGEST, LARGEST_FILE, from_bytes, to_bytes


@pytest.fixture(scope="module")
def model() -> bytes:
    layers = [Conv2D(1, 2, "relu"), Flatten(), Dense(2, "softmax")]
    return to_bytes(Network(layers, inputs=(3, 3, 1), seed=1))


def refusal(content: bytes) -> ModelFileError:
    """The error; any other exception, or a network, fails the test."""
    with pytest.raises(ModelFileError) as caught:
        from_bytes(content, "a.npz")
    text = str(caught.value)
    assert isinstance(caught.value, ValueError)
    assert re.fullmatch(r"a\.npz: [^\n]{10,300}", text), text
    return caught.value


@pytest.mark.parametrize("mask", [0x01, 0x20, 0x80, 0xFF])
def test_every_altered_byte_is_found(model: bytes, mask: int) -> None:
    for place in range(len(model)):
        altered = bytearray(model)
        altered[place] ^= mask
        code = refusal(bytes(altered)).code
        assert code == ("not_a_model" if place < 4 else "damaged")


def test_every_truncation_is_found(model: bytes) -> None:
    for length in range(len(model)):
        assert refusal(model[:length]).code == ("not_a_model" if length < 4 else "damaged")


@pytest.mark.parametrize("more", [b"\0", b"\n", b"PK", b"0" * 64, b"x" * 5000])
def test_bytes_before_or_after_are_found(model: bytes, more: bytes) -> None:
    refusal(model + more)
    refusal(more + model)
    refusal(model + model)


def test_swapped_missing_and_doubled_parts_are_found(model: bytes) -> None:
    for place in range(len(model) - 8):
        first, second = model[place : place + 4], model[place + 4 : place + 8]
        before, after = model[:place], model[place + 8 :]
        if first != second:
            refusal(before + second + first + after)
        refusal(before + second + after)
        refusal(before + first + first + second + after)


def npz(**arrays: np.ndarray) -> bytes:
    content = io.BytesIO()
    np.savez(content, **arrays)
    return content.getvalue()


def archive(name: str, content: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        file.writestr(name, content)
    return packed.getvalue()


OTHERS = {
    "empty": b"",
    "one-byte": b"P",
    "zeros": bytes(10_000),
    "text": "这不是模型\n".encode() * 10,
    "json": b'{"format": "pynn model", "version": 1}',
    "pickle": pickle.dumps({"weights": [1, 2]}),
    "gzip": gzip.compress(b"x" * 100),
    "png": b"\x89PNG\r\n\x1a\n" + bytes(100),
    "npy": b"\x93NUMPY\x01\x00v\x00" + bytes(200),
    "zip-magic-only": b"PK\x03\x04",
    "zip-magic-and-junk": b"PK\x03\x04" + bytes(range(256)) * 4,
    "empty-zip": b"PK\x05\x06" + bytes(18),
    "other-zip": archive("readme.txt", b"hello"),
    "other-npz": npz(a=np.zeros(3), b=np.ones((2, 2))),
    "npz-with-objects": npz(header=np.array([{"a": 1}], dtype=object)),
}


@pytest.mark.parametrize("content", OTHERS.values(), ids=OTHERS)
def test_other_files_are_refused(content: bytes, tmp_path: Path) -> None:
    assert refusal(content).code in ("not_a_model", "damaged")
    where = tmp_path / "a.npz"
    where.write_bytes(content)
    with pytest.raises(ModelFileError, match=r"a\.npz: "):
        load(where)
    with pytest.raises(ModelFileError, match=r"^the model file: "):
        load(io.BytesIO(content))


def test_random_junk_is_refused(rng: np.random.Generator) -> None:
    for length in (0, 1, 3, 4, 63, 64, 65, 100, 1000, 10_000):
        for start in (b"", b"PK\x03\x04", b"PK\x05\x06"):
            refusal(start + rng.bytes(length))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "a.npz: expected a pynn model, got another file"),
        (OTHERS["other-npz"],
         "a.npz: expected a whole pynn model, got a file that is cut, altered or no model"),
    ],
)  # fmt: skip
def test_sentences_say_what_was_expected(content: bytes, sentence: str) -> None:
    assert str(refusal(content)) == sentence


def test_file_of_more_than_a_gigabyte_is_refused_unread(tmp_path: Path) -> None:
    where = tmp_path / "a.npz"
    with where.open("wb") as file:
        file.truncate(LARGEST_FILE + 1)  # takes no room on the disk
    with pytest.raises(ModelFileError, match="expected at most 1 GB") as caught:
        load(where)
    assert caught.value.code == "too_large"


def test_damaged_file_is_not_touched(model: bytes, tmp_path: Path) -> None:
    where = tmp_path / "a.npz"
    where.write_bytes(model[:-1])
    with pytest.raises(ModelFileError):
        load(where)
    assert where.read_bytes() == model[:-1]
    save(Network([Dense(1)], inputs=1), where)
    assert load(where).outputs == 1


def sealed(body: bytes) -> bytes:
    """With the digest that belongs to it: whoever alters a file can do that as well."""
    return body + hashlib.sha256(body).hexdigest().encode()


@pytest.mark.parametrize("mask", [0x01, 0x08, 0x40, 0xFF])
def test_any_altered_byte_behind_a_right_digest_raises_nothing_else(
    model: bytes, mask: int
) -> None:
    body = model[:-DIGEST]
    for place in range(len(body)):
        altered = bytearray(body)
        altered[place] ^= mask
        try:
            network = from_bytes(sealed(bytes(altered)))
        except ModelFileError:
            continue
        assert isinstance(network, Network)  # dates and the like may change freely


def test_any_cut_behind_a_right_digest_raises_nothing_else(model: bytes) -> None:
    body = model[:-DIGEST]
    # Less than 22 bytes from the end the directory of a zip is cut, but still to be found.
    for length in range(len(body) - 22):
        refusal(sealed(body[:length]))
