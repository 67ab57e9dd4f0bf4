"""After whatever a program did, the page works, the next program runs, and nothing is lost."""

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from hostile_programs import GROUPS
from lab_page import expect_end, expect_output, type_program
from playwright.sync_api import Page, expect

OpenPage = Callable[..., Page]
# Milliseconds until a program is stopped that has not ended by itself.
PATIENCE = 1_500
HALVES = [(name, half) for name in GROUPS for half in (0, 1)]


def run_and_stop(page: Page, text: str) -> None:
    """Runs it until it ends or somebody stops it."""
    type_program(page, text)
    page.keyboard.press("Control+Enter")
    status = page.get_by_test_id("code-status")
    page.wait_for_timeout(100)
    waited = 0
    while status.get_attribute("data-status") == "running" and waited < PATIENCE:
        page.wait_for_timeout(100)
        waited += 100
    stop = page.get_by_test_id("stop-code")
    stop.evaluate("(button) => button.disabled || button.click()")
    expect(stop).to_be_disabled()


# Of a Python that has been broken, Pyodide tells the console at length.
@pytest.mark.expected_problems(r".*")
@pytest.mark.parametrize(("group", "half"), HALVES)
def test_lab_outlives_hostile_programs(open_page: OpenPage, group: str, half: int) -> None:
    asked: list[str] = []
    page = open_page("#/lab")
    page.context.on("request", lambda request: asked.append(request.url))
    expect(page.get_by_test_id("editor")).to_be_visible()
    # A program that is kept meanwhile.
    type_program(page, "kept = 'from before'")
    page.get_by_test_id("program-menu").click()
    page.get_by_test_id("program-new").click()
    for name, text in list(GROUPS[group].items())[half::2]:
        run_and_stop(page, text)
        type_program(page, f"print('after', {name!r}, 6 * 7)")
        page.keyboard.press("Control+Enter")
        expect_output(page, f"after {name} 42")
        expect_end(page, "finished")
        expect(page.get_by_test_id("app")).to_have_attribute("data-state", "ready")
        expect(page.get_by_test_id("error")).to_be_hidden()
    page.get_by_test_id("program").select_option("first.py")
    expect(page.get_by_test_id("editor").locator(".cm-line")).to_have_text("kept = 'from before'")
    # The rest of the page is as it was.
    page.get_by_test_id("tab-playground").click()
    page.get_by_test_id("step").click()
    expect(page.get_by_test_id("epoch")).to_have_attribute("data-value", "1")
    page.reload()
    page.get_by_test_id("tab-lab").click()
    expect(page.get_by_test_id("program").locator("option[value='first.py']")).to_have_count(1)
    own = urlsplit(page.url).netloc
    assert {urlsplit(url).netloc for url in asked if not url.startswith(("blob:", "data:"))} <= {
        own
    }
