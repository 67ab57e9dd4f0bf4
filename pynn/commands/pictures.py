"""Files that a network answers: pictures, arrays and tables, as rows of inputs with a name each.

.pgm .ppm .png .jpg …   one example each; all but the first two are read by Pillow
.npy .npz               one example or many (in .npz the array x)
.csv                    a line each
a folder                all of these in it
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from pynn.commands.about import CLOTHES, DIGIT, About
from pynn.commands.examples import TABLES, read_arrays
from pynn.commands.tables import read_columns
from pynn.digits import SIDE, coverage, normalize, shrink
from pynn.matmul import Array
from pynn.network import Network

ARRAYS = (".npy", ".npz")
PLAIN = (".pgm", ".ppm")
PILLOWS = (".png", ".jpg", ".jpeg", ".bmp", ".gif", ".tif", ".tiff", ".webp")
KINDS = (*PLAIN, *PILLOWS, *ARRAYS, *TABLES)
LARGEST = 100_000_000  # numbers of a picture; of more there may be no memory

Named = tuple[list[str], Array]


def inputs_in(network: Network, about: About, files: list[str]) -> Iterator[Named]:
    """Of each file the names of its examples, and the examples (n, …) as the network takes them.

    Raises ValueError, and OSError where a file cannot be read.
    """
    for path in _each(files):
        kind = path.suffix.lower()
        if kind in TABLES:
            columns = about.columns or [str(n + 1) for n in range(np.prod(network.input_shape))]
            table = read_columns(path, columns, about.target)
            yield [f"{path}:{line}" for line in table.lines], about.measured(table.x)
        elif kind in ARRAYS:
            yield _of_array(network, about, path)
        else:
            shape = about.shape or network.input_shape
            picture = read_picture(path, colour=len(shape) == 3 and shape[2] == 3)
            yield [str(path)], prepared(picture, network, about, path.name)[np.newaxis]


def _each(files: list[str]) -> Iterator[Path]:
    for file in files:
        path = Path(file).expanduser()
        if path.is_dir():
            inside = sorted(one for one in path.iterdir() if one.suffix.lower() in KINDS)
            if not inside:
                raise ValueError(f"{file}: expected files of {' '.join(KINDS)} in it, got none")
            yield from inside
        elif path.suffix.lower() in KINDS or not path.exists():
            yield path
        else:
            raise ValueError(f"{file}: expected a file of {' '.join(KINDS)} or a folder")


def _of_array(network: Network, about: About, path: Path) -> Named:
    arrays = read_arrays(path)
    x = arrays.get("x", arrays.get("x_test"))
    if x is None or x.dtype.kind not in "fiub":
        raise ValueError(f"{path}: expected numbers x, got {', '.join(arrays) or 'none'}")
    if x.ndim == 1:
        x = x[np.newaxis]
    try:
        network.as_rows(x)
    except ValueError:
        if x.ndim not in (2, 3) or not _takes_pictures(network, about):
            raise
        return [str(path)], prepared(x, network, about, path.name)[np.newaxis]
    names = [str(path)] if len(x) == 1 else [f"{path}[{row}]" for row in range(len(x))]
    return names, about.measured(x)


def prepared(picture: Array, network: Network, about: About, name: str) -> Array:
    """A picture (height, width) or (height, width, channels) as one input, 0 to 1 or as it is.

    Of digits and clothes ink is what differs from the paper, whichever of them is darker; they
    are cut out and set into 28 x 28 as the page does. One that has that size and a black edge is
    taken as it is. Other pictures are scaled to the network's size.
    """
    if about.prepare in (DIGIT, CLOTHES) and np.prod(network.input_shape) == SIDE * SIDE:
        grey = picture if picture.ndim == 2 else picture.mean(axis=2)
        return _cut_out(grey, about.prepare, name).reshape(network.input_shape)
    if not _takes_pictures(network, about):
        raise ValueError(f"{name}: expected {network.input_shape[0]} numbers, got a picture")
    shape = tuple(about.shape) or network.input_shape
    pixels = picture[:, :, np.newaxis] if picture.ndim == 2 else picture
    if pixels.shape[2] not in (1, shape[2]):
        raise ValueError(f"{name}: expected {shape[2]} channels, got {pixels.shape[2]}")
    scaled = pixels / 255.0 if pixels.dtype == np.uint8 else pixels
    down, across = coverage(shape[0], len(pixels)), coverage(shape[1], pixels.shape[1])
    found: Array = np.einsum("ih,hwc,jw->ijc", down, scaled, across)
    return np.broadcast_to(found, shape).reshape(network.input_shape)


def _takes_pictures(network: Network, about: About) -> bool:
    images = len(about.shape) == 3 or len(network.input_shape) == 3
    return images or (about.prepare in (DIGIT, CLOTHES) and network.input_shape == (SIDE**2,))


def _cut_out(grey: Array, prepare: str, name: str) -> Array:
    from pynn.reader.pictures import ink_of

    full = 255.0 if grey.dtype == np.uint8 or grey.max(initial=0) > 1 else 1.0
    grey = grey / full
    if grey.shape == (SIDE, SIDE):
        edge = np.concatenate([grey[0], grey[-1], grey[:, 0], grey[:, -1]])
        if np.median(edge) == 0:
            return grey
    ink = ink_of(grey)
    if not ink.any():
        raise ValueError(f"{name}: expected ink on paper, got an empty picture")
    if prepare == DIGIT:
        return normalize(ink)
    from pynn.reader.clothes import in_the_middle

    rows, columns = (np.flatnonzero(ink.any(axis=axis)) for axis in (1, 0))
    cut = ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    return in_the_middle(shrink(cut, SIDE / max(cut.shape)))


def read_picture(path: Path, colour: bool = False) -> Array:
    """(height, width) bytes, or (height, width, 3). Raises ValueError and OSError."""
    if path.suffix.lower() in PLAIN:
        return read_pnm(path)
    content = path.open("rb")
    with content:
        try:
            from PIL import Image, UnidentifiedImageError
        except ImportError:
            raise ValueError(
                f"{path.name}: expected Pillow to read it, got none; pip install pillow, "
                f"or give .pgm, .npy or .csv files"
            ) from None
        try:
            with Image.open(content) as image:
                return np.array(image.convert("RGB" if colour else "L"))
        except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
            raise ValueError(f"{path.name}: expected a picture, got another file") from None


def read_pnm(path: Path) -> Array:
    """A PGM or PPM file, plain or binary, as bytes."""
    content = path.read_bytes()
    words, at = _header(content)
    try:
        width, height, most = map(int, words[1:])
        channels = {b"P2": 1, b"P5": 1, b"P3": 3, b"P6": 3}[words[0]]
        count = width * height * channels
        if min(width, height) < 1 or not 1 <= most <= 65535 or count > LARGEST:
            raise ValueError
        if words[0] in (b"P2", b"P3"):
            numbers: Any = np.array(content[at:].split()[:count], np.int64)
        else:
            kind = ">u1" if most < 256 else ">u2"
            numbers = np.frombuffer(content, kind, count, offset=at).astype(np.int64)
        pixels = numbers.reshape(height, width, channels)
        if pixels.min() < 0 or pixels.max() > most:
            raise ValueError
    except (KeyError, ValueError):
        raise ValueError(f"{path.name}: expected a PGM or PPM picture, got another file") from None
    scaled = np.rint(pixels * (255.0 / most)).astype(np.uint8)
    return scaled[:, :, 0] if channels == 1 else scaled


def _header(content: bytes) -> tuple[list[bytes], int]:
    """The first four words, past comments, and where the pixels begin."""
    words: list[bytes] = []
    at = 0
    while len(words) < 4 and at < min(len(content), 10_000):
        if content[at : at + 1] == b"#":
            at = (content + b"\n").index(b"\n", at)
        elif content[at : at + 1].isspace():
            at += 1
        else:
            end = at
            while end < len(content) and not content[end : end + 1].isspace():
                end += 1
            words.append(content[at:end])
            at = end
    return words, at + 1
