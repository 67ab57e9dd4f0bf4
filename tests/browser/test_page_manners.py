"""How the page gets along with what browsers do to pages: translate them, drop files on them."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

OpenPage = Callable[..., Page]

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
    page = open_page("#/digits?subset=1000")
    expect(page.get_by_test_id("digits-train")).to_be_enabled()
    page.locator("body").evaluate(TRANSLATE)
    page.get_by_test_id("digits-train").click()
    expect(page.get_by_test_id("digits-status")).to_contain_text("Epoch")
    expect(page.get_by_test_id("digits-loss")).not_to_have_text("–")
