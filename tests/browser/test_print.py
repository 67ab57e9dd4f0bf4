"""On paper: what the person made, in light colours, in full, and nothing to press."""

import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from conftest import OpenPage
from pen import THREE, draw, pad, prediction
from playwright.sync_api import Page, expect
from test_layouts import seen, share_like, train_xor

# A4 without the margins of the style sheet, in CSS pixels.
SHEET = {"width": 703, "height": 1031}
SCREEN = {"width": 1440, "height": 900}

# Texts and pictures that are seen, and how far they reach.
SEEN = """() => [...document.querySelectorAll('main *')]
  .filter((e) => e.checkVisibility({ visibilityProperty: true }) && !e.closest('.visually-hidden'))
  .filter((e) => e.matches('canvas') ||
    [...e.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim()))
  .map((e) => {
    const range = document.createRange();
    range.selectNodeContents(e);
    const box = (e.matches('canvas') ? e : range).getBoundingClientRect();
    return [e.dataset.testid || e.className || e.textContent.trim(), box.left, box.right];
  })"""
PRESSED = "a, button:not(.neuron), summary, dialog, [type=checkbox], [role=progressbar] + button"


def put_on_paper(page: Page) -> None:
    """As the browser lays out a print; screenshots then show it."""
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    page.set_viewport_size(SHEET)


def back_to_the_screen(page: Page) -> None:
    page.emulate_media(media="screen")
    page.set_viewport_size(SCREEN)
    page.evaluate("dispatchEvent(new Event('afterprint'))")


def used_digits(page: Page) -> None:
    page.get_by_test_id("tab-digits").click()
    draw(page, THREE)
    assert prediction(page) != "–"


def used_recipe(page: Page) -> None:
    page.get_by_test_id("tab-recipes").click()
    page.get_by_test_id("recipe").select_option("quadrants")
    page.get_by_test_id("recipe-run").click()
    status = page.get_by_test_id("recipe-status")
    expect(status).to_have_attribute("data-status", "finished")


def tones(picture: Any, dark: int = 60) -> tuple[float, float]:
    """How bright the paper is (0 to 255), and the share of pixels that are darker than `dark`."""
    brightness = picture.mean(axis=2)
    return float(np.median(brightness)), float((brightness < dark).mean())


@pytest.mark.parametrize("width", [1440, pytest.param(360, marks=pytest.mark.long)])
def test_a_print_from_the_dark_theme_is_dark_on_white_and_complete(
    open_page: OpenPage, width: int
) -> None:
    page = open_page("#/playground", color_scheme="dark", viewport={"width": width, "height": 800})
    steps: list[tuple[Callable[[Page], None], str]] = [
        (train_xor, "network-diagram"),
        (used_digits, "digits-chart"),
        (used_recipe, "recipe-chart"),
    ]
    for use, chart in steps:
        page.set_viewport_size({"width": width, "height": 800})
        use(page)
        put_on_paper(page)
        outside = [(n, a, b) for n, a, b in page.evaluate(SEEN) if a < 0 or b > SHEET["width"]]
        assert not outside
        assert page.locator(PRESSED).locator("visible=true").count() == 0
        paper, text = tones(seen(page.locator("main")))
        assert paper > 250
        assert text > 0.001
        drawing = seen(page.get_by_test_id(chart))
        paper, lines = tones(drawing, dark=200)
        assert paper > 250
        assert lines > 0.005
        # Some of the lines are right of the middle: the chart is not cut.
        _, lines = tones(drawing[:, drawing.shape[1] * 3 // 4 :], dark=240)
        assert lines > 0
        back_to_the_screen(page)
        paper, _ = tones(seen(page.get_by_test_id(chart)))
        assert paper < 60


def test_a_print_of_the_playground_fits_one_sheet_and_keeps_colours(open_page: OpenPage) -> None:
    page = open_page("#/playground", color_scheme="dark")
    train_xor(page)
    sheets = re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4", prefer_css_page_size=True))
    assert len(sheets) == 1
    # The --middle of the dark theme, and of the light one before the browser asks for the pages.
    decision_map = page.get_by_test_id("decision-map")
    assert share_like(seen(decision_map), (33, 31, 28), 20) > 0.01
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    printed = seen(decision_map)
    assert share_like(printed, (33, 31, 28), 20) < 0.001
    assert share_like(printed, (250, 248, 242), 20) > 0.01
    put_on_paper(page)
    picture = seen(page.get_by_test_id("decision-map"))
    assert share_like(picture, (229, 138, 60), 60) > 0.02
    assert share_like(picture, (63, 130, 196), 60) > 0.02
    tile, stage = (page.locator(place).first for place in (".neuron", ".network-stage"))
    box, around = tile.bounding_box(), stage.bounding_box()
    assert box and around
    assert box["y"] >= around["y"] and box["y"] + box["height"] <= around["y"] + around["height"]


def test_the_settings_that_are_folded_away_are_printed(open_page: OpenPage) -> None:
    page = open_page("#/digits")
    field = page.get_by_test_id("digits-learning-rate")
    expect(field).to_be_hidden()
    put_on_paper(page)
    expect(field).to_be_visible()
    expect(pad(page)).to_be_visible()
    back_to_the_screen(page)
    expect(field).to_be_hidden()
