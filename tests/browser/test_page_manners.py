"""How the page gets along with what browsers do to pages: translate them, drop files on them."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

OpenPage = Callable[..., Page]
RUNS_ON = re.compile(r"^([2-9]\d|\d{3,})$")

# What a browser's translator does: each text is replaced by elements of its own.
TRANSLATE = """(root) => {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) texts.push(walker.currentNode);
  for (const text of texts.filter(({ data }) => data.trim())) {
    const outer = document.createElement('font');
    outer.appendChild(document.createElement('font')).textContent = text.data;
    text.replaceWith(outer);
  }
}"""


def expect_opened(page: Page) -> None:
    expect(page.get_by_test_id("epoch")).to_have_attribute("data-value", "0")


# Translators ---------------------------------------------------------------------------------
def test_translators_are_asked_to_leave_the_page_alone(open_page: OpenPage) -> None:
    page = open_page(ready=False)
    root = page.locator("html")
    for language in ("en", "zh-CN"):
        expect(root).to_have_attribute("lang", language)
        expect(root).to_have_attribute("translate", "no")
        expect(root).to_have_class(re.compile(r"\bnotranslate\b"))
        page.get_by_test_id("language").click()
    expect(page.locator('meta[name="google"]')).to_have_attribute("content", "notranslate")


def test_numbers_move_on_in_a_translated_page(open_page: OpenPage) -> None:
    page = open_page("#/playground?dataset=moons")
    expect_opened(page)
    page.locator("body").evaluate(TRANSLATE)
    before = page.get_by_test_id("train-loss").inner_text()
    page.get_by_test_id("step").click()
    expect(page.get_by_test_id("epoch")).to_have_text("1")
    expect(page.get_by_test_id("train-loss")).not_to_have_text(before)
    page.get_by_test_id("step").click()
    expect(page.get_by_test_id("epoch")).to_have_text("2")


def test_the_digits_status_moves_on_in_a_translated_page(open_page: OpenPage) -> None:
    page = open_page("#/digits?subset=10000&epochs=1000")
    expect(page.get_by_test_id("digits-train")).to_be_enabled()
    page.locator("body").evaluate(TRANSLATE)
    page.get_by_test_id("digits-train").click()
    expect(page.get_by_test_id("digits-status")).to_contain_text("Epoch")
    expect(page.get_by_test_id("digits-loss")).not_to_have_text("–")


# Drops ---------------------------------------------------------------------------------------
def drop(page: Page, testid: str, *files: Path, items: tuple[dict[str, str], ...] = ()) -> None:
    """Drags files or texts from outside over an element and lets them go, as the system does."""
    place = page.get_by_test_id(testid)
    place.scroll_into_view_if_needed()
    box = place.bounding_box()
    assert box
    data: dict[str, Any] = {"items": items, "files": [str(file) for file in files]}
    session = page.context.new_cdp_session(page)
    # Whether the page takes it is asked for as the pointer goes over it, and answered later.
    page.evaluate("() => { window.over = false; }")
    page.evaluate("() => addEventListener('dragover', () => { window.over = true; })")

    def drag(kind: str) -> None:
        session.send(
            "Input.dispatchDragEvent",
            {
                "type": kind,
                "x": box["x"] + box["width"] / 2,
                "y": box["y"] + box["height"] / 2,
                "data": {**data, "dragOperationsMask": 1},
            },
        )

    drag("dragEnter")
    for _ in range(200):  # while a pointer rests over a page, the system says so again and again
        drag("dragOver")
        if page.evaluate("() => window.over"):
            break
        page.wait_for_timeout(100)
    drag("drop")
    session.detach()


@pytest.fixture
def stray(tmp_path: Path) -> Path:
    file = tmp_path / "stray.html"
    file.write_text("<h1>another page</h1>", "utf-8")
    return file


def test_a_dropped_file_does_not_take_the_page_away(open_page: OpenPage, stray: Path) -> None:
    page = open_page("#/playground?dataset=moons")
    expect_opened(page)
    page.get_by_test_id("play").click()
    for place in ("decision-map", "network-shape"):
        drop(page, place, stray)
        error = page.get_by_test_id("error")
        expect(error).to_contain_text("can be dropped on the Digits tab")
        error.get_by_role("button").click()
    expect(page.get_by_test_id("play")).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_test_id("epoch")).to_have_attribute("data-value", RUNS_ON)
    expect(page.get_by_test_id("network-shape")).to_have_value("8")


def test_text_and_links_still_fall_into_fields_and_nowhere_else(
    open_page: OpenPage, site_url: str
) -> None:
    page = open_page("#/playground?dataset=moons")
    expect_opened(page)
    link = {"mimeType": "text/uri-list", "data": site_url + "#/recipes"}
    drop(page, "decision-map", items=(link,))
    drop(page, "network-shape", items=({"mimeType": "text/plain", "data": ",5"},))
    page.get_by_test_id("network-shape").press("Enter")
    expect(page).to_have_url(re.compile(r"dataset=moons&network-shape="))
    expect(page.get_by_test_id("network-shape")).to_have_value(re.compile("5"))
    expect(page.get_by_test_id("error")).to_be_hidden()


def test_a_model_dropped_on_the_digits_tab_is_opened(
    open_page: OpenPage, stray: Path, tmp_path: Path
) -> None:
    page = open_page("#/digits?architecture=784-32-10&subset=1000")
    expect(page.get_by_test_id("digits-train")).to_be_enabled()
    with page.expect_download() as download:
        page.get_by_test_id("save-model").click()
    model = tmp_path / "model.npz"
    download.value.save_as(model)
    page.get_by_test_id("digits-architecture").select_option("784-128-10")
    expect(page).not_to_have_url(re.compile("784-32-10"))

    error = page.get_by_test_id("error")
    drop(page, "digits-chart", stray)
    expect(error).to_contain_text("not a pynn model")
    drop(page, "digits-chart", model, stray)
    expect(error).to_contain_text("drop one at a time")
    drop(page, "digits-chart", tmp_path)
    expect(error).to_contain_text("cannot be read")
    drop(page, "digits-chart", model)
    expect(page.get_by_test_id("digits-architecture")).to_have_value("784-32-10")
    expect(error).to_be_hidden()


# Messages ------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("tab", "bad", "good", "shown"),
    [
        ("playground", "seed=none", "dataset=moons", ("dataset", "moons")),
        ("digits", "seed=none&subset=1000", "subset=1000&seed=2", ("digits-seed", "2")),
        ("recipes", "recipe=none", "recipe=quadrants", ("recipe", "quadrants")),
    ],
)
def test_a_message_ends_with_the_next_good_link_and_on_escape(
    open_page: OpenPage, tab: str, bad: str, good: str, shown: tuple[str, str]
) -> None:
    page = open_page(f"#/{tab}?{bad}")
    error = page.get_by_test_id("error")
    expect(error).to_contain_text("“none”")
    page.keyboard.press("Escape")
    expect(error).to_be_hidden()
    go = "route => { location.hash = route; }"
    page.evaluate(go, f"#/{tab}?{bad}")
    expect(error).to_contain_text("“none”")
    page.evaluate(go, f"#/{tab}?{good}")
    expect(error).to_be_hidden()
    field, value = shown
    expect(page.get_by_test_id(field)).to_have_value(value)
    expect(error).to_be_hidden()
    assert page.locator("[aria-invalid]").count() == 0
