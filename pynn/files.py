"""Networks and trainings saved to a path or an open file, and loaded; see `pynn.model_format`."""

import os
import secrets
import shutil
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO

from pynn.limits import shown
from pynn.model_format import LARGEST_FILE, from_bytes, to_bytes
from pynn.model_header import ModelFileError
from pynn.network import Network, check_network
from pynn.paths import file_to_read, file_to_write
from pynn.safetensors import to_safetensors
from pynn.state import State
from pynn.training_steps import Training

__all__ = ["ModelFileError", "from_bytes", "load", "load_network", "save", "to_bytes"]

SAFETENSORS = ".safetensors"
ABLE = {"read": "readable", "write": "writable"}
Where = str | os.PathLike[str] | BinaryIO


def save(what: Network | Training, where: Where) -> None:
    """Writes a network's layers and parameters to a path or an open binary file.

    A path that ends in .safetensors gets that format (`pynn.safetensors`), any other `.npz`.
    Of a training it writes its state too, with which `Training.restore` goes on bit by bit
    where it was; the data is not in the file.

    A path is replaced in one go, so a crash leaves the old file and a reader sees the
    old or the new one; links are followed and an old file's mode is kept. The same
    network gives the same bytes. Raises ValueError for anything else than these, for
    weights that are not finite, for an activation that has no name, and for a layer
    of another's making, which `load` could not make again.
    """
    if not isinstance(what, Training):
        check_network("save", what)
    place = _place("save", where, "write")
    if isinstance(place, Path) and place.suffix == SAFETENSORS:
        if isinstance(what, Training):
            raise ValueError("save: expected a Network for safetensors, got a Training")
        content = to_safetensors(what)
    elif isinstance(what, Training):
        content = to_bytes(what.network, what.state())
    else:
        content = to_bytes(what)
    if isinstance(place, Path):
        write_at_once(place, content)
    else:
        place.write(content)


def load(where: Where) -> Any:
    """What `save` wrote, from a path or an open binary file.

    That is a Network, or the State of a training: it is for `restore` of a training of the
    same rows, loss and optimizer, and its `network` is the network as it was.

    Raises ModelFileError for every other content, ValueError for what is neither of
    the two, OSError where a path cannot be read.
    """
    place = _place("load", where, "read")
    if not isinstance(place, Path):
        content = place.read()
        if not isinstance(content, (bytes, bytearray, memoryview)):
            raise ValueError(f"load: expected a file that gives bytes, got {shown(content)}")
        return from_bytes(bytes(content), "the model file")
    if place.stat().st_size > LARGEST_FILE:
        raise ModelFileError("too_large", f"{where}: expected at most 1 GB")
    return from_bytes(place.read_bytes(), str(where))


def load_network(where: Where) -> Network:
    """The network in a file, be it a network's or a training's. Raises as `load` does."""
    kept = load(where)
    network: Network = kept.network if isinstance(kept, State) else kept
    return network


def _place(who: str, where: Where, verb: str) -> Path | BinaryIO:
    """The path, its `~` expanded, or the open file, if it can `verb` bytes."""
    if isinstance(where, (str, os.PathLike)):
        return file_to_read(who, where) if verb == "read" else file_to_write(who, where)
    kind = type(where).__name__
    fits = hasattr(where, verb) and not isinstance(where, type)
    if fits and getattr(where, "closed", False) is True:
        kind, fits = f"a {kind} that is closed", False
    if fits and not getattr(where, ABLE[verb], lambda: True)():
        kind, fits = f"a {kind} that is not open to {verb}", False
    if not fits or hasattr(where, "encoding"):  # text has an encoding
        raise ValueError(f"{who}: expected a path or a file open in binary mode, got {kind}")
    return where


def write_at_once(path: Path, content: bytes) -> None:
    """Puts a new file in the place of the one to which the path leads, or none."""
    if path.exists() and not path.is_file():
        path.write_bytes(content)  # into a device or a pipe; a folder refuses
        return
    target = Path(os.path.realpath(path))
    beside = target.with_name(f".pynn-{secrets.token_hex(8)}.part")
    try:
        with beside.open("xb") as file:
            with suppress(FileNotFoundError):
                shutil.copymode(target, beside)
            file.write(content)
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)
