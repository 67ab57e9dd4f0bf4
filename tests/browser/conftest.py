"""What every browser test gets: the built site under a sub-path, and a page that is watched.

Anything a browser would complain about fails the test: an error in the console, an exception, a
refused or failed request, an answer of 400 and above, a request to another origin. A test that
provokes such a thing names it: `@pytest.mark.expected_problems("regular expression", ...)`.
"""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

import pytest
from chromium import find_chromium
from page_state import TIMEOUT, wait_until_ready
from playwright.sync_api import (
    BrowserContext,
    ConsoleMessage,
    Page,
    Playwright,
    Request,
    Response,
    expect,
)
from serving import DIST, Server, serve

SUB_PATH = "/some/sub-path/"
# Chromium refuses to run as root in its sandbox; the rest keeps it from talking to the world.
FLAGS_FOR_ROOT = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
]

# Each test boots a Python of its own, and most of that was V8 compiling it a second time for speed:
# 8.7 s of processor time, 5.2 s when only what runs long (a training) is compiled again.
FLAGS_FOR_BOOTS = ["--js-flags=--wasm-tiering-budget=1000000000"]

# One test's service worker must not serve the next one; tests about it allow it themselves.
DEFAULTS = {"service_workers": "block", "locale": "en-US"}

expect.set_options(timeout=TIMEOUT)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A flow that is run in English runs in Chinese among the long tests."""
    for item in items:
        if "zh-CN" in str(getattr(item, "callspec", None) and item.callspec.params):
            item.add_marker(pytest.mark.long)


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers", "expected_problems(*patterns): what the watched page may complain about"
    )


@pytest.fixture(scope="session")
def browser_type_launch_args(
    browser_type_launch_args: dict[str, Any], playwright: Playwright
) -> dict[str, Any]:
    found = find_chromium(playwright.chromium.executable_path)
    assert found, "no Chromium: `npm test` provides one, or set PYNN_CHROMIUM to its path"
    args = dict(browser_type_launch_args)
    args["args"] = [*args.get("args", []), *FLAGS_FOR_BOOTS]
    if found[1]:
        args["executable_path"] = found[1]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        args["args"] += FLAGS_FOR_ROOT
    return args


@pytest.fixture(scope="session")
def dist() -> Path:
    assert (DIST / "service-worker.js").exists(), "dist/ is not built: run `npm run build`"
    return DIST


@pytest.fixture(scope="session")
def site_url(dist: Path) -> Iterator[str]:
    """The address of the page; nothing else is found on that server."""
    with serve(dist, SUB_PATH) as server:
        yield server.url


@pytest.fixture
def copied_site(dist: Path, tmp_path: Path) -> Path:
    """A copy of dist/ that the test may change."""
    return Path(shutil.copytree(dist, tmp_path / "site"))


@pytest.fixture
def serve_site() -> Iterator[Callable[[Path], Server]]:
    """Serves a folder of the test's own until all its browser contexts are closed.

    So no download is cut off by the end of a server, unless the test kills it.
    """
    with ExitStack() as servers:
        yield lambda folder: servers.enter_context(serve(folder, SUB_PATH))


class Watch:
    """Collects what a browser context complains about."""

    def __init__(self) -> None:
        self.problems: list[str] = []
        self.requests: list[str] = []

    def follow(self, context: BrowserContext) -> None:
        context.on("console", self.on_console)
        context.on("weberror", lambda error: self.problems.append(f"exception: {error.error}"))
        context.on("request", self.on_request)
        context.on("requestfailed", self.on_failed)
        context.on("response", self.on_response)

    def on_console(self, message: ConsoleMessage) -> None:
        blocked_by_us = message.text.startswith("Service Worker registration blocked by Playwright")
        if message.type in ("error", "warning") and not blocked_by_us:
            self.problems.append(f"console {message.type}: {message.text}")

    def on_request(self, request: Request) -> None:
        self.requests.append(request.url)
        parts = urlsplit(request.url)
        if parts.scheme not in ("data", "blob") and parts.hostname != "127.0.0.1":
            self.problems.append(f"foreign request: {request.url}")

    def on_failed(self, request: Request) -> None:
        self.problems.append(f"request failed: {request.url} ({request.failure})")

    def on_response(self, response: Response) -> None:
        if response.status >= 400:
            self.problems.append(f"answer {response.status}: {response.url}")


@pytest.fixture
def watch(request: pytest.FixtureRequest) -> Iterator[Watch]:
    collected = Watch()
    yield collected
    marker = request.node.get_closest_marker("expected_problems")
    patterns = marker.args if marker else ()
    left = [
        problem
        for problem in collected.problems
        if not any(re.search(pattern, problem) for pattern in patterns)
    ]
    assert not left, "the page complained:\n" + "\n".join(left)


@pytest.fixture
def new_context(
    watch: Watch,
    request: pytest.FixtureRequest,
    serve_site: Callable[[Path], Server],
    new_context: Callable[..., BrowserContext],
) -> Callable[..., BrowserContext]:
    """Pytest-playwright's factory (`context` and `page` come from it too), watched.

    The marker `browser_context_args(...)` sets options for all contexts of a test.
    """
    marker = request.node.get_closest_marker("browser_context_args")
    marked = marker.kwargs if marker else {}

    def make(**options: Any) -> BrowserContext:
        defaults = {name: DEFAULTS[name] for name in DEFAULTS.keys() - marked.keys()}
        context = new_context(**{**defaults, **options})
        context.set_default_timeout(TIMEOUT)
        watch.follow(context)
        return context

    return make


class OpenPage(Protocol):
    def __call__(self, route: str = "", *, ready: bool = True, **options: Any) -> Page: ...


@pytest.fixture
def open_page(new_context: Callable[..., BrowserContext], site_url: str) -> OpenPage:
    """Opens the page in a fresh context and waits until Python is ready.

    `route` is what follows the address ("#/digits"); options are those of a browser context
    (locale, viewport, color_scheme, has_touch, …).
    """

    def open_it(route: str = "", *, ready: bool = True, **options: Any) -> Page:
        page = new_context(**options).new_page()
        page.goto(site_url + route)
        if ready:
            wait_until_ready(page)
        return page

    return open_it
