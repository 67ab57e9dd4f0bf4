"""The files beside a program of the lab: the person's own, and those that the program wrote."""

import base64
import hashlib
import io
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

MOST_WRITTEN = 200  # files that are told of


class Folder:
    """A flat folder. Files that were put there may be read, changed and deleted like any."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.mkdir(parents=True, exist_ok=True)
        self._known: dict[str, tuple[int, int]] = {}

    def put(self, files: Mapping[str, bytes]) -> None:
        """These lie there from now on, and of those that were put before no others."""
        for name in set(self._known) - set(files):
            (self.path / name).unlink(missing_ok=True)
        for name, content in files.items():
            (self.path / name).write_bytes(content)
        self._known = self._now()

    def written(self) -> list[list[Any]]:
        """Name and size of the files that have changed or are new."""
        now = self._now()
        new = [name for name, stamp in now.items() if self._known.get(name) != stamp]
        return [[name, now[name][0]] for name in sorted(new)[:MOST_WRITTEN]]

    def read(self, name: str) -> bytes | None:
        place = self.path / name
        return place.read_bytes() if place.parent == self.path and place.is_file() else None

    def _now(self) -> dict[str, tuple[int, int]]:
        stats = {place.name: place.stat() for place in self.path.iterdir() if place.is_file()}
        return {name: (stat.st_size, stat.st_mtime_ns) for name, stat in stats.items()}


def open_page_addresses(bring: Callable[[str], bytes | None]) -> None:
    """`urllib` reaches the images that the page publishes, wherever it stands, and nothing else."""
    # Slow to import, and seldom wanted.
    from email.message import Message
    from urllib import error, request, response

    class Page(request.BaseHandler):
        def default_open(self, asked: request.Request) -> response.addinfourl:
            _, found, name = asked.full_url.partition("/mnist/")
            content = bring(name) if found else None
            if content is None:
                raise error.URLError("programs of the lab reach the page's own images only")
            return response.addinfourl(io.BytesIO(content), Message(), asked.full_url, 200)

    opener = request.OpenerDirector()
    opener.add_handler(Page())
    request.install_opener(opener)


def bring_from(
    fetch: Callable[[str], Any],
) -> Callable[[str], bytes | None]:
    """How a program of the lab comes to the images that the page publishes.

    fetch  gives the content by the file's name, and the SHA-256 that it must have, in base64;
           None where there is no such file or no network
    """

    def bring(name: str) -> bytes | None:
        got = fetch(name)
        if got is None:
            return None
        content, expected = bytes(got[0]), str(got[1])
        if base64.b64encode(hashlib.sha256(content).digest()).decode() != expected:
            raise OSError(f"{name}: expected the published file, got another content")
        return content

    return bring
