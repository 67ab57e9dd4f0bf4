"""The page on servers that do things in their own way: other headers, other types, kept files."""

import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from page_state import BOOT_TIMEOUT, wait_for_state, wait_until_ready
from playwright.sync_api import BrowserContext, Page, Route, expect
from serving import ROOT
from site_folder import write_release

SUB_PATH = "/some/sub-path/"
Headers = Callable[[str], dict[str, str]]
NewContext = Callable[..., BrowserContext]


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
            # The plain server writes "Content-type".
            super().send_header(keyword, headers(self.path).get(keyword.title(), value))

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


# A type that is wrong, or a file that is opened without any server, is told as what it is. -------
IN_BOTH_LANGUAGES = pytest.mark.parametrize("locale", ["en", "zh-CN"])


@IN_BOTH_LANGUAGES
@pytest.mark.expected_problems("module script", r"request failed: .*\.js ")
def test_scripts_of_a_wrong_type_are_told(new_context: NewContext, dist: Path, locale: str) -> None:
    page = new_context(locale=locale).new_page()
    with server_with(
        dist, lambda path: {"Content-Type": "text/plain"} if path.endswith(".js") else {}
    ) as address:
        page.goto(address)
        told = page.get_by_role("alert")
        expect(told).to_contain_text("text/javascript")
        expect(told).to_contain_text("设置" if locale == "zh-CN" else "settings")


@pytest.mark.expected_problems(r"request failed: .*\.mjs ")
@pytest.mark.parametrize("kind", ["text/plain", "application/octet-stream"])
def test_python_sent_under_a_wrong_type_is_told(page: Page, dist: Path, kind: str) -> None:
    with server_with(
        dist, lambda path: {"Content-Type": kind} if path.endswith(".mjs") else {}
    ) as address:
        page.goto(address)
        wait_for_state(page, "failed")
        expect(page.get_by_test_id("error")).to_contain_text("text/javascript")


@IN_BOTH_LANGUAGES
@pytest.mark.expected_problems("CORS policy", "ERR_FAILED", "foreign request: file:")
def test_a_page_opened_as_a_file_is_told(new_context: NewContext, dist: Path, locale: str) -> None:
    page = new_context(locale=locale).new_page()
    page.goto((dist / "index.html").as_uri())
    expect(page.get_by_role("alert")).to_contain_text("python -m http.server")


@pytest.mark.expected_problems("request failed", "ERR_BLOCKED_BY_CLIENT")
def test_a_missing_script_of_the_page_is_told(page: Page, site_url: str) -> None:
    page.route(
        re.compile(r"/assets/index-[^/]*\.js$"), lambda route: route.abort("blockedbyclient")
    )
    page.goto(site_url)
    expect(page.get_by_role("alert")).to_contain_text("could not be loaded")


def test_a_browser_without_webassembly_is_told(page: Page, site_url: str) -> None:
    def without_webassembly(route: Route) -> None:
        response = route.fetch()
        route.fulfill(response=response, body=f"delete self.WebAssembly;{response.text()}")

    page.route(re.compile(r"/worker-[^/]*\.js$"), without_webassembly)
    page.goto(site_url)
    wait_for_state(page, "failed")
    expect(page.get_by_test_id("error")).to_contain_text("WebAssembly")


# Kept files --------------------------------------------------------------------------------------
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
