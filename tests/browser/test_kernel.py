"""The matrix kernel in the browser: both builds against NumPy, and a page that lacks it."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from page_state import wait_until_ready
from playwright.sync_api import Page, expect
from serving import Server
from worker_page import ask_worker

ServeSite = Callable[[Path], Server]
TESTS = Path(__file__).resolve().parent.parent
CASES = ["kernel_images.py", "kernel_cases.py", "kernel_watched.py"]
BLOCKED = "blockedbyclient"


@pytest.mark.parametrize(
    ("count", "seed"), [(300, 1), pytest.param(3000, 2, marks=pytest.mark.long)]
)
def test_both_builds_agree_with_numpy_and_touch_nothing_else(
    copied_site: Path, page: Page, serve_site: ServeSite, count: int, seed: int
) -> None:
    message = {"files": CASES, "calls": [["relaxed", count, seed], ["simd", count, seed]]}
    cases = [TESTS / name for name in CASES]
    worker = TESTS / "browser/kernel_worker.js"
    found = ask_worker(page, copied_site, serve_site, worker, message, cases)
    assert found == {"results": [[], []], "harmed": -1, "variant": "relaxed", "used": True}


def train_four_points(page: Page) -> None:
    wait_until_ready(page)
    page.get_by_test_id("play").click()
    expect(page.get_by_test_id("accuracy")).to_have_attribute("data-value", "1")


@pytest.mark.expected_problems("request failed", "ERR_BLOCKED_BY_CLIENT", "pynn.kernel")
def test_a_blocked_kernel_leaves_a_page_that_learns(page: Page, site_url: str) -> None:
    page.route(re.compile(r"/pynn_kernel-[^/]*$"), lambda route: route.abort(BLOCKED))
    page.goto(site_url + "#/playground?dataset=xor")
    train_four_points(page)


@pytest.mark.expected_problems("pynn.kernel")
def test_an_altered_kernel_leaves_a_page_that_learns(
    copied_site: Path, page: Page, serve_site: ServeSite
) -> None:
    [wheel] = (copied_site / "pyodide").glob("pynn_kernel-*.whl.gzip")
    content = bytearray(wheel.read_bytes())
    content[len(content) // 2] ^= 1
    wheel.write_bytes(content)
    page.goto(serve_site(copied_site).url + "#/playground?dataset=xor")
    train_four_points(page)
