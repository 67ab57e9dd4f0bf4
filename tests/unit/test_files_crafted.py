"""Model files with a right digest and a wrong content: made by hand, or by a wrong program.

Whoever can write a file can also write its digest, so what stands behind the digest is
as untrusted as the rest: it is refused with ModelFileError, fast, and with little memory.
"""

import hashlib
import io
import json
import pickle
import re
import tracemalloc
import warnings
import zipfile
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from pynn import ModelFileError
from pynn.model_format import DIGEST, from_bytes

LAYER = {"kind": "dense", "units": 3, "activation": "tanh", "bias": True, "l1": 0.0, "l2": 0.0}
HEADER: dict[str, Any] = {
    "format": "pynn model",
    "version": 2,
    "inputs": [2],
    "dtype": "float32",
    "layers": [LAYER],
}
ARRAYS: dict[str, Any] = {
    "dense_1.weights": np.ones((2, 3), np.float32),
    "dense_1.bias": np.ones(3, np.float32),
}


def sealed(body: bytes) -> bytes:
    """With the digest that belongs to it."""
    return body + hashlib.sha256(body).hexdigest().encode()


def npy(array: Any) -> bytes:
    content = io.BytesIO()
    np.lib.format.write_array(content, np.asarray(array), allow_pickle=True)
    return content.getvalue()


