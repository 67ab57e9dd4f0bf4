"""A person's own signs: named, kept in the browser, learned in a moment, read from then on."""

import re
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from own_signs import drawn
from pen import draw, pad, prediction
from playwright.sync_api import Page, expect

from pynn.reader import Hand

ROUTE = "#/digits?subset=1000"


def write(page: Page, sign: str, rng: np.random.Generator) -> None:
    draw(page, *drawn(sign, rng), steps=1, in_heights=True)


def count(page: Page, examples: int) -> None:
    expect(page.get_by_test_id("own-examples")).to_have_attribute("data-count", str(examples))


def keep(page: Page, sign: str, examples: int, rng: np.random.Generator, before: int = 0) -> None:
    """Enter keeps one after the other; the name stays."""
    page.get_by_test_id("own-label").fill(sign)
    for number in range(1, examples + 1):
        write(page, sign, rng)
        page.get_by_test_id("own-label").press("Enter")
        count(page, before + number)
        expect(page.locator(".pad")).to_have_attribute("data-blank", "true")


def learn(page: Page) -> None:
    page.get_by_test_id("own-learn").click()
    expect(page.get_by_test_id("own-result")).to_have_attribute("data-epoch", "10")
    expect(answerers(page)).to_contain_text(re.compile("Your hand|你的笔迹"))


def answerers(page: Page) -> Any:
    return page.get_by_test_id("shipped-model")


def own_reads(page: Page, sign: str, times: int, rng: np.random.Generator) -> int:
    right = 0
    for _ in range(times):
        page.get_by_test_id("clear-pad").click()
        write(page, sign, rng)
        prediction(page)
        right += page.get_by_test_id("reading").get_attribute("data-value") == sign
    return right


@pytest.fixture
def page(open_page: Any) -> Page:
    page: Page = open_page(ROUTE)
    expect(page.get_by_test_id("digits-status")).to_contain_text(re.compile("Ready|已就绪"))
    return page


def test_twenty_examples_of_an_own_sign_are_learned_in_ten_seconds_and_read(page: Page) -> None:
    rng = np.random.default_rng(5)
    keep(page, "A", 20, rng)
    began = time.perf_counter()
    learn(page)
    assert time.perf_counter() - began < 10.0  # what the page promises; it takes one second or two
    result = page.get_by_test_id("own-result")
    assert float(result.get_attribute("data-own") or 0) == 1.0
    assert float(result.get_attribute("data-digits") or 0) > 0.97
    assert own_reads(page, "A", 20, rng) >= 18
    expect(page.get_by_test_id("probability-A")).to_have_attribute("data-best", "true")
    # The others still read digits alone.
    answerers(page).get_by_role("button", name="The page’s").click()
    expect(page.get_by_test_id("probability-A")).to_have_count(0)
    expect(page.get_by_test_id("probability-9")).to_be_visible()


def test_examples_and_what_was_learned_outlive_the_page(page: Page) -> None:
    rng = np.random.default_rng(6)
    keep(page, "A", 3, rng)
    keep(page, "K", 3, rng, before=3)
    page.get_by_test_id("own-mixed").get_by_role("button", name="Alone").click()
    learn(page)
    page.reload()
    count(page, 6)
    expect(page.get_by_test_id("own-undo")).to_be_disabled()  # they were there all the time
    answerers(page).get_by_role("button", name="Your hand").click()
    assert own_reads(page, "K", 3, rng) >= 2


def test_a_change_is_taken_back_and_an_example_removed(page: Page) -> None:
    rng = np.random.default_rng(7)
    keep(page, "A", 2, rng)
    page.get_by_role("button", name="Remove example 2 of “A”").click()
    count(page, 1)
    page.get_by_test_id("own-clear").click()
    count(page, 0)
    page.get_by_test_id("own-undo").click()
    count(page, 1)
    page.get_by_test_id("own-undo").click()
    count(page, 2)


def test_a_file_goes_to_python_and_comes_back(page: Page, tmp_path: Path) -> None:
    rng = np.random.default_rng(8)
    keep(page, "A", 2, rng)
    with page.expect_download() as download:
        page.get_by_test_id("own-save").click()
    download.value.save_as(tmp_path / "hand.npz")
    hand = Hand.from_bytes((tmp_path / "hand.npz").read_bytes())
    assert hand.names == ["A", "A"] and hand.images.max() == 255
    more = hand + Hand(np.roll(hand.images, 1, axis=1), ["猫", "猫"])
    (tmp_path / "more.npz").write_bytes(more.to_bytes())
    page.get_by_test_id("own-load").set_input_files(tmp_path / "more.npz")
    count(page, 4)  # the two that were there are not there twice
    expect(page.get_by_test_id("own-examples")).to_contain_text("猫")
    page.get_by_test_id("own-load").set_input_files(Path(__file__))
    expect(page.get_by_text("This file holds no examples of a hand.")).to_be_visible()
    count(page, 4)


def test_examples_outlive_a_worker(page: Page) -> None:
    rng = np.random.default_rng(9)
    keep(page, "A", 3, rng)
    learn(page)
    [worker] = page.workers
    worker.evaluate("setTimeout(() => self.close())")
    expect(page.get_by_test_id("error")).to_contain_text("Python ended unexpectedly")
    count(page, 3)
    expect(answerers(page)).to_contain_text("Your hand")
    answerers(page).get_by_role("button", name="Your hand").click()
    assert own_reads(page, "A", 3, rng) >= 2


def test_what_cannot_be_done_yet_is_not_offered(page: Page) -> None:
    add = page.get_by_test_id("own-add")
    expect(add).to_be_disabled()
    page.get_by_test_id("own-label").fill("A")
    expect(add).to_be_disabled()  # nothing is drawn
    write(page, "A", np.random.default_rng(1))
    expect(add).to_be_enabled()
    page.get_by_test_id("own-label").fill("  ")
    expect(add).to_be_disabled()
    page.get_by_test_id("own-label").fill("A")
    add.click()
    count(page, 1)
    expect(pad(page)).to_be_visible()
    page.get_by_test_id("own-mixed").get_by_role("button", name="Alone").click()
    expect(page.get_by_test_id("own-learn")).to_be_disabled()
    expect(page.get_by_test_id("own-status")).to_have_text("Alone, it needs two signs or more.")
