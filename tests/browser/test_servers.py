"""The page on servers that do things in their own way: other headers, other types, kept files."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

from page_state import BOOT_TIMEOUT, wait_for_state, wait_until_ready
from playwright.sync_api import Page, expect
from serving import ROOT
from site_folder import write_release

SUB_PATH = "/some/sub-path/"
Headers = Callable[[str], dict[str, str]]


@contextmanager
def server_with(folder: Path, headers: Headers) -> Iterator[str]:
    """Python's plain server; `headers(path)` are sent instead of, or besides, its own."""

    class Handler(SimpleHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def translate_path(self, path: str) -> str:
            name = urlsplit(path).path
            inside = name.removeprefix(SUB_PATH) if name.startswith(SUB_PATH) else "missing"
            return str(folder / (inside or "index.html"))

        def send_header(self, keyword: str, value: str) -> None:
            super().send_header(keyword, headers(self.path).get(keyword, value))

        def end_headers(self) -> None:
            for name, value in headers(self.path).items():
                if name != "Content-Type":
                    super().send_header(name, value)
            super().end_headers()

        def handle(self) -> None:
            with suppress(ConnectionError):  # a browser may leave in the middle of a file
                super().handle()

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}{SUB_PATH}"
        finally:
            server.shutdown()
            thread.join()


def open_digits(page: Page, address: str) -> None:
    page.goto(f"{address}#/digits?architecture=784-32-10&subset=1000&epochs=1")
    wait_until_ready(page)
    page.get_by_test_id("digits-train").click()
    expect(page.get_by_test_id("digits-more")).to_be_enabled(timeout=BOOT_TIMEOUT)


def test_digits_open_from_a_plain_server(page: Page, dist: Path) -> None:
    with server_with(dist, lambda _: {}) as address:
        open_digits(page, address)


def test_digits_open_where_gz_files_are_sent_as_a_coding(page: Page, dist: Path) -> None:
    with server_with(
        dist, lambda path: {"Content-Encoding": "gzip"} if path.endswith(".gz") else {}
    ) as address:
        open_digits(page, address)


def test_a_new_release_starts_while_the_browser_keeps_files_of_the_old(
    page: Page, copied_site: Path
) -> None:
    kept = {"Cache-Control": "max-age=600"}
    with server_with(copied_site, lambda _: kept) as address:
        page.goto(address)
        wait_until_ready(page)
        # Space at its end is no change for JSON; for a browser it is another file.
        lock = copied_site / "pyodide/pyodide-lock.json"
        lock.write_text(lock.read_text("utf-8") + "\n", "utf-8")
        wasm = copied_site / "pyodide/pyodide.asm.wasm"
        # An empty custom section of one letter.
        wasm.write_bytes(wasm.read_bytes() + b"\0\x02\x01x")
        for name in ("service-worker.js", "files.json"):
            (copied_site / name).unlink()
        write_release(copied_site, (ROOT / "web/service-worker.js").read_text("utf-8"))
        page.goto("about:blank")
        page.goto(address)
        wait_until_ready(page)


def test_a_new_script_of_python_starts_at_the_second_try(page: Page, copied_site: Path) -> None:
    kept = {"Cache-Control": "max-age=600"}
    with server_with(copied_site, lambda _: kept) as address:
        page.goto(address)
        wait_until_ready(page)
        script = copied_site / "pyodide/pyodide.mjs"
        script.write_text(script.read_text("utf-8") + "\n", "utf-8")
        (copied_site / "files.json").unlink()
        write_release(copied_site, (ROOT / "web/service-worker.js").read_text("utf-8"))
        page.goto("about:blank")
        page.goto(address)
        wait_for_state(page, "failed")
        page.get_by_test_id("retry").click()
        wait_until_ready(page)
