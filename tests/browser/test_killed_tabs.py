"""A tab that is killed while it trains: at most five seconds of the training are lost."""

import os
import re
import signal
import time
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page, expect

# The training is kept every four seconds; what it takes to keep it comes on top.
MOST = 5.0
CONVOLUTION = "784-c16x5-p2-c32x5-p2-flat-drop0.3-64-10"


def trained(page: Page, seconds: float) -> list[tuple[float, float]]:
    """When which epoch was seen."""
    epoch = page.get_by_test_id("digits-epoch")
    began = time.monotonic()
    seen = []
    while (now := time.monotonic()) < began + seconds:
        seen.append((now, float(epoch.get_attribute("data-value") or 0)))
        page.wait_for_timeout(50)
    return seen


def kill(page: Page) -> None:
    """Ends the process of the page and its worker, as a system does for want of memory."""
    browser = page.context.browser
    assert browser
    processes = browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")["processInfo"]
    pages = [process for process in processes if process["type"] == "renderer"]
    with page.expect_event("crash"):
        os.kill(max(pages, key=lambda process: process["cpuTime"])["id"], signal.SIGKILL)


@pytest.mark.long
@pytest.mark.expected_problems(r"ERR_ABORTED", r"ERR_FAILED", r"crash")
@pytest.mark.parametrize("architecture", ["784-128-10", CONVOLUTION])
def test_a_tab_killed_in_the_middle_of_training_loses_five_seconds_at_most(
    open_page: Any, architecture: str
) -> None:
    rng = np.random.default_rng(len(architecture))
    for seconds in rng.uniform(5.5, 12.0, 5):
        page: Page = open_page(f"#/digits?subset=5000&epochs=1000&architecture={architecture}")
        train = page.get_by_test_id("digits-train")
        expect(train).to_be_enabled(timeout=60_000)
        train.click()
        expect(page.get_by_test_id("digits-epoch")).not_to_have_attribute("data-value", "0")
        url, seen = page.url.split("#")[0], trained(page, seconds)
        killed = time.monotonic()
        kill(page)
        other = page.context.new_page()
        other.goto(f"{url}#/digits")
        other.get_by_test_id("resume-run").click(timeout=60_000)
        expect(other.get_by_test_id("digits-status")).to_contain_text("Paused in epoch")
        kept = float(other.get_by_test_id("digits-epoch").get_attribute("data-value") or 0)
        when = next((moment for moment, epoch in seen if epoch >= kept), killed)
        assert killed - when <= MOST, f"{killed - when:.1f} s of {seconds:.1f}"
        expect(other).to_have_url(re.compile("subset=5000&epochs=1000"))
        other.close()
