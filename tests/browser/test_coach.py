"""The line under the header: what there is to do, and what holds a training up."""

import re
from collections.abc import Callable

import pytest
from page_state import wait_until_ready
from playwright.sync_api import Page, expect

OpenPage = Callable[..., Page]
TODO = "Press Train: can the network separate the colours?"


def train_until_told(page: Page, code: str) -> None:
    page.get_by_test_id("pace").get_by_role("button", name="Max").click()
    page.get_by_test_id("play").click()
    expect(page.get_by_test_id("diagnosis")).to_have_attribute("data-code", code)


def test_the_first_line_says_what_to_do_and_the_last_what_runs(open_page: OpenPage) -> None:
    page = open_page()
    line = page.locator("header .status-ready")
    expect(line).to_have_text(TODO)
    expect(page.locator("footer")).to_contain_text(re.compile(r"Python 3\.14\.\d+ with NumPy 2"))
    for tab, text in (("digits", "Write a digit"), ("recipes", "Run a published program")):
        page.get_by_test_id(f"tab-{tab}").click()
        expect(line).to_contain_text(text)


def test_a_network_of_straight_lines_is_told_and_mended_by_one_click(open_page: OpenPage) -> None:
    page = open_page("#/playground?dataset=circle&network-shape=")
    train_until_told(page, "linear")
    expect(page.get_by_test_id("diagnosis")).to_contain_text("straight lines")
    page.get_by_role("button", name="Try: Hidden layers 4").click()
    expect(page.get_by_test_id("network-shape")).to_have_value("4")
    expect(page.get_by_test_id("diagnosis")).to_have_count(0)
    # It goes on training, and learns now.
    expect(page.get_by_test_id("play")).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_test_id("accuracy")).to_have_attribute(
        "data-value", re.compile(r"^(1|0\.9)")
    )


def test_dead_units_are_told_while_others_train(open_page: OpenPage) -> None:
    page = open_page("#/playground?dataset=circle&activation=relu&learning-rate=1")
    train_until_told(page, "dead")
    page.get_by_test_id("try-change").click()
    expect(page.get_by_test_id("activation")).to_have_value("leaky_relu")


def test_a_saturated_run_begins_again_at_the_rate_that_helps(open_page: OpenPage) -> None:
    page = open_page("#/playground?dataset=spiral&learning-rate=3")
    train_until_told(page, "saturated")
    page.get_by_test_id("play").click()
    page.get_by_role("button", name="Try: Learning rate 0.3").click()
    expect(page.get_by_test_id("learning-rate")).to_have_value("0.3")
    expect(page.get_by_test_id("epoch")).to_have_attribute("data-value", "0")


def test_healthy_runs_are_left_alone(open_page: OpenPage) -> None:
    page = open_page("#/playground?dataset=moons")
    page.get_by_test_id("pace").get_by_role("button", name="Max").click()
    page.get_by_test_id("play").click()
    expect(page.get_by_test_id("epoch")).to_have_attribute("data-value", re.compile(r"^\d{4}"))
    page.get_by_test_id("play").click()
    expect(page.get_by_test_id("diagnosis")).to_have_count(0)
    expect(page.locator("header .status-ready")).to_have_text(TODO)


@pytest.mark.browser_context_args(locale="zh-CN")
def test_in_chinese(page: Page, site_url: str) -> None:
    page.goto(site_url + "#/playground?dataset=xor&network-shape=")
    wait_until_ready(page)
    expect(page.locator("header .status-ready")).to_contain_text("点“训练”")
    page.get_by_test_id("pace").get_by_role("button", name="最快").click()
    page.get_by_test_id("play").click()
    expect(page.get_by_test_id("diagnosis")).to_contain_text("只能画直线")
    page.get_by_role("button", name="试试：隐藏层 4").click()
    expect(page.get_by_test_id("network-shape")).to_have_value("4")