def crafted(header: Any, arrays: dict[str, Any], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A model file of these; bytes stand for themselves, a header for its JSON."""
    members = {
        name: value if isinstance(value, bytes) else npy(value) for name, value in arrays.items()
    }
    if header is not None:
        if not isinstance(header, bytes):
            header = npy(header if isinstance(header, str) else json.dumps(header))
        members = {"header": header, **members}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", compression) as archive:
        archive.comment = b"0" * DIGEST
        for name, content in members.items():
            archive.writestr(name + ".npy", content)
    return sealed(packed.getvalue()[:-DIGEST])


def refusal(content: bytes, most: int = 2 << 20) -> ModelFileError:
    """The error; it may take `most` bytes of memory above the file itself."""
    tracemalloc.start()
    try:
        with pytest.raises(ModelFileError) as caught:
            from_bytes(content, "a.npz")
        assert tracemalloc.get_traced_memory()[1] < most + 2 * len(content)
    finally:
        tracemalloc.stop()
    assert re.fullmatch(r"a\.npz: [^\n]{10,400}", str(caught.value)), str(caught.value)
    return caught.value


def changed(**fields: Any) -> dict[str, Any]:
    return {**HEADER, **fields}


def layer(**fields: Any) -> dict[str, Any]:
    return changed(layers=[{**LAYER, **fields}])


def test_crafted_file_in_order_is_read() -> None:
    network = from_bytes(crafted(HEADER, ARRAYS))
    assert (network.parameters["dense_1.weights"] == 1).all() and network.outputs == 3
    assert network.units.pixels is None  # a file from before the header had that word
    for pixels in (True, False, None):
        assert from_bytes(crafted(changed(pixels=pixels), ARRAYS)).units.pixels is pixels


def test_file_of_version_1_which_counted_layers_by_place_is_read() -> None:
    layers = [{"kind": "flatten"}, LAYER, {"kind": "flatten"}, {"kind": "dense", "units": 1}]
    rng = np.random.default_rng(0)
    shapes = {"dense_2.weights": (2, 3), "dense_2.bias": 3, "dense_4.weights": (3, 1)}
    arrays = {k: rng.random(v, np.float32) for k, v in (shapes | {"dense_4.bias": 1}).items()}
    network = from_bytes(crafted(changed(version=1, layers=layers), arrays))
    for (name, array), old in zip(network.parameters.items(), arrays, strict=True):
        assert name == old.replace("_2", "_1").replace("_4", "_2")
        np.testing.assert_array_equal(array, arrays[old])
    # Neither version takes the other's names.
    assert refusal(crafted(changed(layers=layers), arrays)).code == "wrong_shape"
    new = dict(zip(network.parameters, arrays.values(), strict=True))
    assert refusal(crafted(changed(version=1, layers=layers), new)).code == "wrong_shape"
    assert from_bytes(crafted(changed(layers=layers), new)).outputs == 1


@pytest.mark.parametrize("version", [3, 99, 0, -1, 1.0, "1", None, True, [1], "x" * 5000])
def test_other_version_is_named(version: object) -> None:
    error = refusal(crafted(changed(version=version), ARRAYS))
    assert error.code == "future_version"
    assert str(error).startswith("a.npz: expected a model of version 1 or 2, got version ")
    missing = {key: value for key, value in HEADER.items() if key != "version"}
    assert refusal(crafted(missing, ARRAYS)).code == "future_version"


@pytest.mark.parametrize("pixels", [0, 1, 1.0, "true", "", [], [True], {}, "x" * 5000])
def test_what_a_network_learned_from_is_true_false_or_null(pixels: object) -> None:
    error = refusal(crafted(changed(pixels=pixels), ARRAYS))
    assert error.code == "wrong_shape"
    assert str(error).endswith("expected pixels as true, false or null")


@pytest.mark.parametrize("form", ["other", None, 1, ["pynn model"]])
def test_other_format_is_no_model(form: object) -> None:
    assert refusal(crafted(changed(format=form), ARRAYS)).code == "not_a_model"
    assert refusal(crafted(None, ARRAYS)).code == "not_a_model"


WRONG: dict[str, tuple[Any, dict[str, Any]]] = {
    "nan": (HEADER, ARRAYS | {"dense_1.bias": np.array([1, np.nan, 1], np.float32)}),
    "infinity": (HEADER, ARRAYS | {"dense_1.bias": np.array([1, -np.inf, 1], np.float32)}),
    "shape": (HEADER, ARRAYS | {"dense_1.weights": np.ones((3, 2), np.float32)}),
    "flat": (HEADER, ARRAYS | {"dense_1.weights": np.ones(6, np.float32)}),
    "float64-array": (HEADER, ARRAYS | {"dense_1.bias": np.ones(3)}),
    "float64-header": (changed(dtype="float64"), ARRAYS),
    "float16": (changed(dtype="float16"), {k: v.astype("float16") for k, v in ARRAYS.items()}),
    "big-endian": (HEADER, {k: v.astype(">f4") for k, v in ARRAYS.items()}),
    "integers": (HEADER, ARRAYS | {"dense_1.bias": np.ones(3, np.int32)}),
    "text": (HEADER, ARRAYS | {"dense_1.bias": np.array(["a", "b", "c"])}),
    "objects": (HEADER, ARRAYS | {"dense_1.bias": np.array([1, {}, None], object)}),
    "pickle": (HEADER, ARRAYS | {"dense_1.bias": pickle.dumps([1, 2, 3])}),
    "header-objects": (npy(np.array({"format": "pynn model"}, object)), ARRAYS),
    "header-number": (npy(np.ones(())), ARRAYS),
    "header-list-of-texts": (npy(np.array([json.dumps(HEADER)])), ARRAYS),
    "missing-array": (HEADER, {"dense_1.weights": ARRAYS["dense_1.weights"]}),
    "array-too-many": (HEADER, ARRAYS | {"dense_2.bias": np.ones(3, np.float32)}),
    "array-renamed": (HEADER, {"weights": ARRAYS["dense_1.weights"], "bias": np.ones(3)}),
    "no-layers": (changed(layers=[]), {}),
    "kind": (layer(kind="lstm"), ARRAYS),
    "kind-class": (layer(kind="Dense"), ARRAYS),
    "units": (layer(units=4), ARRAYS),
    "units-as-text": (layer(units="3"), ARRAYS),
    "word-unknown": (layer(color="red"), ARRAYS),
    "inputs-as-text": (changed(inputs="2"), ARRAYS),
    "inputs-real": (changed(inputs=[2.0]), ARRAYS),
    "inputs-negative": (changed(inputs=[-2]), ARRAYS),
    "inputs-zero": (changed(inputs=[0]), ARRAYS | {"dense_1.weights": np.ones((0, 3), np.float32)}),
    "npy-of-nothing": (HEADER, ARRAYS | {"dense_1.bias": b""}),
    "npy-cut": (HEADER, ARRAYS | {"dense_1.bias": npy(ARRAYS["dense_1.bias"])[:-1]}),
    "npy-longer": (HEADER, ARRAYS | {"dense_1.bias": npy(ARRAYS["dense_1.bias"]) + b"\0"}),
    "npy-python-2": (
        HEADER, ARRAYS | {"dense_1.bias": npy(np.ones(3, "f4")).replace(b"(3,), } ", b"(3L,), }")},
    ),
    "npy-version-9": (
        HEADER, ARRAYS | {"dense_1.bias": b"\x93NUMPY\x09" + npy(ARRAYS["dense_1.bias"])[7:]},
    ),
    "json-broken": ("{", ARRAYS),
    "json-number": ("1", ARRAYS),
    "json-deep": ("[" * 100_000, ARRAYS),
    "json-nan": (json.dumps(HEADER).replace("[2]", "[NaN]"), ARRAYS),
    "not-flat": (
        changed(inputs=[2, 2, 1], layers=[{"kind": "conv2d", "filters": 1, "kernel_size": 1}]),
        {"conv2d_1.weights": np.ones((1, 1, 1, 1), "f4"), "conv2d_1.bias": np.ones(1, "f4")},
    ),
}  # fmt: skip


@pytest.mark.parametrize(("header", "arrays"), WRONG.values(), ids=WRONG)
def test_content_that_does_not_fit_together_is_refused(header: Any, arrays: dict[str, Any]) -> None:
    assert refusal(crafted(header, arrays)).code in ("wrong_shape", "not_a_model")


@pytest.mark.parametrize(
    "header",
    [
        layer(units=2**40),
        layer(units=2**40, bias=False),
        layer(units=10**30),
        changed(inputs=[2**40]),
        changed(inputs=[2**62, 2**62]),
        changed(inputs=[2] * 100_000),
        changed(
            layers=[{"kind": "conv2d", "filters": 2**40, "kernel_size": 2**20}], inputs=[4, 4, 1]
        ),
        changed(layers=[{"kind": "maxpool2d", "size": 2**40}], inputs=[4, 4, 1]),
    ],
    ids=[
        "units",
        "units-no-bias",
        "units-huge",
        "inputs",
        "inputs-huge",
        "axes",
        "filters",
        "pool",
    ],
)
def test_header_that_asks_for_too_much_gets_no_memory(header: dict[str, Any]) -> None:
    refusal(crafted(header, ARRAYS), most=16 << 20)


MIB = 1 << 20
BOMBS: dict[str, Callable[[], tuple[Any, dict[str, Any]]]] = {
    "extra-array": lambda: (HEADER, ARRAYS | {"bomb": np.zeros(50 * MIB, np.float32)}),
    "parameter": lambda: (HEADER, ARRAYS | {"dense_1.bias": np.zeros(50 * MIB, np.float32)}),
    "header-array": lambda: (npy(np.zeros(50 * MIB, np.float32)), ARRAYS),
    "header-text": lambda: (json.dumps(HEADER) + " " * 50 * MIB, ARRAYS),
}


@pytest.mark.parametrize("make", BOMBS.values(), ids=BOMBS)
def test_bomb_of_200_mib_is_refused_with_little_memory(
    make: Callable[[], tuple[Any, dict[str, Any]]],
) -> None:
    content = crafted(*make())
    assert len(content) < 300_000
    refusal(content, most=4 * MIB)


def test_old_python_2_header_is_refused_where_warnings_are_off_too() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert refusal(crafted(*WRONG["npy-python-2"])).code == "wrong_shape"


def test_size_that_lies_in_the_directory_is_refused() -> None:
    content = crafted(HEADER, ARRAYS)
    size = len(npy(ARRAYS["dense_1.bias"]))
    for lie in (2**31, 2**30 + 1, size + 1, 0):
        for place in [
            m.start() for m in re.finditer(re.escape(size.to_bytes(4, "little")), content)
        ]:
            body = content[:place] + lie.to_bytes(4, "little") + content[place + 4 : -DIGEST]
            if lie != size:
                try:
                    from_bytes(sealed(body))
                except ModelFileError as error:
                    assert error.code in ("too_large", "wrong_shape", "not_a_model")


def test_whole_of_more_than_a_gigabyte_is_too_large() -> None:
    content = bytearray(crafted(HEADER, ARRAYS)[:-DIGEST])
    place = content.rindex(b"PK\x01\x02")  # the last member, as the directory has it
    content[place + 24 : place + 28] = (2**30 + 1).to_bytes(4, "little")
    assert refusal(sealed(bytes(content))).code == "too_large"
