"""What a person gives for a file or a folder, as a path."""

import errno
import os
from pathlib import Path

from pynn.limits import shown

LONGEST = 4096  # what Linux takes; other systems take less


def as_path(who: str, where: str | os.PathLike[str]) -> Path:
    """The path, a `~` at its beginning as the home folder.

    ValueError for anything else than a text or a path, and for what no file can be called.
    """
    try:
        text = os.fspath(where)
        fits = isinstance(text, str) and 0 < len(os.fsencode(text)) <= LONGEST and "\0" not in text
    except (TypeError, ValueError):  # no path; no text that the system can write
        fits = False
    if not fits:
        raise ValueError(f"{who}: expected a path, got {shown(where)}")
    return Path(os.path.expanduser(text))


class NoSuchFile(FileNotFoundError):
    """In a sentence of ours: who, expected, got. `filename` and `strerror` are the system's."""

    def __init__(self, sentence: str, path: Path) -> None:
        super().__init__(errno.ENOENT, os.strerror(errno.ENOENT), str(path))
        self.sentence = sentence

    def __str__(self) -> str:
        return self.sentence


class FolderInstead(IsADirectoryError):
    """The same where there is a folder of this name."""

    def __init__(self, who: str, path: Path) -> None:
        super().__init__(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
        self.sentence = f"{who}: expected a file, got {path}, which is a folder"

    def __str__(self) -> str:
        return self.sentence


def file_to_read(who: str, where: str | os.PathLike[str]) -> Path:
    """The path of what is there and no folder. Raises these two, and ValueError."""
    path = as_path(who, where)
    if path.is_dir():
        raise FolderInstead(who, path)
    if not path.exists():
        raise NoSuchFile(f"{who}: expected a file, got {path}, which is missing", path)
    return path


def file_to_write(who: str, where: str | os.PathLike[str]) -> Path:
    """The path of a file in a folder that there is. Raises the same."""
    path = as_path(who, where)
    if path.is_dir():
        raise FolderInstead(who, path)
    if not path.parent.is_dir():
        raise NoSuchFile(f"{who}: expected a file in a folder that exists, got {path}", path)
    return path
