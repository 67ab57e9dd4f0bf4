"""The drawing pad: mouse, finger, pen and keys; what the network sees and what it answers."""

import re
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from pen import THREE, clear, draw, pad, prediction, probabilities
from playwright.sync_api import CDPSession, Page, expect

Ink = npt.NDArray[np.int_]

PHONE: dict[str, Any] = {
    "viewport": {"width": 360, "height": 740},
    "has_touch": True,
    "is_mobile": True,
    "device_scale_factor": 2,
}
# No drawing needs more than the smallest set: the network is not trained here.
ROUTE = "#/digits?subset=1000"
DIGIT = re.compile(r"^\d$")


def ink_of(page: Page) -> Ink:
    """The network's input as it is shown, (28, 28): how far each pixel is from the paper's grey."""
    pixels = page.get_by_test_id("network-input").evaluate(
        """(canvas) => {
            const copy = new OffscreenCanvas(28, 28).getContext('2d', { willReadFrequently: true });
            copy.drawImage(canvas, 0, 0);
            const { data } = copy.getImageData(0, 0, 28, 28);
            const paper = data[0];
            return Array.from({ length: 784 }, (_, i) => Math.abs(data[4 * i] - paper));
        }"""
    )
    return np.array(pixels).reshape(28, 28)


def places(page: Page, stroke: list[tuple[float, float]]) -> list[tuple[float, float]]:
    pad(page).scroll_into_view_if_needed()
    box = pad(page).bounding_box()
    assert box
    return [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in stroke]


def touch(session: CDPSession, kind: str, *fingers: tuple[float, float]) -> None:
    points = [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(fingers)]
    session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})


def assert_answered(page: Page) -> None:
    assert DIGIT.match(prediction(page))
    assert sum(probabilities(page)) == pytest.approx(1.0, abs=1e-4)


def test_blank_pad_has_no_answer_and_empty_bars(open_page: Any) -> None:
    page = open_page(ROUTE)
    assert prediction(page) == "–"
    expect(page.get_by_test_id("prediction")).to_have_attribute("data-value", "")
    assert probabilities(page) == [0.0] * 10


def test_mouse_drawing_is_seen_in_28_by_28_and_answered_before_any_training(
    open_page: Any,
) -> None:
    page = open_page(ROUTE)
    draw(page, THREE)
    assert_answered(page)
    shares = probabilities(page)
    answer = page.get_by_test_id("prediction").get_attribute("data-value")
    assert answer == str(shares.index(max(shares)))
    rows = np.flatnonzero(ink_of(page).max(axis=1) > 20)
    # MNIST's box: the longest side is 20 pixels, around the middle of 28.
    assert len(rows) == 20 and rows[0] in range(2, 7)


def test_clear_empties_pad_input_and_answer(open_page: Any) -> None:
    page = open_page(ROUTE)
    draw(page, THREE)
    assert_answered(page)
    clear(page)
    assert prediction(page) == "–"
    assert probabilities(page) == [0.0] * 10
    assert ink_of(page).max() == 0


def test_drawing_made_before_python_is_ready_is_answered_when_it_is(open_page: Any) -> None:
    page = open_page(ROUTE, ready=False)
    draw(page, THREE)
    expect(page.get_by_test_id("prediction")).to_have_attribute(
        "data-value", DIGIT, timeout=120_000
    )
    assert_answered(page)


def test_drawing_stays_when_theme_language_tab_and_network_change(open_page: Any) -> None:
    page = open_page(ROUTE)
    draw(page, THREE)
    before = prediction(page)
    seen = ink_of(page)
    page.get_by_test_id("theme").click()
    page.get_by_test_id("language").click()
    page.get_by_test_id("tab-playground").click()
    page.get_by_test_id("tab-digits").click()
    assert prediction(page) == before
    assert ((ink_of(page) > 0) == (seen > 0)).all()
    page.get_by_test_id("shipped-model").get_by_role("button").last.click()
    expect(page.get_by_text("尚未训练")).to_be_visible()
    untrained = probabilities(page)
    page.get_by_test_id("digits-architecture").select_option("784-10")
    # The new network is asked about the drawing that is still there.
    expect(page.get_by_test_id("probability-0")).not_to_have_attribute(
        "data-value", str(untrained[0])
    )
    assert_answered(page)


