"""The built page as a person meets it: what it loads, when it is ready, what it shows."""

import gzip
import re
import time
from pathlib import Path
from urllib.parse import unquote, urlsplit

from chrome import Chrome
from page_state import BOOT_TIMEOUT
from playwright.sync_api import BrowserContext, Page, Response, expect
from serving import ROOT

NUMBER = re.compile(r"^[\d.e+-]+$")


class Traffic:
    """Bytes that came over the network, as they are and as a gzipping host would send them."""

    def __init__(self, context: BrowserContext) -> None:
        self.paths: list[str] = []
        context.on("response", self._on_response)

    def _on_response(self, response: Response) -> None:
        if response.status == 200 and not response.from_service_worker:
            self.paths.append(unquote(urlsplit(response.url).path))

    def sizes(self, *, without: str = "/mnist/") -> tuple[int, int]:
        """(raw, gzipped) of every file that was fetched, once each, the data left out."""
        raw = packed = 0
        for name in set(self.paths):
            file = ROOT / name.strip("/")
            if file.is_dir():
                file /= "index.html"
            if without in name or not file.is_file():
                continue
            content = file.read_bytes()
            raw += len(content)
            packed += min(len(content), len(gzip.compress(content, 6)))
        return raw, packed


def first_step(chrome: Chrome, page: Page) -> float:
    """Seconds from navigation to the end of the playground's first training step."""
    start = time.perf_counter()
    page.goto(f"{chrome.url}dist/#/playground")
    expect(page.get_by_test_id("app")).to_have_attribute(
        "data-state", "ready", timeout=BOOT_TIMEOUT
    )
    page.get_by_test_id("step").click()
    expect(page.get_by_test_id("epoch")).to_have_attribute(
        "data-value", re.compile("^[1-9]"), timeout=BOOT_TIMEOUT
    )
    return time.perf_counter() - start


def stock_boot(chrome: Chrome, page: Page) -> float:
    """Seconds from navigation to `import numpy` in Pyodide as published."""
    wheels = sorted((ROOT / ".cache" / "downloads").glob("numpy-*.whl"))
    if not wheels:
        raise FileNotFoundError("no NumPy wheel in .cache/downloads: build once")
    start = time.perf_counter()
    wheel = Path(wheels[-1]).relative_to(ROOT).as_posix()
    page.goto(f"{chrome.url}bench/browser/stock.html#{wheel}")
    expect(page.locator("body")).to_have_attribute("data-state", "ready", timeout=BOOT_TIMEOUT)
    return time.perf_counter() - start


def number(page: Page, name: str) -> float:
    """What a read-out shows, in full precision."""
    text = page.get_by_test_id(name).get_attribute("data-value") or ""
    return float(text) if NUMBER.match(text) else 0.0
