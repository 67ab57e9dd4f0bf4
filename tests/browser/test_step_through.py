"""One step opened up on the page: forward, back, into the weights, with the numbers of Python."""

import re
from typing import Any

import pytest
from pen import THREE, draw, pad, prediction
from playwright.sync_api import Page, expect

ROUTE = "#/digits?subset=1000"


@pytest.fixture
def page(open_page: Any) -> Page:
    page: Page = open_page(ROUTE)
    expect(page.get_by_test_id("digits-status")).to_contain_text(re.compile("Ready|已就绪"))
    return page


def letter(page: Page) -> tuple[str, ...]:
    shown = page.get_by_test_id("step-letter")
    return tuple(shown.get_attribute(f"data-{name}") or "" for name in ("phase", "name", "letter"))


def expect_letter(page: Page, phase: str, name: str, what: str) -> None:
    shown = page.get_by_test_id("step-letter")
    for key, value in (("phase", phase), ("name", name), ("letter", what)):
        expect(shown).to_have_attribute(f"data-{key}", value)


def go_to(page: Page, phase: str, name: str, what: str) -> None:
    select = page.get_by_test_id("step-moment")
    expect(select.locator("option").first).to_be_attached()
    options = [" ".join(text.split()) for text in select.locator("option").all_inner_texts()]
    select.select_option(index=options.index(f"{phase} · {name} · {what}"))


def told(page: Page) -> float:
    """The sum that the page shows, from the numbers that it shows of it."""
    cell = page.get_by_test_id("step-cell")
    rows = cell.locator("tbody tr[data-a]").all()
    numbers = [[float(r.get_attribute(f"data-{k}") or 0) for k in "ab"] for r in rows]
    bias = cell.locator('[data-letter="b"]')
    more = float(bias.get_attribute("data-value") or 0) if bias.count() else 0.0
    rest = cell.locator("tr[data-others] td").last
    if rest.count():
        more += float(rest.inner_text().replace("−", "-"))
    return sum(a * b for a, b in numbers) + more


def value(page: Page) -> float:
    return float(page.get_by_test_id("step-cell").get_attribute("data-value") or "nan")


def test_a_drawn_digit_is_followed_forward_and_back(page: Page) -> None:
    draw(page, THREE)
    prediction(page)
    page.get_by_test_id("step-through").click()
    expect(page.get_by_test_id("step-dialog")).to_be_visible()
    expect_letter(page, "forward", "conv2d_1", "z")
    expect(page.get_by_test_id("step-cell")).to_contain_text("z = Σ x W + b")
    assert told(page) == pytest.approx(value(page), rel=1e-3)
    expect(page.get_by_test_id("step-code")).to_contain_text("matmul(rows, matrix")
    expect(page.get_by_test_id("step-back")).to_be_disabled()
    page.get_by_test_id("step-next").click()
    expect_letter(page, "forward", "conv2d_1", "a")
    page.get_by_test_id("step-back").click()
    expect_letter(page, "forward", "conv2d_1", "z")
    go_to(page, "Forward", "dense_2", "a")
    expect(page.get_by_test_id("step-numbers")).to_have_attribute("data-place", "3")
    assert value(page) > 0.5
    go_to(page, "Backward", "dense_1", "dW")
    expect(page.get_by_test_id("step-cell")).to_contain_text("dW = Σ x dz")
    assert told(page) == pytest.approx(value(page), rel=1e-3)
    go_to(page, "The update", "dense_2.bias", "W")
    expect(page.get_by_test_id("step-next")).to_be_disabled()
    expect(page.get_by_test_id("step-cell")).to_contain_text("W ← W − r g")


def test_a_number_is_gone_to_by_keys_and_by_the_mouse(page: Page) -> None:
    draw(page, THREE)
    prediction(page)
    page.get_by_test_id("step-through").click()
    go_to(page, "Forward", "dense_2", "z")
    numbers = page.get_by_test_id("step-numbers")
    # Until its numbers have come, those of the moment before are seen.
    expect(numbers).to_have_attribute("aria-label", re.compile(r"^z of dense_2: 10 numbers"))
    box = numbers.bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] * 0.35, box["y"] + box["height"] / 2)
    expect(numbers).to_have_attribute("data-place", "3")
    expect(page.get_by_test_id("step-cell")).to_contain_text("z[3]")
    numbers.focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_test_id("step-cell")).to_contain_text("z[4]")
    for _ in range(9):
        page.keyboard.press("ArrowRight")
    expect(page.get_by_test_id("step-cell")).to_contain_text("z[9]")


def test_another_truth_makes_another_loss(page: Page) -> None:
    draw(page, THREE)
    prediction(page)
    page.get_by_test_id("step-through").click()
    expect(page.get_by_test_id("step-truth")).to_have_value("3")
    go_to(page, "The loss", "loss", "L")
    expect(page.get_by_test_id("step-cell")).to_contain_text("L = −Σ t log a")
    before = value(page)
    page.get_by_test_id("step-truth").select_option("8")
    expect(page.get_by_test_id("step-cell")).not_to_have_attribute("data-value", str(before))
    assert value(page) > before
    assert letter(page) == ("loss", "loss", "L")  # it stays where it was


def test_a_training_image_goes_through_the_own_network_as_it_learns(page: Page) -> None:
    page.get_by_test_id("digits-train").click()
    expect(page.get_by_test_id("digits-loss")).not_to_have_text("–")
    page.get_by_test_id("step-through").click()
    expect(page.get_by_test_id("step-dialog")).to_be_visible()
    expect_letter(page, "forward", "dense_1", "z")
    place = page.get_by_test_id("step-place")
    expect(place).to_have_text(re.compile(r"^1: \d$"))
    page.get_by_test_id("step-example").click()
    expect(place).to_have_text(re.compile(r"^2: \d$"))
    go_to(page, "The update", "dense_2.weights", "W")
    expect(page.get_by_test_id("step-cell")).to_contain_text("v ← m v − r g")
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("step-dialog")).to_have_count(0)
    expect(pad(page)).to_be_visible()


def test_a_point_goes_through_the_playground_in_both_languages(open_page: Any) -> None:
    for locale, title in (("en-US", "One step, opened up"), ("zh-CN", "一步训练，逐步拆开")):
        page = open_page("#/?network_shape=3", locale=locale)
        page.get_by_test_id("step-through-point").click()
        dialog = page.get_by_test_id("step-dialog")
        expect(dialog).to_contain_text(title)
        expect_letter(page, "forward", "dense_1", "z")
        assert told(page) == pytest.approx(value(page), rel=1e-3)
        page.get_by_test_id("step-example").click()
        expect(page.get_by_test_id("step-place")).to_have_text(re.compile(r"^2: [01]$"))
        page.close()
