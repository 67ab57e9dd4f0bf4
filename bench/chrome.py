"""A peer in Chromium: one page with one worker each, all in one browser."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from chromium import find_chromium
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright
from problem import Problem
from runners import PATIENCE
from serving import ROOT, serve

# WebGL without a GPU is drawn by the processor, where the browser allows it.
FLAGS = ["--enable-unsafe-swiftshader", "--disable-background-networking", "--disable-sync"]
FLAGS_FOR_ROOT = ["--no-sandbox"]


@dataclass(frozen=True)
class Chrome:
    playwright: Playwright
    browser: Browser
    url: str  # of the project's folder
    options: dict[str, Any]

    def fresh_profile(self, folder: str) -> BrowserContext:
        """A second browser whose caches, cookies and compiled code live in that folder."""
        return self.playwright.chromium.launch_persistent_context(folder, **self.options)


@contextmanager
def chrome() -> Iterator[Chrome]:
    """A browser, and a server of the project's folder, until the block ends."""
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0
    with serve(ROOT) as server, sync_playwright() as playwright:
        found = find_chromium(playwright.chromium.executable_path)
        if not found:
            raise Problem("The bench needs Chromium: put the path of one into PYNN_CHROMIUM.")
        flags = FLAGS + (FLAGS_FOR_ROOT if as_root else [])
        options = {"executable_path": found[1], "args": flags}
        browser = playwright.chromium.launch(**options)
        try:
            yield Chrome(playwright, browser, server.url, options)
        finally:
            browser.close()


class ChromeRunner:
    """A module of browser/ that is opened with the given options."""

    def __init__(self, chrome: Chrome, module: str, **options: Any) -> None:
        self.chrome, self.module, self.options = chrome, module, options
        self.page: Page | None = None

    def open(self) -> str:
        self.page = self.chrome.browser.new_page()
        self.page.set_default_timeout(1000 * PATIENCE)
        self.page.goto(f"{self.chrome.url}bench/browser/page.html")
        self.page.wait_for_function("'bench' in globalThis", polling=50)
        return self._ask("open", self.module, self.options)

    def prepare(self, task: dict[str, Any]) -> None:
        self._ask("prepare", task)

    def timed(self, what: str) -> float:
        return self._ask("timed", what)

    def accuracy(self) -> float:
        return self._ask("accuracy")

    def call(self, module: str, name: str, *args: Any) -> Any:
        return self._ask("ask", "call", module, name, *args)

    def ask(self, method: str) -> Any:
        return self._ask("ask", method)

    def _ask(self, method: str, *args: Any) -> Any:
        assert self.page
        question = "([method, args, seconds]) => bench.call(method, args, seconds)"
        return self.page.evaluate(question, [method, args, PATIENCE])

    def close(self) -> None:
        if self.page:
            self.page.close()
