"""Stop stops, whatever the program is doing, and the next one does not wait for a boot."""

from collections.abc import Callable

import pytest
from lab_page import TYPED_OVER, expect_end, expect_output, type_program
from playwright.sync_api import Page, expect

OpenPage = Callable[..., Page]
pytestmark = pytest.mark.expected_problems(TYPED_OVER)

PROGRAMS = {
    "a loop": "while True: pass",
    "a long product": "import numpy as np\na = np.ones((3000, 3000))\nwhile True: a @ a",
    "a generator sum": "sum(x for x in iter(int, 1))",
    "catching everything": (
        "while True:\n  try:\n    while True: pass\n  except BaseException: pass"
    ),
    "a sleep": "import time\ntime.sleep(100)",
}


def test_stop_ends_it_and_the_next_program_runs(open_page: OpenPage) -> None:
    page = open_page("#/lab")
    expect(page.get_by_test_id("code-status")).to_have_text("Ready.", timeout=60_000)
    for name, text in PROGRAMS.items():
        type_program(page, f"print('begun with', {name!r})\n{text}")
        page.keyboard.press("Control+Enter")
        expect_output(page, f"begun with {name}")
        page.get_by_test_id("stop-code").click()
        expect_end(page, "stopped")
        expect(page.get_by_test_id("code-status")).to_contain_text("Stopped.")
        type_program(page, f"print('next after', {name!r})")
        page.keyboard.press("Control+Enter")
        expect_output(page, f"next after {name}")
        expect_end(page, "finished")


def test_stop_while_python_starts_and_a_run_that_waits_for_it(open_page: OpenPage) -> None:
    page = open_page("#/lab", ready=False)
    expect(page.get_by_test_id("editor")).to_be_visible(timeout=60_000)
    type_program(page, "print('as soon as it can')")
    page.keyboard.press("Control+Enter")
    expect_output(page, "as soon as it can")
    expect_end(page, "finished")


def test_other_tabs_train_while_a_program_keeps_the_lab_busy(open_page: OpenPage) -> None:
    page = open_page("#/lab")
    type_program(page, "while True: pass")
    page.keyboard.press("Control+Enter")
    expect_end(page, "running")
    page.get_by_test_id("tab-playground").click()
    page.get_by_test_id("step").click()
    expect(page.get_by_test_id("epoch")).to_have_attribute("data-value", "1")
    page.get_by_test_id("tab-lab").click()
    expect_end(page, "running")
    page.get_by_test_id("stop-code").click()
    expect_end(page, "stopped")
