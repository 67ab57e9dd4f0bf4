"""The recorded run that the playground shows while Python takes its time."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from page_state import wait_until_ready
from playwright.sync_api import Page, Route, expect

NewContext = Callable[..., Any]
PYTHON = re.compile(r"/pyodide/")

PICTURES = """() => ['.map-field', '.network-edges', '[data-place="1/0"] canvas']
  .map((name) => document.querySelector(name).toDataURL()).join()"""
# Several pictures of a recording that plays.
A_WHILE = "() => new Promise((resolve) => setTimeout(resolve, 300))"


def open_without_python(page: Page, address: str) -> list[Route]:
    """The requests for Python's files, which nobody answers."""
    held: list[Route] = []
    page.route(PYTHON, lambda route: held.append(route))
    page.goto(address)
    return held


def let_python_come(page: Page, held: list[Route]) -> None:
    for route in held:
        route.continue_()
    page.unroute(PYTHON)
    wait_until_ready(page)


def moves(page: Page) -> bool:
    before = page.evaluate(PICTURES)
    page.evaluate(A_WHILE)
    return bool(page.evaluate(PICTURES) != before)


def test_recording_plays_until_the_network_lives(page: Page, site_url: str) -> None:
    held = open_without_python(page, site_url)
    note = page.get_by_test_id("recording")
    expect(note).to_contain_text("recording")
    expect(page.locator(".network-stage")).to_contain_text("Recording")
    assert moves(page)
    for control in ("play", "step", "network-shape"):
        expect(page.get_by_test_id(control)).to_be_disabled()
    expect(page.get_by_test_id("epoch")).not_to_have_attribute("data-value", re.compile(""))
    let_python_come(page, held)
    # The same seed from its start.
    expect(page.get_by_test_id("epoch")).to_have_attribute("data-value", "0")
    expect(note).to_be_hidden()
    expect(page.locator(".network-stage")).not_to_contain_text("Recording")
    assert not moves(page)
    page.locator('.neuron[tabindex="0"]').focus()
    expect(page.locator(".network-note")).to_contain_text("Layer 1, neuron 1")


def test_a_recording_that_is_pointed_at_leaves_no_message(page: Page, site_url: str) -> None:
    held = open_without_python(page, site_url)
    expect(page.get_by_test_id("recording")).to_be_visible()
    plane = page.get_by_test_id("decision-map")
    plane.hover()
    plane.click(position={"x": 90, "y": 200})
    for control in ("paint-points", "draw-guess"):
        expect(page.get_by_test_id(control)).to_be_disabled()
    let_python_come(page, held)
    expect(page.get_by_test_id("play")).to_be_enabled()
    page.get_by_test_id("step").click()
    expect(page.get_by_test_id("epoch")).to_have_attribute("data-value", "1")
    expect(page.get_by_test_id("error")).to_be_hidden()


def test_recording_shows_the_very_run_that_follows(page: Page, site_url: str) -> None:
    held = open_without_python(page, site_url)
    tiles = page.locator(".neuron")
    expect(tiles).to_have_count(11)
    expect(page.locator(".map-axis-x")).to_contain_text("−0.4")
    let_python_come(page, held)
    expect(page.get_by_test_id("seed")).to_have_value("1")
    expect(tiles).to_have_count(11)
    expect(page.locator(".map-axis-x")).to_contain_text("−0.4")


def test_recording_is_paused_and_goes_on(page: Page, site_url: str) -> None:
    open_without_python(page, site_url)
    toggle = page.get_by_test_id("recording-toggle")
    toggle.click()
    expect(toggle).to_have_accessible_name("Play the recording")
    assert not moves(page)
    toggle.click()
    expect(toggle).to_have_accessible_name("Pause the recording")
    assert moves(page)


def test_where_motion_is_reduced_one_picture_stands(new_context: NewContext, site_url: str) -> None:
    page = new_context(reduced_motion="reduce", locale="zh-CN").new_page()
    open_without_python(page, site_url)
    expect(page.get_by_test_id("recording")).to_contain_text("录像")
    expect(page.locator(".neuron")).to_have_count(11)
    assert not moves(page)
    expect(page.get_by_test_id("recording-toggle")).to_have_count(0)


@pytest.mark.parametrize(
    ("route", "recorded"),
    [("", True), ("#/playground", True), ("#/playground?seed=2", False), ("#/digits", False)],
)
def test_only_the_playground_without_settings_has_a_recording(
    page: Page, site_url: str, route: str, recorded: bool
) -> None:
    page.clock.install()
    open_without_python(page, site_url + route)
    expect(page.get_by_test_id("boot-progress")).to_have_text(re.compile(r"\d MB"))
    page.clock.run_for(10_000)
    expect(page.get_by_test_id("recording")).to_have_count(int(recorded))


def test_recording_ends_with_the_view_and_comes_back_with_it(page: Page, site_url: str) -> None:
    open_without_python(page, site_url)
    note = page.get_by_test_id("recording")
    expect(note).to_be_visible()
    page.evaluate("location.hash = '#/playground?dataset=moons'")
    expect(note).to_have_count(0)
    expect(page.locator(".neuron")).to_have_count(0)
    page.evaluate("location.hash = '#/playground'")
    expect(note).to_be_visible()


@pytest.mark.expected_problems("recording", "ERR_FAILED")
def test_without_its_recording_the_page_starts_as_well(page: Page, site_url: str) -> None:
    page.route(re.compile("/recording/"), lambda route: route.abort())
    held: list[Route] = []
    page.route(PYTHON, lambda route: held.append(route))
    with page.expect_event("requestfailed"):
        page.goto(site_url)
    expect(page.get_by_test_id("error")).to_be_hidden()
    let_python_come(page, held)
    expect(page.get_by_test_id("play")).to_be_enabled()


def test_a_quick_start_asks_for_no_recording(page: Page, site_url: str, watch: Any) -> None:
    page.clock.install(time=0)
    page.clock.pause_at(100)
    page.goto(site_url)
    wait_until_ready(page)
    page.clock.run_for(5000)
    expect(page.get_by_test_id("play")).to_be_enabled()
    assert not [url for url in watch.requests if "/recording/" in url]
