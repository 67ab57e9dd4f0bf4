"""How a drawing becomes an image is shown step by step, and what a step is good for."""

import re
from typing import Any

from pen import draw, pad
from playwright.sync_api import expect


def test_a_step_that_is_left_out_shows_why_it_matters(open_page: Any) -> None:
    page = open_page("#/digits?subset=1000")
    pad(page).scroll_into_view_if_needed()
    page.get_by_test_id("prepare-open").click()
    reads = page.get_by_test_id("prepare-reads")
    expect(reads).to_contain_text("the network knows only images")
    # A small 1 in a corner.
    draw(page, [(0.08, 0.78), (0.08, 0.92)])
    expect(reads).to_have_attribute("data-value", "1")
    expect(reads).to_have_text(re.compile(r"So it reads 1 \(\S+%\)\."))
    sure = reads.inner_text()
    page.get_by_test_id("prepare-scale").uncheck()
    expect(reads).not_to_have_text(sure)
    page.get_by_test_id("prepare-scale").check()
    expect(reads).to_have_text(sure)
    page.get_by_test_id("clear-pad").click()
    expect(reads).not_to_have_attribute("data-value", re.compile("."))
