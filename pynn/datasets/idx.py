"""The IDX format, in which MNIST was published: a box of numbers with its shape.

    bytes 0, 1   zero
    byte 2       the kind of number: 08 uint8, 09 int8, 0B int16, 0C int32,
                 0D float32, 0E float64
    byte 3       how many axes
    then         each axis's length as a big-endian uint32, then the numbers,
                 big-endian, last axis fastest

Described at http://yann.lecun.com/exdb/mnist/ (LeCun, Cortes, Burges).
"""

import gzip
import io
import math
import os
import zlib

import numpy as np

from pynn.limits import as_numbers
from pynn.matmul import Array
from pynn.paths import file_to_read, file_to_write

KINDS = {0x08: ">u1", 0x09: ">i1", 0x0B: ">i2", 0x0C: ">i4", 0x0D: ">f4", 0x0E: ">f8"}
GZIP = b"\x1f\x8b"


class IDXError(ValueError):
    """A file that is not IDX, or not all of one."""


def read_idx(path: str | os.PathLike[str]) -> Array:
    """The array in an IDX file, gzipped or not, in the machine's byte order.

    Raises IDXError for any other content, OSError where the file cannot be read.
    """
    content = file_to_read("read_idx", path).read_bytes()
    if content.startswith(GZIP):
        try:
            content = gzip.decompress(content)
        except (OSError, EOFError, zlib.error) as error:
            raise IDXError(f"{path}: expected a whole gzip file, got a damaged one") from error
    axes = content[3] if len(content) > 3 else 0
    if content[:2] != b"\0\0" or len(content) < 4 + 4 * axes or content[2] not in KINDS:
        raise IDXError(f"{path}: expected an IDX file, got another")
    kind = np.dtype(KINDS[content[2]])
    shape = tuple(int(n) for n in np.frombuffer(content, ">u4", axes, offset=4))
    start, size = 4 + 4 * axes, math.prod(shape) * kind.itemsize
    if len(content) - start != size:
        raise IDXError(
            f"{path}: expected {size} bytes for shape {shape}, got {len(content) - start}"
        )
    try:
        array = np.frombuffer(content, kind, offset=start).reshape(shape)
    except ValueError as error:  # more axes than NumPy has, or none of the numbers and huge axes
        raise IDXError(f"{path}: expected a shape that NumPy can hold, got {shape}") from error
    return array.astype(kind.newbyteorder("="))


def write_idx(path: str | os.PathLike[str], array: Array) -> None:
    """Writes an IDX file, gzipped where the path ends in .gz or .gzip; the same array
    gives the same bytes. Raises IDXError for a dtype that IDX does not have."""
    place = file_to_write("write_idx", path)
    try:
        array = as_numbers("write_idx: expected array", array)
    except ValueError as error:
        raise IDXError(str(error)) from None
    array = array.astype(array.dtype.newbyteorder("="), copy=False)
    kinds = {np.dtype(kind).newbyteorder("="): code for code, kind in KINDS.items()}
    if array.dtype not in kinds:
        raise IDXError(f"{path}: expected a dtype that IDX has, got {array.dtype}")
    content = io.BytesIO()
    content.write(bytes([0, 0, kinds[array.dtype], array.ndim]))
    content.write(np.array(array.shape, ">u4").tobytes())
    content.write(array.astype(array.dtype.newbyteorder(">")).tobytes())
    packed = content.getvalue()
    if place.name.endswith((".gz", ".gzip")):
        packed = gzip.compress(packed, compresslevel=9, mtime=0)
    place.write_bytes(packed)
