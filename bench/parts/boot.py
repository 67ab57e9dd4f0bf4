"""Start: from navigation to the first training step, cold and warm, in seconds and in bytes."""

import tempfile
from collections.abc import Callable

from built_page import Traffic, first_step, stock_boot
from chrome import Chrome
from playwright.sync_api import Page
from report import ratio, seconds, spread, table
from runners import Series, in_words

WAYS: dict[str, Callable[[Chrome, Page], float]] = {
    "pynn's page, to the first training step": first_step,
    "Pyodide as published, to `import numpy`": stock_boot,
}


def run(chrome: Chrome, quick: bool) -> list[str]:
    cold = {name: Series(name, "cold") for name in WAYS}
    warm = {name: Series(name, "warm") for name in WAYS}
    sizes: dict[str, tuple[int, int]] = {}
    for _ in range(1 if quick else 5):
        for name, way in WAYS.items():
            try:
                first, second, sizes[name] = _visits(chrome, way)
            except Exception as error:
                cold[name].problem = warm[name].problem = in_words(error)
                continue
            cold[name].values.append(first)
            warm[name].values.append(second)
    reference = list(warm.values())[1].median
    rows = []
    for name in WAYS:
        for one in (cold[name], warm[name]):
            if one.median is None:
                rows.append([one.name, one.place, one.problem, "", "", "", ""])
                continue
            raw, packed = sizes[name] if one.place == "cold" else (0, 0)
            size = [f"{raw / 1e6:.1f}", f"{packed / 1e6:.1f}"] if raw else ["", ""]
            times = [seconds(one.median), spread(one.values), ratio(one.median, reference)]
            rows.append([one.name, one.place, *times, *size])
    head = ["start", "cache", "median s", "min–max", "× plain warm", "MB raw", "MB gzipped"]
    return [
        "## Start",
        "",
        "A fresh profile of Chromium for each pair of visits; *warm* is the second visit, once the",
        "first one's caches (HTTP, service worker, compiled code) are filled. Bytes without data.",
        "",
        *table(head, rows),
    ]


def _visits(
    chrome: Chrome, way: Callable[[Chrome, Page], float]
) -> tuple[float, float, tuple[int, int]]:
    """Seconds of a first and of a second visit, and the bytes of the first."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        context = chrome.fresh_profile(profile)
        try:
            traffic = Traffic(context)
            page = context.new_page()
            cold = way(chrome, page)
            sizes = traffic.sizes()
            # The page's own caches are being filled meanwhile.
            page.wait_for_timeout(5000)
            page.close()
            page = context.new_page()
            warm = way(chrome, page)
            return cold, warm, sizes
        finally:
            context.close()
