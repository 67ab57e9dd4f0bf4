"""The layers tell how they do, and the network can be broken and mended."""

import re
from typing import Any

import pytest
from pen import THREE, draw, prediction, probabilities
from playwright.sync_api import Page, expect


@pytest.fixture
def page(open_page: Any) -> Page:
    page: Page = open_page("#/digits?subset=1000")
    expect(page.get_by_test_id("digits-status")).to_contain_text(re.compile("Ready|已就绪"))
    page.get_by_test_id("break-open").click()
    expect(page.get_by_test_id("health").locator("tbody tr")).to_have_count(4)
    return page


def test_units_are_switched_off_the_weights_shaken_and_all_is_mended(page: Page) -> None:
    draw(page, THREE)
    prediction(page)
    before = probabilities(page)
    result = page.get_by_test_id("break-result")
    for unit in range(8):
        page.get_by_test_id("break-unit").nth(unit).click()
    expect(result).to_contain_text("whole it read")
    expect(page.get_by_test_id("probability-3")).not_to_have_attribute("data-value", str(before[3]))
    page.get_by_test_id("break-noise").fill("2")
    expect(result).to_have_attribute("data-value", re.compile(r"^0\.[0-8]"))
    page.get_by_test_id("break-mend").click()
    expect(result).to_have_text("")
    expect(page.get_by_test_id("break-mend")).to_be_disabled()
    expect(page.get_by_test_id("probability-3")).to_have_attribute("data-value", str(before[3]))


def test_the_layers_of_the_own_network_are_told_once_it_learns(page: Page) -> None:
    page.get_by_test_id("digits-train").click()
    rows = page.get_by_test_id("health").locator("tbody tr")
    expect(rows).to_have_count(2)
    expect(rows.first).to_contain_text(re.compile(r"dense_1\s+128\s+\d+%\s+\d\.\de-\d"))
    page.get_by_test_id("break-layer").nth(1).click()
    expect(page.get_by_test_id("break-unit")).to_have_count(10)
