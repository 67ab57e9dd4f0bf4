"""Images that come when a program asks for them: whoever runs it, a page say, has them at hand."""

from collections.abc import Callable
from pathlib import Path

# The folders of a program in which they come, and where they are published.
PLACES = {"mnist": "", "fashion": "fashion/"}

Bring = Callable[[str], bytes | None]
_bring: Bring | None = None


def bring_with(bring: Bring | None) -> None:
    """From now on a file that is missing in one of PLACES is had from `bring` by its name."""
    global _bring
    _bring = bring


def brings() -> bool:
    """Whether whoever runs the program has files at hand."""
    return _bring is not None


def brought(folder: Path, part: str, what: str) -> list[Path]:
    """The file of a part's "labels" or of a shard, "images-03", if it can be had."""
    if _bring is None or folder.name not in PLACES or what == "images":
        return []
    dimensions = 1 if what == "labels" else 3
    name = f"{part}-{what.replace('*', '00')}.idx{dimensions}-ubyte.gzip"
    content = _bring(PLACES[folder.name] + name)
    if content is None:
        return []
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_bytes(content)
    return [path]
