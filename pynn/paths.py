"""What a person gives for a file or a folder, as a path."""

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
