"""Memory of the page while it trains on all 60,000 images."""

import time
from pathlib import Path

from built_page import number
from chrome import Chrome, ChromeRunner
from playwright.sync_api import expect
from report import table
from tasks import MNIST_60K, QUICK

ROUTE = "dist/#/digits?subset={subset}&epochs=2&optimizer=sgd"
PATIENCE = 300


def run(chrome: Chrome, quick: bool) -> list[str]:
    rows = [["the page's renderer process, peak PSS", *_of_the_page(chrome, quick)]]
    task = QUICK if quick else MNIST_60K
    runner = ChromeRunner(chrome, "pyodide", peer="pynn_peer", kernel=True)
    try:
        runner.open()
        start = runner.ask("memory")
        runner.prepare(task.plain())
        runner.epoch()
        after = runner.ask("memory")
        rows += [
            ["Python's WebAssembly memory, booted, pynn loaded", f"{start / 1e6:.0f}", ""],
            [
                "the same after an epoch in a worker that only trains",
                f"{after / 1e6:.0f}",
                "",
            ],
        ]
    finally:
        runner.close()
    images = 1000 if quick else task.examples
    title = f"Training on {images:,} images, all of the page drawn; MB."
    return ["## Memory", "", title, "", *table(["what", "MB", "how"], rows)]


def _of_the_page(chrome: Chrome, quick: bool) -> list[str]:
    if not Path("/proc/self/smaps_rollup").exists():
        return ["left out", "needs Linux"]
    session = chrome.browser.new_browser_cdp_session()
    before = _renderers(session)
    page = chrome.browser.new_page()
    try:
        page.goto(chrome.url + ROUTE.format(subset=1000 if quick else 60_000))
        train = page.get_by_test_id("digits-train")
        expect(page.get_by_test_id("digits-reset")).to_be_enabled(timeout=1000 * PATIENCE)
        train.click()
        started, peak, samples = time.monotonic(), 0, 0
        while number(page, "digits-epoch") < 1.2 and time.monotonic() - started < PATIENCE:
            # A spare renderer of the browser may be among the new ones; it is small.
            new = [_pss(process) for process in _renderers(session) - before]
            peak, samples = max(peak, *new, 0), samples + 1
            page.wait_for_timeout(100)
        return [
            f"{peak / 1e6:.0f}",
            f"{samples} samples to epoch {number(page, 'digits-epoch'):.1f}",
        ]
    finally:
        page.close()


def _renderers(session: object) -> set[int]:
    found = session.send("SystemInfo.getProcessInfo")["processInfo"]  # type: ignore[attr-defined]
    return {one["id"] for one in found if one["type"] == "renderer"}


def _pss(process: int) -> int:
    """Proportional set size in bytes: shared pages count in part."""
    try:
        text = Path(f"/proc/{process}/smaps_rollup").read_text()
    except OSError:
        return 0
    return next(int(line.split()[1]) * 1024 for line in text.splitlines() if line[:4] == "Pss:")
