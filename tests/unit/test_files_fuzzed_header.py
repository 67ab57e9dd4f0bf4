"""Headers in which every value in turn is junk: ModelFileError, or the very same network."""

import io
import json
import zipfile
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

import numpy as np

from pynn import Conv2D, Dense, Flatten, MaxPool2D, ModelFileError, Network
from pynn.model_format import DIGEST, from_bytes, to_bytes

JUNK: list[Any] = [
    *(None, True, False, 0, -1, 1, 2, 3, 7, 10**30, 2**31, 2**63, -(2**63)),
    *(0.0, -0.0, 0.5, 1.0, 2.5, 1e400, float("nan")),
    *("", "1", "3", "dense", "flatten", "relu", "same", "float64", "f4", "<f8", "object", "O"),
    *("[]", "__class__", "\0", "\ud800", "x" * 300),
    *([], [1], [[]], [None], [1, 2, 3], [3, 3, 1], [{}], [{"kind": "flatten"}], [[["dense"]]]),
    *({}, {"kind": "dense"}, {"kind": ["dense"]}, {"a": {"b": []}}),
]
EXTRA_KEYS = [
    "weights",
    "bias_start",
    "self",
    "activation",
    "bias",
    "seed",
    "__init__",
    "",
    "config",
]


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every value in the header, the header itself first."""
    yield path
    if isinstance(value, (dict, list)):
        for key in value if isinstance(value, dict) else range(len(value)):
            yield from places(value[key], (*path, key))


def replaced(value: Any, path: tuple[Any, ...], junk: Any) -> Any:
    if not path:
        return junk
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[path[0]] = replaced(copy[path[0]], path[1:], junk)
    return copy


class Fuzz:
    """A model file whose header can be changed, with its digest made right again."""

    def __init__(self) -> None:
        layers = [Conv2D(2, 2, "relu"), MaxPool2D(2), Flatten(), Dense(3, "softmax", l2=0.5)]
        self.network = Network(layers, inputs=(5, 4, 1), seed=2)
        with zipfile.ZipFile(io.BytesIO(to_bytes(self.network))) as archive:
            self.members = {name: archive.read(name) for name in archive.namelist()}
        self.header = json.loads(str(np.load(io.BytesIO(self.members["header.npy"]))))
        self.refused = self.taken = 0

    def tried(self, header: Any) -> None:
        text = io.BytesIO()
        np.save(text, np.array(json.dumps(header)))
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            archive.comment = b"0" * DIGEST
            for name, content in (self.members | {"header.npy": text.getvalue()}).items():
                archive.writestr(name, content)
        body = packed.getvalue()[:-DIGEST]
        try:
            network = from_bytes(body + sha256(body).hexdigest().encode(), "a.npz")
        except ModelFileError as error:
            assert 10 < len(str(error)) < 400 and "\n" not in str(error)
            self.refused += 1
            return
        self.taken += 1
        assert list(network.parameters) == list(self.network.parameters)
        for name, array in self.network.parameters.items():
            assert network.parameters[name].tobytes() == array.tobytes()
        network.predict(np.zeros((1, *network.input_shape)))


def test_fuzz_leaves_a_good_header_alone() -> None:
    fuzz = Fuzz()
    fuzz.tried(fuzz.header)
    assert (fuzz.taken, fuzz.refused) == (1, 0)


def test_every_value_of_the_header_replaced_by_junk() -> None:
    fuzz = Fuzz()
    for path in places(fuzz.header):
        for junk in JUNK:
            fuzz.tried(replaced(fuzz.header, path, junk))
    assert fuzz.refused > 10 * fuzz.taken > 0


def test_every_key_of_the_header_left_out() -> None:
    fuzz = Fuzz()
    for path in list(places(fuzz.header))[1:]:
        header = json.loads(json.dumps(fuzz.header))
        holder = header
        for key in path[:-1]:
            holder = holder[key]
        del holder[path[-1]]
        fuzz.tried(header)
    assert fuzz.refused > 5


def test_layers_with_words_they_do_not_have(rng: np.random.Generator) -> None:
    fuzz = Fuzz()
    for place in range(len(fuzz.header["layers"])):
        for key in EXTRA_KEYS:
            junk = JUNK[rng.integers(len(JUNK))]
            fuzz.tried(
                replaced(fuzz.header, ("layers", place), fuzz.header["layers"][place] | {key: junk})
            )
    assert fuzz.refused > 20


def test_several_values_replaced_at_once(rng: np.random.Generator) -> None:
    fuzz = Fuzz()
    every = list(places(fuzz.header))[1:]
    for _ in range(400):
        header = fuzz.header
        for path in sorted(
            (every[n] for n in rng.integers(len(every), size=3)), key=len, reverse=True
        ):
            header = replaced(header, path, JUNK[rng.integers(len(JUNK))])
        fuzz.tried(header)
    assert fuzz.refused > 300
