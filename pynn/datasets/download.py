"""MNIST's four files where programs usually keep them, or from where they are published.

The first that has them of

    $PYNN_DATA, $PYNN_DATA/mnist      ~/.cache/pynn/mnist
    MNIST, MNIST/raw, mnist           data, data/MNIST, data/MNIST/raw
    ~/.keras/datasets/mnist.npz       which Keras has left there

is taken, else they are downloaded: into $PYNN_DATA/mnist, or ~/.cache/pynn/mnist.
"""

import gzip
import hashlib
import os
import struct
import sys
import zlib
from pathlib import Path

import numpy as np

from pynn.datasets import published
from pynn.datasets.idx import read_idx
from pynn.matmul import Array

# SHA-256 of each file, unpacked.
FILES = {
    "train-images-idx3-ubyte": "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
    "train-labels-idx1-ubyte": "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
    "t10k-images-idx3-ubyte": "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
    "t10k-labels-idx1-ubyte": "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
}
# The same files, gzipped.
MIRRORS = (
    "https://ossci-datasets.s3.amazonaws.com/mnist/",
    "https://storage.googleapis.com/cvdf-datasets/mnist/",
)
VARIABLE = "PYNN_DATA"
TIMEOUT, BLOCK = 30.0, 1 << 16  # seconds, bytes
KERAS = ("x_train", "y_train", "x_test", "y_test")


def home() -> Path:
    """The folder that a download goes to."""
    given = os.environ.get(VARIABLE)
    return (Path(given).expanduser() if given else Path.home() / ".cache" / "pynn") / "mnist"


def found() -> Path | None:
    """The folder that has MNIST's own files, or the .npz file of Keras; None where none has."""
    if published.brings():
        return Path("mnist")
    here, given = Path(), os.environ.get(VARIABLE)
    places = [here / name for name in ("MNIST", "MNIST/raw", "mnist", "data")]
    places += [here / "data/MNIST", here / "data/MNIST/raw"]
    first = [Path(given).expanduser()] if given else []
    for place in [*first, home(), Path.home() / ".cache/pynn/mnist", *places]:
        if is_mnist(place):
            return place
    keras = Path.home() / ".keras/datasets/mnist.npz"
    return keras if keras.is_file() else None


def is_mnist(folder: Path) -> bool:
    """Whether all four are there; the labels tell them from Fashion-MNIST's, of the same names."""
    if not all(any((folder / f"{n}{end}").is_file() for end in ("", ".gz")) for n in FILES):
        return False
    name = "t10k-labels-idx1-ubyte"
    path = next(p for p in (folder / name, folder / f"{name}.gz") if p.is_file())
    try:
        labels = read_idx(path)
    except (OSError, ValueError):
        return False
    content = struct.pack(">II", 2049, len(labels)) + labels.astype(np.uint8).tobytes()
    return hashlib.sha256(content).hexdigest() == FILES[name]


def read_keras(path: Path) -> tuple[tuple[Array, Array], tuple[Array, Array]]:
    """The arrays in Keras' file. ValueError where they are others."""
    try:
        with np.load(path, allow_pickle=False) as arrays:
            x_train, y_train, x_test, y_test = (arrays[name] for name in KERAS)
    except Exception:
        raise ValueError(
            f"mnist: expected {', '.join(KERAS)} in {path}, got another file"
        ) from None
    if {x_train.shape[1:], x_test.shape[1:]} != {(28, 28)} or x_train.dtype != np.uint8:
        raise ValueError(f"mnist: expected 28 x 28 images, got {x_train.shape} in {path}")
    return (x_train, y_train), (x_test, y_test)


def download() -> Path:
    """Fetches the files that `home` does not have, with a progress bar; returns the folder.

    Raises ValueError, which says what to do, where that is not possible.
    """
    folder = home()
    if sys.platform == "emscripten":
        raise ValueError(
            "mnist: expected the folder that has MNIST's four files, got none; "
            "Python in a page cannot download them"
        )
    for name in FILES:
        if not (folder / f"{name}.gz").is_file():
            _fetch(name, folder)
    return folder


def _fetch(name: str, folder: Path) -> None:
    """One file from the first mirror that gives the right one."""
    reasons = []
    for mirror in MIRRORS:
        try:
            packed = _read(f"{mirror}{name}.gz", name)
            whole = gzip.decompress(packed)
        except (OSError, EOFError, zlib.error) as error:  # URLError and timeouts are OSErrors
            reasons.append(" ".join(str(getattr(error, "reason", error)).split()))
            continue
        if hashlib.sha256(whole).hexdigest() != FILES[name]:
            reasons.append("a file with another checksum")
            continue
        folder.mkdir(parents=True, exist_ok=True)
        part = folder / f".{name}.{os.getpid()}.part"
        part.write_bytes(packed)
        part.replace(folder / f"{name}.gz")
        return
    raise ValueError(
        f"mnist: expected to download {name}.gz, got {reasons[-1]}; put MNIST's four files into "
        f"{folder}, or name the folder that has them"
    )


def _read(address: str, name: str) -> bytes:
    from urllib.request import urlopen

    from pynn.show.bars import Bar

    bar = Bar(timed=True)
    try:
        with urlopen(address, timeout=TIMEOUT) as response:
            size = int(response.headers.get("Content-Length") or 0)
            parts: list[bytes] = []
            done = 0
            while block := response.read(BLOCK):
                parts.append(block)
                done += len(block)
                bar.draw(min(done / size, 1.0) if size else 0.0, f"{name}  {done / 1e6:.1f} MB")
    except ValueError as error:  # an address that is none, from a proxy say
        raise OSError(str(error)) from None
    finally:
        bar.clear()
    return b"".join(parts)
