"""The recipes tab: published programs run in the page, next to what was published."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from page_state import wait_until_ready
from playwright.sync_api import Locator, Page, expect
from serving import ROOT
from variants import THEMES_AND_WIDTHS

from pynn.recipes import RECIPES

OpenPage = Callable[..., Page]
# However slow the machine is: the longest run here takes a quarter of a minute on a quiet one.
RUN = 600_000
NAMES = ["eleven_lines", "quadrants", "skyone", "nielsen", "bp_mnist"]
# A run that no machine ends while a test looks at it.
LONG = "#/recipes?recipe=nielsen&length=full"
ERRORS = [
    "0.500628229093",
    "0.00899024507125",
    "0.0060486255435",
    "0.00482794013965",
    "0.00412270116481",
    "0.00365084766242",
]
# What a text looks like when its key is missing from the locale files.
BARE_KEY = re.compile(r"\brecipes[:.]\w+")


def opened(page: Page) -> Page:
    """Waits until Python has the recipe."""
    expect(page.get_by_test_id("recipe-reset")).to_be_enabled(timeout=RUN)
    return page


def expect_status(page: Page, status: str) -> None:
    expect(page.get_by_test_id("recipe-status")).to_have_attribute(
        "data-status", status, timeout=RUN
    )


def run_to_the_end(page: Page) -> None:
    run = opened(page).get_by_test_id("recipe-run")
    run.click()
    expect_status(page, "finished")
    expect(run).to_have_attribute("aria-pressed", "false")


def rows(page: Page) -> Locator:
    return page.get_by_test_id("recipe-published").locator("tbody tr")


def equal_rows(page: Page) -> Locator:
    return page.get_by_test_id("recipe-published").locator('tr[data-equal="true"]')


def source(name: str) -> str:
    return (ROOT / f"pynn/recipes/programs/{name}.py").read_text(encoding="utf-8")


# Running -------------------------------------------------------------------------------------
def test_eleven_lines_gives_every_published_digit_and_says_so(open_page: OpenPage) -> None:
    page = opened(open_page("#/recipes"))
    # The published values are there before anything has run.
    expect(rows(page)).to_have_count(18)
    expect(rows(page).first).to_contain_text("0.00966449")
    expect(equal_rows(page)).to_have_count(0)
    expect(page.get_by_test_id("recipe-length")).to_have_count(0)
    run_to_the_end(page)
    expect(rows(page)).to_have_count(18)
    expect(equal_rows(page)).to_have_count(18)
    for text in equal_rows(page).all_inner_texts():
        assert re.search(r"(0\.\d+)\s+\1\s+✓\s+equal", text)
    printed = page.get_by_test_id("recipe-output").inner_text().split()
    assert printed == [f"Error:{error}" for error in ERRORS]


def test_quadrants_are_seen_on_the_map(open_page: OpenPage) -> None:
    page = opened(open_page("#/recipes?recipe=quadrants"))
    run_to_the_end(page)
    expect(equal_rows(page)).to_contain_text("1 2 3 4")
    # Around the four test points the map has four colours.
    field, marks = page.get_by_test_id("recipe-map").locator("canvas").all()
    colours = field.evaluate(
        """canvas => {
          const { data } = canvas.getContext('2d').getImageData(0, 0, 60, 60);
          const at = (x, y) => data.slice(4 * (60 * y + x), 4 * (60 * y + x) + 3).join();
          return [at(50, 10), at(10, 10), at(10, 50), at(50, 50)];
        }"""
    )
    assert len(set(colours)) == 4
    drawn = marks.evaluate(
        "c => c.getContext('2d').getImageData(0, 0, c.width, c.height).data.some((v) => v > 0)"
    )
    assert drawn


def test_short_skyone_learns_the_digits(open_page: OpenPage) -> None:
    page = opened(open_page("#/recipes?recipe=skyone"))
    expect(page.get_by_test_id("recipe-changes")).to_contain_text("10,000 training images")
    expect(page.get_by_test_id("recipe-published")).to_contain_text("Here, shorter version")
    shot = "canvas => canvas.toDataURL()"
    before = page.get_by_test_id("recipe-weights").evaluate(shot)
    run_to_the_end(page)
    published, single = (row.locator(".here").inner_text() for row in rows(page).all())
    assert float(published.rstrip(" %")) > 85
    assert float(single.rstrip(" %")) > 85
    assert page.get_by_test_id("recipe-weights").evaluate(shot) != before


def test_bp_mnist_saves_the_file_that_it_is_tested_from(
    open_page: OpenPage, tmp_path: Path
) -> None:
    page = opened(open_page("#/recipes?recipe=bp_mnist"))
    expect(page.get_by_test_id("recipe-file")).to_have_count(0)
    run_to_the_end(page)
    with page.expect_download() as download:
        page.get_by_test_id("recipe-file").click()
    assert download.value.suggested_filename == "bp_mnist.npz"
    download.value.save_as(tmp_path / "bp_mnist.npz")
    with np.load(tmp_path / "bp_mnist.npz", allow_pickle=False) as arrays:
        shapes = {name: arrays[name].shape for name in arrays}
    assert shapes == {"w1": (784, 500), "b1": (500,), "w2": (500, 10), "b2": (10,)}


def progress(page: Page) -> int:
    return int(page.get_by_test_id("recipe-status").get_attribute("aria-valuenow") or 0)


def test_a_stopped_run_stands_still_and_goes_on(open_page: OpenPage) -> None:
    page = opened(open_page("#/recipes?recipe=quadrants&length=full"))
    run, status = page.get_by_test_id("recipe-run"), page.get_by_test_id("recipe-status")
    run.click()
    expect(run).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_test_id("recipe-output")).to_contain_text("after 100 updates")
    run.click()
    expect(run).to_have_attribute("aria-pressed", "false")
    expect(run).to_have_text(re.compile("Go on"))
    expect(status).to_contain_text("Stopped at")
    page.wait_for_timeout(300)  # what was asked for before the click comes to its end
    before, lines = progress(page), page.get_by_test_id("recipe-output").inner_text()
    page.wait_for_timeout(300)
    assert progress(page) == before
    run.click()
    expect(status).to_contain_text("Running")
    expect(page.get_by_test_id("recipe-output")).to_contain_text("after 10,000", timeout=RUN)
    assert page.get_by_test_id("recipe-output").inner_text().startswith(lines.strip())
    page.get_by_test_id("recipe-reset").click()
    expect_status(page, "ready")
    expect(run).to_have_attribute("aria-pressed", "false")
    expect(page.get_by_test_id("recipe-output")).to_be_empty()
    expect(equal_rows(page)).to_have_count(0)


def test_another_tab_stops_the_run(open_page: OpenPage) -> None:
    page = opened(open_page(LONG))
    page.get_by_test_id("recipe-run").click()
    expect_status(page, "running")
    page.get_by_test_id("tab-playground").click()
    page.get_by_test_id("tab-recipes").click()
    expect(page.get_by_test_id("recipe-run")).to_have_attribute("aria-pressed", "false")
    expect(page.get_by_test_id("recipe-status")).to_contain_text("Stopped at")


def test_another_recipe_ends_the_run(open_page: OpenPage) -> None:
    page = opened(open_page(LONG))
    page.get_by_test_id("recipe-run").click()
    expect_status(page, "running")
    page.get_by_test_id("recipe").select_option("eleven_lines")
    expect(page.get_by_test_id("recipe-code")).to_contain_text("eleven_lines:")
    expect_status(page, "ready")
    expect(page.get_by_test_id("recipe-run")).to_have_attribute("aria-pressed", "false")


def test_run_may_be_pressed_before_python_is_there(open_page: OpenPage) -> None:
    page = open_page("#/recipes", ready=False)
    page.get_by_test_id("recipe-run").click()
    wait_until_ready(page)
    expect_status(page, "finished")


# Reading -------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", ["eleven_lines", "quadrants"])
def test_the_program_is_shown_in_colour_and_saved(
    open_page: OpenPage, tmp_path: Path, name: str
) -> None:
    page = opened(open_page(f"#/recipes?recipe={name}"))
    code = page.get_by_test_id("recipe-code")
    expect(code.locator(".tok-keyword").first).to_be_visible()
    assert (code.text_content() or "").rstrip() == source(name).rstrip()
    colours = {
        token: code.locator(token).first.evaluate("e => getComputedStyle(e).color")
        for token in (".tok-keyword", ".tok-string", ".tok-number")
    }
    assert len(set(colours.values())) == 3
    code.focus()
    page.keyboard.press("PageDown")
    page.wait_for_function(
        "() => document.querySelector('[data-testid=recipe-code]').scrollTop > 0"
    )
    with page.expect_download() as download:
        page.get_by_test_id("recipe-code-save").click()
    assert download.value.suggested_filename == f"{name}.py"
    download.value.save_as(tmp_path / "saved.py")
    assert (tmp_path / "saved.py").read_text(encoding="utf-8") == source(name)


def test_the_program_is_copied(open_page: OpenPage) -> None:
    page = open_page("#/recipes", permissions=["clipboard-read", "clipboard-write"])
    opened(page).get_by_test_id("recipe-code-copy").click()
    expect(page.get_by_test_id("recipe-code-copy")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == source("eleven_lines")


def test_colours_are_loaded_only_where_they_are_seen(open_page: OpenPage, watch: Any) -> None:
    page = open_page("#/playground")
    assert not [url for url in watch.requests if "/highlight-" in url]
    page.get_by_test_id("tab-recipes").click()
    expect(page.get_by_test_id("recipe-code").locator(".tok-keyword").first).to_be_visible()
    assert [url for url in watch.requests if "/highlight-" in url]


# The address ---------------------------------------------------------------------------------
def test_the_address_follows_the_choice_and_leads_back(open_page: OpenPage) -> None:
    page = opened(open_page("#/recipes"))
    page.get_by_test_id("recipe").select_option("quadrants")
    expect(page).to_have_url(re.compile(r"#/recipes\?recipe=quadrants$"))
    page.get_by_test_id("recipe-length").get_by_role("button").last.click()
    expect(page).to_have_url(re.compile(r"#/recipes\?recipe=quadrants&length=full$"))
    expect(page.get_by_test_id("recipe-changes")).to_contain_text("full length")
    page.reload()
    wait_until_ready(page)
    opened(page)
    expect(page.get_by_test_id("recipe")).to_have_value("quadrants")
    expect(page.get_by_test_id("recipe-changes")).to_contain_text("full length")
    expect(page).to_have_url(re.compile(r"#/recipes\?recipe=quadrants&length=full$"))


def test_settings_that_python_refuses_are_named_and_left_out(open_page: OpenPage) -> None:
    page = open_page("#/recipes?recipe=thirteen_lines&length=eternal&colour=red")
    opened(page)
    message = page.get_by_test_id("error")
    for told in ("thirteen_lines", "eternal", "colour"):
        expect(message).to_contain_text(told)
    expect(page.get_by_test_id("recipe")).to_have_value("eleven_lines")
    expect(page.get_by_test_id("recipe-code")).to_contain_text("eleven_lines:")
    expect(page).to_have_url(re.compile(r"#/recipes$"))


@pytest.mark.expected_problems("request failed", "ERR_BLOCKED_BY_CLIENT")
def test_missing_images_are_told_and_fetched_again(open_page: OpenPage) -> None:
    page = opened(open_page("#/recipes"))
    pattern = re.compile(r"/mnist/train-images-00")
    page.route(pattern, lambda route: route.abort("blockedbyclient"))
    page.get_by_test_id("recipe").select_option("nielsen")
    expect(page.get_by_test_id("error")).to_contain_text("train-images-00")
    page.unroute(pattern)
    page.get_by_test_id("recipe-retry").click()
    expect(page.get_by_test_id("error")).to_be_hidden()
    opened(page)
    expect(page.get_by_test_id("recipe-code")).to_contain_text("nielsen:")


# Languages, accessibility --------------------------------------------------------------------
def test_both_languages_and_the_titles_as_published(open_page: OpenPage) -> None:
    page = opened(open_page("#/recipes"))
    run_to_the_end(page)
    for name in NAMES:
        title = RECIPES[name].TITLE
        option = page.get_by_test_id("recipe").locator(f'option[value="{name}"]')
        expect(option).to_contain_text(title)
    assert not BARE_KEY.search(own_words(page))
    page.get_by_test_id("language").click()
    # The results of the run stay.
    expect(equal_rows(page)).to_have_count(18)
    expect(equal_rows(page).first).to_contain_text("相同")
    assert not BARE_KEY.search(own_words(page))
    assert not re.findall(r"[A-Za-z]{3,} [A-Za-z]{3,}", own_words(page))


def own_words(page: Page) -> str:
    """The tab's texts without the program and its output, which are English in every language."""
    text: str = page.locator(".recipes").evaluate(
        """tab => {
          const copy = tab.cloneNode(true);
          for (const foreign of copy.querySelectorAll('pre')) foreign.remove();
          return copy.textContent;
        }"""
    )
    return text


@THEMES_AND_WIDTHS
def test_axe_finds_nothing(open_page: OpenPage, theme: str, width: int) -> None:
    page = open_page("#/recipes", color_scheme=theme, viewport={"width": width, "height": 800})
    run_to_the_end(page)
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
    page.get_by_test_id("recipe").select_option("quadrants")
    expect(page.get_by_test_id("recipe-code")).to_contain_text("quadrants:")
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()


# The drawings follow a new size within the next picture.
FITS_WHEN_DRAWN = """() => new Promise((resolve) => {
  const look = () => resolve(document.documentElement.scrollWidth <= innerWidth);
  requestAnimationFrame(() => requestAnimationFrame(look));
})"""


def test_nothing_sticks_out_sideways(open_page: OpenPage) -> None:
    page = opened(open_page("#/recipes"))
    for name in NAMES[:3]:
        page.get_by_test_id("recipe").select_option(name)
        expect(page.get_by_test_id("recipe-code")).to_contain_text(f"{name}:")
        for width in (360, 768, 1024, 1440):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate(FITS_WHEN_DRAWN), width