def test_finger_draws_without_scrolling_and_a_second_finger_changes_nothing(
    open_page: Any,
) -> None:
    page = open_page(ROUTE, **PHONE)
    stroke = places(page, THREE)
    session = page.context.new_cdp_session(page)
    scroll = page.evaluate("scrollY")
    touch(session, "touchStart", stroke[0])
    for place in stroke[1:]:
        touch(session, "touchMove", place)
    touch(session, "touchEnd")
    assert_answered(page)
    assert page.evaluate("scrollY") == scroll
    one_finger = ink_of(page)

    clear(page)
    other = places(page, [(0.1, 0.9)])[0]
    touch(session, "touchStart", stroke[0])
    touch(session, "touchStart", stroke[0], other)
    for place in stroke[1:]:
        touch(session, "touchMove", place, other)
    touch(session, "touchEnd")
    assert_answered(page)
    assert (ink_of(page) == one_finger).all()


def test_tap_leaves_a_round_dot(open_page: Any) -> None:
    page = open_page(ROUTE, **PHONE)
    pad(page).tap()
    assert_answered(page)
    ink = ink_of(page)
    # The only ink there is fills MNIST's box: a disc of 20 pixels across.
    assert (ink.max(axis=1) > 0).sum() == (ink.max(axis=0) > 0).sum() == 20
    # A disc of that size covers 314 pixels, a square 400, a diamond 200.
    assert 260 < (ink > 100).sum() < 340


def test_a_stray_tap_far_from_the_digit_does_not_make_it_smaller(open_page: Any) -> None:
    page = open_page(ROUTE)
    small = [(x / 2, y / 2) for x, y in THREE]
    draw(page, small)
    assert_answered(page)
    seen = ink_of(page)
    draw(page, [(0.95, 0.95)])
    assert_answered(page)
    assert (ink_of(page) == seen).all()
    # What is close belongs to the digit.
    draw(page, [(0.27, 0.5)])
    assert_answered(page)
    assert (ink_of(page) != seen).any()


def test_pen_draws(open_page: Any) -> None:
    page = open_page(ROUTE)
    session = page.context.new_cdp_session(page)
    stroke = places(page, THREE)
    for number, (x, y) in enumerate(stroke):
        kind = "mouseMoved" if number else "mousePressed"
        session.send(
            "Input.dispatchMouseEvent",
            {
                "type": kind,
                "x": x,
                "y": y,
                "button": "left",
                "buttons": 1,
                "clickCount": 1,
                "pointerType": "pen",
                "force": 0.5,
            },
        )
    x, y = stroke[-1]
    session.send(
        "Input.dispatchMouseEvent",
        {"type": "mouseReleased", "x": x, "y": y, "button": "left", "pointerType": "pen"},
    )
    assert_answered(page)


def test_keyboard_alone_draws_and_clears(open_page: Any) -> None:
    page = open_page(ROUTE)
    pad(page).focus()
    for _ in range(8):
        page.keyboard.press("ArrowUp")
    assert prediction(page) == "–", "a pen that is up writes nothing"
    page.keyboard.press("Space")
    for _ in range(16):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    assert_answered(page)
    dark = ink_of(page) > 100
    assert dark.any(axis=1).sum() == 20 and dark.any(axis=0).sum() <= 4, "an upright line"
    page.keyboard.press("Escape")
    assert prediction(page) == "–"


def test_stroke_that_leaves_the_pad_goes_on_and_ends_where_the_button_comes_up(
    open_page: Any,
) -> None:
    page = open_page(ROUTE)
    draw(page, [(0.5, 0.2), (0.5, 0.6), (1.4, 0.6), (0.5, 0.8)])
    assert_answered(page)
    seen = ink_of(page)
    # The button is up: moving over the pad adds nothing. A dot on the ink asks for an answer.
    x, y = places(page, [(0.1, 0.1)])[0]
    page.mouse.move(x, y, steps=3)
    draw(page, [(0.5, 0.4)])
    assert_answered(page)
    assert abs(ink_of(page) - seen).max() < 30
