"""Model files: an `.npz` archive that any NumPy can open, with a readable header.

    header              a text: JSON with format, version, input shape, dtype, layers, and
                        pixels: whether the network learned from bytes (`Units.pixels`),
                        exact: whether its bits are the same everywhere
    dense_1.weights …   one array a parameter or statistic, under its name in the network

The file of a training holds in its header, as "training", what else is plain in its state
(`pynn.state`), and the state's other arrays, "optimizer/dense_1.weights/mean" say.

The last 64 bytes, which a zip reader sees as the archive's comment, are the
SHA-256 (hexadecimal) of all bytes before them, so a file that was cut or changed
anywhere is known as such. Nothing is ever unpickled.

Version 1 counted layers by their place: dense_1, flatten_2, dense_3.
"""

import hashlib
import io
import json
import math
import warnings
import zipfile
from typing import Any

import numpy as np

from pynn.layers import LAYERS, Layer, Shape, layer_names
from pynn.limits import shown
from pynn.matmul import Array
from pynn.network import Network
from pynn.state import State

FORMAT = "pynn model"
VERSION = 2
DIGEST = 64
# Before the names of a network's arrays in a state.
NETWORK = "network/"
# A header of a hundred layers has some 10 kB; a file of 100 million weights 400 MB.
LARGEST_HEADER = 1 << 20
LARGEST_FILE = 1 << 30
EARLIEST = (1980, 1, 1, 0, 0, 0)


class ModelFileError(ValueError):
    """A file that is no model, or not one that can be trusted.

    code is one of not_a_model, damaged, future_version, wrong_shape, too_large; not_finite
    for a network that cannot be saved, and not_pixels for one that cannot read drawings.
    """

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code


def to_bytes(network: Network, state: State | None = None, *, packed: bool = True) -> bytes:
    """The content of a model file; a network that another thread trains is between two steps.

    state   of a training of this network: its file is made, and of the moment of the state
    packed  False saves time and not space
    """
    layers = []
    for layer in network.layers:
        config = dict(layer.config)
        if not isinstance(config.get("activation", ""), str):
            raise ValueError("save: expected activations given by name, got an object")
        kind = type(layer).__name__.lower()
        if LAYERS.get(kind) is not type(layer):
            raise ValueError(
                f"save: expected layers of {', '.join(LAYERS)}, got {kind}; "
                f"pynn.register makes others known"
            )
        layers.append({"kind": kind, **config})
    kept = network.state() if state is None else state.part("network")
    arrays = dict(kept.arrays)
    if not all(np.isfinite(array).all() for array in arrays.values()):
        raise ModelFileError(
            "not_finite", "save: expected finite weights, got NaN or infinity: the run diverged"
        )
    header = {
        "format": FORMAT,
        "version": VERSION,
        "inputs": network.input_shape,
        "dtype": network.dtype.name,
        "layers": layers,
        "pixels": kept.plain["pixels"],
        "exact": network.exact,
    }
    if state is not None:
        header["training"] = state.plain
        arrays |= {k: a for k, a in state.arrays.items() if not k.startswith(NETWORK)}
    arrays = {"header": np.array(_as_json(header)), **arrays}
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.comment = b"0" * DIGEST
        for name, array in arrays.items():
            entry = zipfile.ZipInfo(name + ".npy", EARLIEST)
            entry.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
            with archive.open(entry, "w") as member:
                np.lib.format.write_array(member, array, allow_pickle=False)
    body = content.getvalue()[:-DIGEST]
    return body + hashlib.sha256(body).hexdigest().encode()


def _as_json(header: dict[str, Any]) -> str:
    def refuse(value: object) -> str:
        raise ValueError(
            f"save: expected words of layers as numbers, texts, flags or lists, got {shown(value)}"
        )

    return json.dumps(header, default=refuse)


def from_bytes(content: bytes, name: str = "the model file") -> Network | State:
    """The network in the content of a model file, or the state in that of a training.

    `name` begins the error's sentence.
    """
    if not content.startswith(b"PK\x03\x04"):
        raise ModelFileError("not_a_model", f"{name}: expected a pynn model, got another file")
    if len(content) > LARGEST_FILE:
        raise ModelFileError("too_large", f"{name}: expected at most 1 GB")
    digest = hashlib.sha256(content[:-DIGEST]).hexdigest().encode()
    if content[-DIGEST:] != digest:
        raise ModelFileError(
            "damaged",
            f"{name}: expected a whole pynn model, got a file that is cut, altered or no model",
        )
    try:
        with warnings.catch_warnings(), zipfile.ZipFile(io.BytesIO(content)) as archive:
            warnings.simplefilter("error")
            return _read(archive, name)
    except ModelFileError:
        raise
    # The digest is right, so this is a file made to look like a model, by hand or by
    # a program with a mistake. The readers of zip, npy and JSON have a dozen ways to
    # say so; which of them it was does not matter to a reader.
    except ValueError as error:
        raise _wrong(name, " ".join(str(error).split())[:200]) from error
    except Exception as error:
        raise _wrong(name, type(error).__name__) from error


