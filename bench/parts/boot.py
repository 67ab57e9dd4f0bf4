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


# Browsers keep what they have compiled from the second or third use on.
VISITS = ("first", "second", "third", "fourth")


def run(chrome: Chrome, quick: bool) -> list[str]:
    found = {(name, visit): Series(name, visit) for name in WAYS for visit in VISITS}
    sizes: dict[str, tuple[int, int]] = {}
    for _ in range(1 if quick else 5):
        for name, way in WAYS.items():
            try:
                times, sizes[name] = _visits(chrome, way)
            except Exception as error:
                for visit in VISITS:
                    found[name, visit].problem = in_words(error)
                continue
            for visit, value in zip(VISITS, times, strict=True):
                found[name, visit].values.append(value)
    plain = list(WAYS)[1]
    rows = []
    for (name, visit), one in found.items():
        if one.median is None:
            rows.append([name, visit, one.problem, *[""] * 5])
            continue
        raw, packed = sizes[name] if visit == "first" else (0, 0)
        size = [f"{raw / 1e6:.1f}", f"{packed / 1e6:.1f}"] if raw else ["", ""]
        shares = [ratio(one.median, found[plain, when].median) for when in (visit, VISITS[0])]
        rows.append([name, visit, seconds(one.median), spread(one.values), *shares, *size])
    head = ["start", "visit", "median s", "min–max", "× plain, same visit", "× plain, first visit"]
    head += ["MB raw", "MB gzipped"]
    return [
        "## Start",
        "",
        "A fresh profile of Chromium for each four visits. The first one fills the caches of HTTP",
        "and of the service worker; compiled code is kept from the second or third on, so that the",
        "fourth is a warm one in every respect. Bytes without data.",
        "",
        *table(head, rows),
    ]


def _visits(
    chrome: Chrome, way: Callable[[Chrome, Page], float]
) -> tuple[list[float], tuple[int, int]]:
    """Seconds of each visit, and the bytes of the first."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        context = chrome.fresh_profile(profile)
        try:
            traffic = Traffic(context)
            times = []
            for visit in VISITS:
                page = context.new_page()
                times.append(way(chrome, page))
                if visit == VISITS[0]:
                    sizes = traffic.sizes()
                # The browser's and the page's own caches are being filled meanwhile.
                page.wait_for_timeout(5000)
                page.close()
            return times, sizes
        finally:
            context.close()
