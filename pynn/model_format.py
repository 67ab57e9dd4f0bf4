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

import numpy as np

from pynn.layers import Shape
from pynn.limits import shown
from pynn.matmul import Array
from pynn.model_header import FORMAT, ModelFileError, as_json, header_of, plan_of, wrong
from pynn.network import Network, check_network
from pynn.safetensors import from_safetensors, is_safetensors
from pynn.state import State

DIGEST = 64
# Before the names of a network's arrays in a state.
NETWORK = "network/"
# A header of a hundred layers has some 10 kB; a file of 100 million weights 400 MB.
LARGEST_HEADER = 1 << 20
LARGEST_FILE = 1 << 30
EARLIEST = (1980, 1, 1, 0, 0, 0)


def to_bytes(network: Network, state: State | None = None, *, packed: bool = True) -> bytes:
    """The content of a model file; a network that another thread trains is between two steps.

    state   of a training of this network: its file is made, and of the moment of the state
    packed  False saves time and not space
    """
    check_network("to_bytes", network)
    kept = network.state() if state is None else state.part("network")
    arrays, header = dict(kept.arrays), header_of(network, kept)
    if state is not None:
        header["training"] = state.plain
        arrays |= {k: a for k, a in state.arrays.items() if not k.startswith(NETWORK)}
    arrays = {"header": np.array(as_json(header)), **arrays}
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


def from_bytes(content: bytes, name: str = "the model file") -> Network | State:
    """The network in the content of a model file, or the state in that of a training.

    `name` begins the error's sentence.
    """
    if not isinstance(content, bytes):
        raise ValueError(f"from_bytes: expected bytes, got {shown(content)}")
    if is_safetensors(content):
        return from_safetensors(content, name)
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
        raise wrong(name, " ".join(str(error).split())[:200]) from error
    except Exception as error:
        raise wrong(name, type(error).__name__) from error


def _read(archive: zipfile.ZipFile, name: str) -> Network | State:
    entries = {entry.filename.removesuffix(".npy"): entry for entry in archive.infolist()}
    if sum(entry.file_size for entry in entries.values()) > LARGEST_FILE:
        raise ModelFileError("too_large", f"{name}: expected at most 1 GB of parameters")
    if "header" not in entries or entries["header"].file_size > LARGEST_HEADER:
        raise ModelFileError("not_a_model", f"{name}: expected a pynn model, got another archive")
    header = json.loads(str(_array(archive, entries["header"], "U", ())))
    if not isinstance(header, dict) or header.get("format") != FORMAT:
        raise ModelFileError("not_a_model", f"{name}: expected a pynn model, got another archive")
    plan = plan_of(header, name)
    # Names and shapes first: neither a header that asks for more than the file holds
    # nor an array that is no parameter is ever given memory.
    wanted, training = plan.shapes, header.get("training")
    others = set(entries) - {"header"} - set(wanted)
    odd = set(wanted) - set(entries) | (others if training is None else set())
    if odd:
        raise wrong(name, f"{min(odd)[:80]} is missing or too many")
    arrays = {
        key: _array(archive, entries[key], plan.dtype.str, shape) for key, shape in wanted.items()
    }
    network = plan.network(arrays)
    if training is None:
        return network
    if not isinstance(training, dict):
        raise wrong(name, "expected the training's plain state by name")
    kept = {NETWORK + key: array for key, array in arrays.items()}
    kept |= {key: _array(archive, entries[key], "f", None) for key in sorted(others)}
    return State(kept, training, name, network)


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