def _read(archive: zipfile.ZipFile, name: str) -> Network | State:
    entries = {entry.filename.removesuffix(".npy"): entry for entry in archive.infolist()}
    if sum(entry.file_size for entry in entries.values()) > LARGEST_FILE:
        raise ModelFileError("too_large", f"{name}: expected at most 1 GB of parameters")
    if "header" not in entries or entries["header"].file_size > LARGEST_HEADER:
        raise ModelFileError("not_a_model", f"{name}: expected a pynn model, got another archive")
    header = json.loads(str(_array(archive, entries["header"], "U", ())))
    if not isinstance(header, dict) or header.get("format") != FORMAT:
        raise ModelFileError("not_a_model", f"{name}: expected a pynn model, got another archive")
    version = header.get("version")
    if type(version) is not int or not 1 <= version <= VERSION:
        raise ModelFileError(
            "future_version",
            f"{name}: expected a model of version 1 or {VERSION}, got version {str(version)[:20]}; "
            f"a newer pynn may read it",
        )
    if not all(isinstance(header.get(key), list) for key in ("layers", "inputs")):
        raise _wrong(name, "expected lists of layers and inputs")
    layers = [_layer(entry) for entry in header["layers"]]
    inputs, dtype = tuple(header["inputs"]), header.get("dtype")
    if not all(type(size) is int for size in inputs) or dtype not in ("float32", "float64"):
        raise _wrong(name, "expected inputs as whole numbers and dtype float32 or float64")
    # Older files have no such words.
    pixels, exact = header.get("pixels"), header.get("exact", False)
    if not (pixels is None or isinstance(pixels, bool)):
        raise _wrong(name, "expected pixels as true, false or null")
    if not isinstance(exact, bool):
        raise _wrong(name, "expected exact as true or false")
    # Names and shapes first: neither a header that asks for more than the file holds
    # nor an array that is no parameter is ever given memory.
    wanted, training = _array_shapes(layers, inputs, version), header.get("training")
    others = set(entries) - {"header"} - set(wanted)
    odd = set(wanted) - set(entries) | (others if training is None else set())
    if odd:
        raise _wrong(name, f"{min(odd)[:80]} is missing or too many")
    arrays = {
        key: _array(archive, entries[key], np.dtype(dtype).str, shape)
        for key, shape in wanted.items()
    }
    for key, array in arrays.items():
        if not np.isfinite(array).all():
            raise _wrong(name, f"expected {key} as finite numbers")
    network = Network(layers, inputs, dtype=dtype, exact=exact)
    # In their order: in a file of version 1 names are other ones.
    for own, array in zip(network.arrays.values(), arrays.values(), strict=True):
        own[...] = array
    network.units.pixels = pixels
    if training is None:
        return network
    if not isinstance(training, dict):
        raise _wrong(name, "expected the training's plain state by name")
    kept = {NETWORK + key: array for key, array in arrays.items()}
    kept |= {key: _array(archive, entries[key], "f", None) for key in sorted(others)}
    return State(kept, training, name, network)


def _layer(entry: dict[str, Any]) -> Layer:
    config = dict(entry)
    kind = str(config.pop("kind", "none"))
    if kind not in LAYERS:
        raise ValueError(f"expected layers of {', '.join(LAYERS)}, got {kind}")
    return LAYERS[kind](**config)


def _array_shapes(layers: list[Layer], shape: Shape, version: int) -> dict[str, Shape]:
    """The shape of each parameter, then of each statistic, under its name in this version."""
    shapes: dict[str, Shape] = {}
    statistics: dict[str, Shape] = {}
    for place, (name, layer) in enumerate(zip(layer_names(layers), layers, strict=True), start=1):
        if version == 1:
            name = f"{name.rpartition('_')[0]}_{place}"
        own, outputs = layer.shapes(shape)
        shapes |= {f"{name}.{key}": s for key, s in own.items()}
        kept = layer.statistics_shapes(shape)
        statistics |= {f"{name}.{key}": s for key, s in kept.items()}
        shape = outputs
    return shapes | statistics


def _array(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, kind: str, shape: Shape | None
) -> Array:
    """One member, if it is of this dtype (or kind of one) and shape and as long as they say.

    The shape None is any.
    """
    with archive.open(entry) as member:
        version = np.lib.format.read_magic(member)
        if version != (1, 0):
            raise ValueError(f"{entry.filename}: expected npy version 1.0, got {version}")
        found, _, dtype = np.lib.format.read_array_header_1_0(member)
        shape = found if shape is None else shape
        if found != shape or kind not in (dtype.str, dtype.kind):
            raise ValueError(
                f"{entry.filename}: expected {kind} of shape {shape}, got {dtype.str} of {found}"
            )
        if math.prod(shape) * dtype.itemsize != entry.file_size - member.tell():
            raise ValueError(f"{entry.filename}: its header and its size disagree")
    with archive.open(entry) as member:
        return np.lib.format.read_array(member, allow_pickle=False)


def _wrong(name: str, what: str) -> ModelFileError:
    return ModelFileError("wrong_shape", f"{name}: the model does not fit together: {what}")
