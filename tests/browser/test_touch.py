"""A point of the plane on its way through the network: by pointer, finger and keys."""

import math
import re
from collections.abc import Callable

import pytest
from page_state import train_epochs, wait_until_ready
from playwright.sync_api import Locator, Page, expect

OpenPage = Callable[..., Page]
HINT = "Point at the plane"


def point_at(page: Page, across: float, down: float) -> None:
    plane = page.get_by_test_id("decision-map")
    plane.scroll_into_view_if_needed()
    box = plane.bounding_box()
    assert box
    page.mouse.move(box["x"] + across * box["width"], box["y"] + down * box["height"])


def tile(page: Page, place: str) -> Locator:
    return page.locator(f"[data-place='{place}']")


def value_on(page: Page, place: str) -> float:
    return float(tile(page, place).locator(".neuron-value").inner_text().replace("−", "-"))


def test_pointer_on_the_plane_lights_the_network(open_page: OpenPage) -> None:
    page = open_page("#/playground?dataset=moons")
    said = page.get_by_test_id("map-point")
    expect(said).to_contain_text(HINT)
    point_at(page, 0.25, 0.75)
    expect(said).to_have_text(re.compile(r"x₁ −?[\d.]+, x₂ −?[\d.]+: [\d.]+% (blue|orange)"))
    x1, x2 = (float(n.replace("−", "-")) for n in re.findall(r"x. (−?[\d.]+)", said.inner_text()))
    assert (value_on(page, "0/0"), value_on(page, "0/1")) == (x1, x2)
    # The answer on the last tile is the one that is told below the plane.
    share, colour = re.findall(r"([\d.]+)% (\w+)", said.inner_text())[0]
    answer = value_on(page, "2/0")
    assert (answer if colour == "blue" else 1 - answer) == pytest.approx(
        float(share) / 100, abs=0.006
    )
    assert all(-1 <= value_on(page, f"1/{unit}") <= 1 for unit in range(8))
    page.mouse.move(0, 0)
    expect(said).to_contain_text(HINT)
    expect(page.locator(".neuron-spot")).to_have_count(0)


def test_notes_show_the_sum_and_what_a_connection_carries(open_page: OpenPage) -> None:
    page = open_page("#/playground?dataset=xor&network-shape=2")
    train_epochs(page, 1, 2)
    page.get_by_role("button", name="1, 0", exact=True).click()
    expect(page.get_by_test_id("map-point")).to_contain_text("x₁ 1.00, x₂ 0.00")
    note = page.get_by_test_id("network-note")
    tile(page, "2/0").hover()
    expect(note).to_contain_text("Sum")
    texts = dict(re.findall(r"(Sum|Value) (−?[\d.]+)", note.inner_text()))
    total, value = (float(texts[name].replace("−", "-")) for name in ("Sum", "Value"))
    assert value == pytest.approx(1 / (1 + math.exp(-total)), abs=0.002)
    answers = page.get_by_test_id("plane-rows").get_by_role("row").nth(2).get_by_role("cell")
    assert float(answers.nth(2).inner_text()) == pytest.approx(value, abs=0.001)


def test_the_four_rows_are_a_table_that_learns(open_page: OpenPage) -> None:
    page = open_page("#/playground?dataset=xor")
    rows = page.get_by_test_id("plane-rows").get_by_role("row")
    points = ["0, 0", "0, 1", "1, 0", "1, 1"]
    expect(rows.nth(0).get_by_role("button")).to_have_text(points)
    assert [c.inner_text().strip() for c in rows.nth(1).get_by_role("cell").all()] == list("0110")
    page.get_by_test_id("play").click()
    expect(page.get_by_test_id("accuracy")).to_have_attribute("data-value", "1")
    page.get_by_test_id("play").click()
    answers = [float(cell.inner_text()) for cell in rows.nth(2).get_by_role("cell").all()]
    assert [round(answer) for answer in answers] == [0, 1, 1, 0]
    page.get_by_test_id("dataset").select_option("moons")
    expect(page.get_by_test_id("plane-rows")).to_have_count(0)


def test_the_point_is_followed_while_the_network_learns(open_page: OpenPage) -> None:
    page = open_page("#/playground?dataset=xor")
    page.get_by_role("button", name="1, 1", exact=True).click()
    before = value_on(page, "2/0")
    page.get_by_test_id("play").click()
    expect(page.get_by_test_id("accuracy")).to_have_attribute("data-value", "1")
    assert value_on(page, "2/0") != before
    # Another network is told of it too.
    page.get_by_test_id("play").click()
    page.get_by_role("button", name="Add a layer").click()
    expect(tile(page, "3/0").locator(".neuron-value")).to_be_visible()


def test_arrow_keys_move_the_point_and_escape_lets_go(open_page: OpenPage) -> None:
    page = open_page("#/playground?dataset=quadrants")
    plane = page.get_by_test_id("decision-map")
    expect(plane).to_have_attribute("tabindex", "0")
    plane.focus()
    said = page.get_by_test_id("map-point")
    texts = []
    for key in ("ArrowRight", "ArrowUp", "ArrowLeft"):
        page.keyboard.press(key)
        expect(said).to_contain_text("% class")
        texts.append(said.inner_text().split(":")[0])
    assert len(set(texts)) == 3
    page.keyboard.press("Escape")
    expect(said).to_contain_text(HINT)


def test_a_press_keeps_the_point_and_another_lets_go(open_page: OpenPage) -> None:
    page = open_page("#/playground?dataset=moons")
    said = page.get_by_test_id("map-point")
    point_at(page, 0.3, 0.6)
    page.mouse.down()
    page.mouse.up()
    kept = said.inner_text().split(":")[0]
    point_at(page, 0.7, 0.2)
    assert said.inner_text().split(":")[0] != kept
    page.mouse.move(1, 1)
    expect(said).to_contain_text(kept.strip())
    page.get_by_test_id("play").click()
    expect(said).to_contain_text(kept.strip())
    point_at(page, 0.3, 0.6)
    page.mouse.down()
    page.mouse.up()
    page.mouse.move(1, 1)
    expect(said).to_contain_text(HINT)


def test_a_row_stays_pressed_until_it_is_pressed_again(open_page: OpenPage) -> None:
    page = open_page("#/playground?dataset=xor")
    row = page.get_by_role("button", name="1, 0", exact=True)
    row.click()
    expect(row).to_have_attribute("aria-pressed", "true")
    point_at(page, 0.5, 0.5)
    page.mouse.move(1, 1)
    expect(page.get_by_test_id("map-point")).to_contain_text("x₁ 1.00, x₂ 0.00")
    row.click()
    expect(row).to_have_attribute("aria-pressed", "false")
    expect(page.get_by_test_id("map-point")).to_contain_text(HINT)


@pytest.mark.browser_context_args(has_touch=True, locale="zh-CN")
def test_a_finger_sets_the_point_and_another_press_lets_go(page: Page, site_url: str) -> None:
    page.goto(site_url + "#/playground?dataset=circle")
    wait_until_ready(page)
    # The plane is empty until the network is there.
    expect(page.get_by_test_id("epoch")).to_have_attribute("data-value", "0")
    plane = page.get_by_test_id("decision-map")
    plane.tap()
    said = page.get_by_test_id("map-point")
    expect(said).to_have_text(re.compile("% (蓝|橙)"))
    page.get_by_test_id("step").tap()
    expect(said).to_have_text(re.compile("% (蓝|橙)"))
    plane.tap()
    expect(said).to_contain_text("指向平面")
