"""The built site on a free port of this machine, served by the project's own server."""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DIST = ROOT / "dist"


@dataclass
class Server:
    url: str
    process: subprocess.Popen[str]

    def kill(self) -> None:
        """The honest way to be offline: afterwards nobody listens on the port."""
        self.process.kill()
        self.process.wait()


@contextmanager
def serve(folder: Path, prefix: str = "/") -> Iterator[Server]:
    """Serves a folder below the prefix until the block ends."""
    node = shutil.which("node")
    assert node, "Node.js is needed on the PATH"
    command = [node, str(ROOT / "build/serve.mjs"), str(folder), "--prefix", prefix]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        url = process.stdout.readline().strip()
        assert url.startswith("http://"), f"the server did not start: {url}"
        server = Server(url, process)
        try:
            yield server
        finally:
            server.kill()
