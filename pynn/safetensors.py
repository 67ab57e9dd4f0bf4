"""Networks as safetensors, the format in which models are passed around elsewhere.

    8 bytes   how long the header is, little-endian
    header    JSON: of each array its dtype, shape, and where its bytes begin and end
    bytes     of all arrays, row by row

The header's `__metadata__` has, as "pynn", what makes the layers again (`pynn.model_header`); a
file without it has arrays and no network. Others read the arrays by their names, which are
those of `Network.parameters` and `Network.statistics`. Format: huggingface.co/docs/safetensors.
"""

import json
import math
import struct
from typing import Any

import numpy as np

from pynn.limits import shown
from pynn.matmul import Array
from pynn.model_header import FORMAT, ModelFileError, as_json, header_of, plan_of, wrong
from pynn.network import Network, check_network

DTYPES = {"float32": "F32", "float64": "F64"}
# Bytes before the header, and what they may say at most.
START, LARGEST_HEADER = 8, 1 << 20


def to_safetensors(network: Network) -> bytes:
    """The content of a file. Raises ValueError and ModelFileError (not_finite), as `save`."""
    check_network("to_safetensors", network)
    kept = network.state()
    entries: dict[str, Any] = {
        "__metadata__": {"format": "np", "pynn": as_json(header_of(network, kept))}
    }
    parts, begin = [], 0
    for name in network.arrays:
        array = np.ascontiguousarray(kept.arrays[name])
        little = array.astype(array.dtype.newbyteorder("<"), copy=False)
        entries[name] = {
            "dtype": DTYPES[array.dtype.name],
            "shape": list(array.shape),
            "data_offsets": [begin, begin + array.nbytes],
        }
        parts.append(little.tobytes())
        begin += array.nbytes
    header = json.dumps(entries).encode()
    # Arrays begin at a multiple of 8 bytes.
    header += b" " * (-len(header) % 8)
    return b"".join([struct.pack("<Q", len(header)), header, *parts])


def is_safetensors(content: bytes) -> bool:
    """Whether a file begins like one."""
    size = struct.unpack("<Q", content[:START])[0] if len(content) > START else 0
    return 2 <= size <= LARGEST_HEADER and content[START : START + 1] == b"{"


def from_safetensors(content: bytes, name: str = "the model file") -> Network:
    """The network in such a file; `name` begins the error's sentence. Raises ModelFileError."""
    if not isinstance(content, bytes):
        raise ValueError(f"from_safetensors: expected bytes, got {shown(content)}")
    if not is_safetensors(content):
        raise ModelFileError("not_a_model", f"{name}: expected safetensors, got another file")
    size = struct.unpack("<Q", content[:START])[0]
    body = memoryview(content)[START + size :]
    try:
        entries = json.loads(content[START : START + size])
        header = json.loads(entries.pop("__metadata__")["pynn"])
        if header["format"] != FORMAT:
            raise KeyError("format")
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ModelFileError(
            "not_a_model",
            f"{name}: expected safetensors that pynn has saved, got a file that does not say "
            f"which layers it is of",
        ) from error
    try:
        plan = plan_of(header, name)
        size = plan.dtype.itemsize * sum(math.prod(shape) for shape in plan.shapes.values())
        if len(body) > size:
            raise ModelFileError(
                "damaged", f"{name}: expected {size} bytes of numbers, got {len(body)}"
            )
        if set(entries) != set(plan.shapes):
            odd = min(set(entries) ^ set(plan.shapes))
            raise wrong(name, f"{odd[:80]} is missing or too many")
        arrays = {
            key: _array(entries[key], body, plan.dtype, shape, key)
            for key, shape in plan.shapes.items()
        }
        return plan.network(arrays)
    except ModelFileError:
        raise
    except ValueError as error:
        raise wrong(name, " ".join(str(error).split())[:200]) from error
    except Exception as error:  # a header that is JSON and yet no such header
        raise wrong(name, type(error).__name__) from error


def _array(
    entry: dict[str, Any], body: memoryview, dtype: np.dtype[Any], shape: tuple[int, ...], key: str
) -> Array:
    begin, end = entry["data_offsets"]
    size = math.prod(shape) * dtype.itemsize
    found = entry["dtype"], tuple(entry["shape"])
    if found != (DTYPES[dtype.name], shape):
        raise ValueError(f"{key}: expected {DTYPES[dtype.name]} of shape {shape}, got {found}")
    if not 0 <= begin <= end <= len(body) or end - begin != size:
        raise ModelFileError("damaged", f"{key}: expected {size} bytes, got a file that is cut")
    return np.frombuffer(body[begin:end], dtype.newbyteorder("<")).reshape(shape)
