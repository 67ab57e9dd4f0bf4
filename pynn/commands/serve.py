"""Serves the page to browsers on this machine, until Ctrl-C.

It is the folder `dist` that the page's build makes, or the one that came with the package. Of
what is not in it nothing is shown, and folders are not listed.
"""

import argparse
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from pynn.options import add_options, checked, chosen, folder_at
from pynn.settings import Integer, SettingsError

EXAMPLE = """\
example:
  pynn serve --folder dist --port 8000
"""
HOST = "127.0.0.1"
TABLE = [Integer("port", 8000, 0, 65535)]
TYPES = {
    "": "application/octet-stream",
    ".css": "text/css; charset=utf-8",
    ".gz": "application/gzip",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".zip": "application/zip",
}
INSTALLED = Path(__file__).resolve().parents[1] / "site"


def add(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(command=run)
    add_options(parser, TABLE, {"port": "0 for any that is free"})
    parser.add_argument("--folder", metavar="FOLDER", help="where the built page is")


def run(options: argparse.Namespace) -> None:
    port = checked(TABLE, chosen(options, TABLE))["port"]
    with server_of(site(options.folder), port) as server:
        print(f"http://{HOST}:{server.server_address[1]}/  (Ctrl-C ends it)", flush=True)
        server.serve_forever()


def site(folder: str | None) -> Path:
    """The folder of the page. SettingsError where there is none."""
    if folder is not None:
        place = folder_at("--folder", folder)
        if not (place / "index.html").is_file():
            raise SettingsError("folder", f"--folder: expected the built page, got {folder}")
        return place
    for place in (INSTALLED, Path("dist")):
        if (place / "index.html").is_file():
            return place
    raise SettingsError(
        "folder",
        "--folder: expected the built page, got none here; `npm run build` in a copy of the "
        "source makes it, in the folder dist",
    )


def server_of(folder: Path, port: int) -> ThreadingHTTPServer:
    """It listens already. SettingsError where the port is in use."""
    try:
        return ThreadingHTTPServer((HOST, port), partial(Handler, directory=str(folder)))
    except OSError as error:
        raise SettingsError(
            "port", f"--port: expected a free port, got {port}: {error.strerror}"
        ) from None


class Handler(SimpleHTTPRequestHandler):
    """Files only, with the types that browsers ask of modules and of WebAssembly."""

    extensions_map = TYPES

    def guess_type(self, path: Any) -> str:
        """By the table alone: the system's own may say otherwise."""
        return TYPES.get(Path(path).suffix.lower(), TYPES[""])

    def send_head(self) -> Any:
        place = Path(self.directory).resolve()
        if not Path(self.translate_path(self.path)).resolve().is_relative_to(place):
            self.send_error(404)  # a link that leads out of the folder
            return None
        return super().send_head()

    def list_directory(self, path: Any) -> None:
        self.send_error(404)

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-cache")
        self.send_header("X-Content-Type-Options", "nosniff")
        super().end_headers()

    def log_message(self, *words: Any) -> None:
        """In silence; a browser shows what it misses."""
