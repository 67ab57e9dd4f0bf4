"""What a layer makes of the test images, in the plane, and where the person's drawing lies."""

import re
from typing import Any

import pytest
from pen import THREE, draw, prediction
from playwright.sync_api import Page, expect


@pytest.fixture
def page(open_page: Any) -> Page:
    page: Page = open_page("#/digits?subset=1000")
    expect(page.get_by_test_id("digits-status")).to_contain_text(re.compile("Ready|已就绪"))
    page.get_by_test_id("landscape-open").click()
    expect(landscape(page)).to_have_attribute("data-points", "400")
    return page


def landscape(page: Page) -> Any:
    return page.get_by_test_id("landscape")


def own(page: Page) -> list[float]:
    return [float(part) for part in (landscape(page).get_attribute("data-own") or "").split(",")]


def test_the_drawing_moves_among_the_images(page: Page) -> None:
    expect(page.get_by_test_id("landscape-layer")).to_have_value("7")
    expect(page.get_by_test_id("landscape-layer").locator("option:checked")).to_have_text("dense_1")
    expect(landscape(page)).to_have_attribute("data-own", "")
    draw(page, THREE)
    prediction(page)
    expect(landscape(page)).to_have_attribute("data-own", re.compile(r"\d,"))
    three = own(page)
    page.get_by_test_id("clear-pad").click()
    expect(landscape(page)).to_have_attribute("data-own", "")
    draw(page, [(0.5, 0.2), (0.5, 0.8)])
    expect(landscape(page)).to_have_attribute("data-own", re.compile(r"\d,"))
    assert abs(own(page)[0] - three[0]) + abs(own(page)[1] - three[1]) > 1.0


def test_neighbours_are_found_step_by_step_in_any_layer(page: Page) -> None:
    page.get_by_test_id("landscape-layer").select_option("0")
    page.get_by_test_id("landscape-method").get_by_role("button", name="t-SNE").click()
    expect(landscape(page)).to_have_attribute("data-done", "1")
    landscape(page).scroll_into_view_if_needed()
    box = landscape(page).bounding_box()
    assert box
    image = page.locator(".landscape-image")
    # Somewhere under the way across lies an image.
    for step in range(60):
        place = box["x"] + box["width"] * step / 60, box["y"] + box["height"] * (step % 7 + 1) / 9
        page.mouse.move(*place)
        if image.is_visible():
            break
    expect(image).to_be_visible()
    page.mouse.move(0, 0)
    expect(image).to_be_hidden()


def test_the_own_network_is_looked_into_while_it_learns(page: Page) -> None:
    page.get_by_test_id("digits-train").click()
    expect(page.get_by_test_id("landscape-layer")).to_have_value("1")
    expect(landscape(page)).to_have_attribute("data-points", "400")
