"""First visit, nothing pressed: a digit or a whole number is read, and what is none is said so."""

import base64
import re
import struct
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from odd_drawings import Drawing, number, single
from pen import THREE, clear, draw, mnist_test_digits, pad, prediction, probabilities
from playwright.sync_api import Page, expect
from reader.signs import SIGNS, written

ROUTE = "#/digits?subset=1000"
# The pad's width in its heights, or a little less.
WIDE = 1.3


def write(page: Page, strokes: list[Any]) -> None:
    """With the mouse; places are in heights of the pad."""
    draw(page, *strokes, steps=1, in_heights=True)


def read(page: Page, drawing: Drawing) -> str:
    clear(page)
    write(page, drawing.strokes)
    prediction(page)
    return page.get_by_test_id("reading").get_attribute("data-value") or ""


def letter(name: str) -> list[Any]:
    return [stroke / 8 * 0.6 + np.array([0.3, 0.2]) for stroke in written(SIGNS[name][0])]


@pytest.fixture
def page(open_page: Any) -> Page:
    page: Page = open_page(ROUTE)
    pad(page).scroll_into_view_if_needed()
    return page


@pytest.mark.parametrize(
    ("count", "least"), [(12, 10), pytest.param(40, 36, marks=pytest.mark.long)]
)
def test_digits_drawn_at_odd_places_are_read_before_anything_is_trained(
    page: Page, dist: Path, count: int, least: int
) -> None:
    images, labels = mnist_test_digits(dist, 200)
    rng = np.random.default_rng(21)
    answers = []
    for row in rng.integers(0, 200, count):
        drawing = single(images[row], labels[row], rng, WIDE)
        answers.append(read(page, drawing) == drawing.text)
        assert sum(probabilities(page)) == pytest.approx(1.0, abs=1e-4)
    assert sum(answers) >= least


@pytest.mark.parametrize(("count", "least"), [(3, 2), pytest.param(10, 7, marks=pytest.mark.long)])
def test_numbers_are_read_whole_with_each_answer_under_its_digit(
    page: Page, dist: Path, count: int, least: int
) -> None:
    images, labels = mnist_test_digits(dist, 200)
    rng = np.random.default_rng(22)
    right = 0
    for _ in range(count):
        rows = rng.integers(0, 200, 4)
        drawing = number(images[rows], labels[rows], rng, WIDE)
        text = read(page, drawing)
        right += text == drawing.text
        notes = page.locator(".pad-note").all_inner_texts()
        assert [note[0] for note in notes] == list(text)
    assert right >= least


def test_2026_reads_2026_and_each_digit_can_be_looked_at(page: Page, dist: Path) -> None:
    images, labels = mnist_test_digits(dist, 100)
    rows = [int(np.flatnonzero(labels == digit)[1]) for digit in (2, 0, 2, 6)]
    drawing = number(images[rows], labels[rows], np.random.default_rng(3), WIDE)
    assert read(page, drawing) == "2026"
    expect(page.get_by_test_id("reading")).to_have_text(re.compile(r"^\s*2\s*0\s*2\s*6\s*$"))
    expect(page.get_by_test_id("prediction")).to_have_text("6")
    page.get_by_role("button", name="Look at digit 2: 0").click()
    expect(page.get_by_test_id("prediction")).to_have_text("0")
    expect(page.get_by_test_id("probability-0")).to_have_attribute("data-best", "true")


@pytest.mark.parametrize(
    ("locale", "sentence"),
    [("en-US", "This does not look like a digit."), ("zh-CN", "这不像一个数字。")],
)
def test_what_is_no_digit_is_said_to_be_none(open_page: Any, locale: str, sentence: str) -> None:
    page = open_page(ROUTE, locale=locale)
    verdict = page.get_by_test_id("not-a-digit")
    expect(verdict).to_have_attribute("data-value", "true")  # blank paper
    for name in ("A", "H", "star"):
        clear(page)
        write(page, letter(name))
        prediction(page)
        expect(verdict).to_have_text(sentence)
        expect(verdict).to_have_attribute("data-value", "true")
    clear(page)
    draw(page, THREE)
    prediction(page)
    expect(verdict).to_have_attribute("data-value", "false")
    expect(verdict).to_be_hidden()


def test_a_stray_mark_is_left_out_and_said_so(page: Page) -> None:
    small = np.array(THREE) * 0.4 + np.array([0.1, 0.3])
    write(page, [small])
    prediction(page)
    expect(page.get_by_test_id("stray")).to_have_count(0)
    write(page, [[(1.2, 0.1)]])
    expect(page.get_by_test_id("stray")).to_have_text("A stray mark was left out.")
    expect(page.get_by_test_id("reading")).to_have_attribute("data-value", "3")


def test_undo_takes_the_last_stroke_back(page: Page) -> None:
    one = [(0.3, 0.2), (0.3, 0.8)]
    write(page, [one, [(0.8, 0.2), (0.8, 0.8)]])
    expect(page.get_by_test_id("reading")).to_have_attribute("data-value", "11")
    page.get_by_test_id("undo-stroke").click()
    expect(page.get_by_test_id("reading")).to_have_attribute("data-value", "1")
    pad(page).focus()
    page.keyboard.press("Control+z")
    expect(page.get_by_test_id("prediction")).to_have_text("–")
    expect(page.get_by_test_id("undo-stroke")).to_be_disabled()


def test_the_pages_network_answers_until_ones_own_has_learned(page: Page) -> None:
    choice = page.get_by_test_id("shipped-model")
    expect(choice).to_be_visible()
    shipped, own = choice.get_by_role("button").all()
    expect(page.get_by_role("heading", name="What the page’s network has learned")).to_be_visible()
    expect(page.get_by_test_id("confusion-matrix").locator("tbody td").first).to_have_text(
        re.compile(r"^9\d\d$")
    )
    draw(page, THREE)
    prediction(page)
    before = probabilities(page)
    expect(shipped).to_have_attribute("aria-pressed", "true")
    own.click()
    expect(page.get_by_text("Not trained yet")).to_be_visible()
    expect(page.get_by_test_id("probability-3")).not_to_have_attribute("data-value", str(before[3]))
    shipped.click()
    expect(page.get_by_test_id("probability-3")).to_have_attribute("data-value", str(before[3]))
    page.get_by_test_id("digits-train").click()
    expect(own).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("heading", name="What the network has learned")).to_be_visible()
    shipped.click()
    expect(page.get_by_role("heading", name="What the page’s network has learned")).to_be_visible()
    expect(page.get_by_test_id("probability-3")).to_have_attribute("data-value", str(before[3]))


def test_it_reads_while_the_images_are_still_on_their_way(open_page: Any) -> None:
    page: Page = open_page("#/playground")
    page.route("**/mnist/**", lambda route: None)  # they never come
    page.get_by_test_id("tab-digits").click()
    draw(page, THREE)
    expect(page.get_by_test_id("reading")).to_have_attribute("data-value", "3")
    expect(page.get_by_test_id("shipped-model")).to_have_count(0)


def test_the_pad_fits_a_phone_held_sideways(open_page: Any) -> None:
    page: Page = open_page(ROUTE, viewport={"width": 740, "height": 360}, has_touch=True)
    pad(page).evaluate("pad => pad.scrollIntoView({ block: 'center' })")
    box = pad(page).bounding_box()
    assert box and box["y"] >= 0 and box["y"] + box["height"] <= 360
    assert box["width"] / box["height"] == pytest.approx(1.6, abs=0.05)
    assert page.evaluate("document.documentElement.scrollWidth") <= 740


def photo(dist: Path, digits: str) -> bytes:
    """A PNG of these of MNIST's digits in a row, dark on light grey paper."""
    images, labels = mnist_test_digits(dist, 100)
    row = np.hstack([images[np.flatnonzero(labels == int(digit))[0]] for digit in digits])
    grey = 230 - np.pad(np.kron(row, np.ones((4, 4))), 40) * 0.8
    lines = b"".join(b"\0" + line.astype(np.uint8).tobytes() for line in grey)

    def chunk(kind: bytes, content: bytes) -> bytes:
        body = kind + content
        return struct.pack(">I", len(content)) + body + struct.pack(">I", zlib.crc32(body))

    size = struct.pack(">IIBBBBB", grey.shape[1], grey.shape[0], 8, 0, 0, 0, 0)
    head = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", size)
    return head + chunk(b"IDAT", zlib.compress(lines)) + chunk(b"IEND", b"")


def test_a_photo_is_read_by_button_drop_and_paste(page: Page, dist: Path) -> None:
    reading = page.get_by_test_id("reading")
    file = {"name": "photo.png", "mimeType": "image/png", "buffer": photo(dist, "407")}
    page.get_by_test_id("load-picture").set_input_files(file)
    expect(reading).to_have_attribute("data-value", "407")
    assert page.locator(".pad-note").all_inner_texts() == ["4", "0", "7"]
    for kind, digits in (("drop", "12"), ("paste", "95")):
        page.evaluate(
            """([kind, content]) => {
                const bytes = Uint8Array.from(atob(content), (one) => one.charCodeAt(0));
                const data = new DataTransfer();
                data.items.add(new File([bytes], 'photo.png', { type: 'image/png' }));
                const event = kind === 'drop'
                  ? new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true })
                  : new ClipboardEvent('paste',
                      { clipboardData: data, bubbles: true, cancelable: true });
                document.body.dispatchEvent(event);
            }""",
            [kind, base64.b64encode(photo(dist, digits)).decode()],
        )
        expect(reading).to_have_attribute("data-value", digits)
    # A stroke begins anew on blank paper.
    write(page, [[(0.5, 0.2), (0.5, 0.8)]])
    expect(reading).to_have_attribute("data-value", "1")


def test_a_file_that_is_no_picture_is_refused_in_a_sentence(page: Page) -> None:
    write(page, [[(0.5, 0.2), (0.5, 0.8)]])
    file = {"name": "photo.png", "mimeType": "image/png", "buffer": b"no picture"}
    page.get_by_test_id("load-picture").set_input_files(file)
    expect(page.get_by_test_id("error")).to_contain_text("cannot open this file as a picture")
    expect(page.get_by_test_id("reading")).to_have_attribute("data-value", "1")


def test_what_spoke_for_and_against_is_coloured_while_it_is_wanted(page: Page) -> None:
    image = page.get_by_test_id("network-input")
    button = page.get_by_test_id("evidence")
    draw(page, THREE)
    prediction(page)
    expect(image).to_have_js_property("width", 28)
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(image).to_have_js_property("width", 112)
    of_three = image.evaluate("canvas => canvas.toDataURL()")
    clear(page)
    expect(image).to_have_js_property("width", 28)
    write(page, [[(0.5, 0.2), (0.5, 0.8)]])
    expect(image).to_have_js_property("width", 112)
    assert image.evaluate("canvas => canvas.toDataURL()") != of_three
    button.click()
    expect(image).to_have_js_property("width", 28)


def test_a_threshold_says_what_is_answered_and_makes_the_pad_say_it_does_not_know(
    page: Page,
) -> None:
    result = page.get_by_test_id("threshold-result")
    expect(result).to_contain_text(re.compile(r"answers 100\.0% of the test images, and 99\.[2-5]"))
    draw(page, THREE)
    prediction(page)
    expect(page.get_by_test_id("unknown")).to_have_count(0)
    page.get_by_test_id("threshold").fill("99")
    expect(page.get_by_test_id("unknown")).to_be_visible()
    answered = float(result.get_attribute("data-answered") or 1)
    right = float(result.get_attribute("data-right") or 0)
    assert answered < 0.9 and right > 0.998
    page.get_by_test_id("threshold").fill("40")
    expect(page.get_by_test_id("unknown")).to_have_count(0)


def test_a_cell_of_the_confusion_matrix_shows_its_images(page: Page) -> None:
    table = page.get_by_test_id("confusion-matrix")
    cell = table.locator("tbody tr").nth(9).locator("td").nth(4)
    expect(cell).to_have_text(re.compile(r"^[1-9]\d?$"))
    count = int(cell.inner_text())
    cell.click()
    images = page.get_by_test_id("mistakes").get_by_role("img")
    expect(images).to_have_count(min(count, 16))
    expect(images.first).to_have_attribute("aria-label", "A 9 read as 4")
    # The same by keys: the cell to the right.
    table.locator("td[tabindex='0']").focus()
    for key in ("ArrowRight", "ArrowDown", "Enter"):
        page.keyboard.press(key)
    expect(images.first).to_have_attribute("aria-label", "A 1 read as 1")
    page.get_by_test_id("all-mistakes").click()
    expect(images).to_have_count(16)


def test_robustness_is_measured_of_the_network_that_answers(page: Page) -> None:
    curve = page.get_by_test_id("robustness-turn")
    expect(page.get_by_test_id("threshold-result")).to_contain_text("It answers")
    expect(curve).to_have_attribute("data-points", "0")
    page.get_by_test_id("robustness").click()
    expect(curve).to_have_attribute("data-points", "9")
    expect(page.get_by_test_id("robustness-noise")).to_have_attribute("data-points", "7")
    expect(curve.get_by_role("img")).to_have_attribute(
        "aria-label", re.compile(r"^Turn \(°\): \d\d?% to (100|9\d)% right$")
    )
    # Another network has curves of its own.
    page.get_by_test_id("shipped-model").get_by_role("button", name="Yours").click()
    expect(curve).to_have_attribute("data-points", "0")


def test_strokes_are_erased_and_brought_back(page: Page) -> None:
    write(page, [[(0.3, 0.2), (0.3, 0.8)], [(0.8, 0.2), (0.8, 0.8)]])
    reading = page.get_by_test_id("reading")
    expect(reading).to_have_attribute("data-value", "11")
    page.get_by_test_id("pad-tool").get_by_role("button", name="Eraser").click()
    write(page, [[(0.6, 0.1), (0.6, 0.9)]])  # beside both: nothing goes
    expect(reading).to_have_attribute("data-value", "11")
    write(page, [[(0.7, 0.5), (0.9, 0.5)]])
    expect(reading).to_have_attribute("data-value", "1")
    page.get_by_test_id("undo-stroke").click()
    expect(reading).to_have_attribute("data-value", "11")
    page.get_by_test_id("clear-pad").click()
    expect(page.get_by_test_id("prediction")).to_have_text("–")
    page.get_by_test_id("undo-stroke").click()
    expect(reading).to_have_attribute("data-value", "11")
    page.get_by_test_id("pad-tool").get_by_role("button", name="Pen").click()
    write(page, [[(1.1, 0.2), (1.1, 0.8)]])
    expect(reading).to_have_attribute("data-value", "111")


def test_the_pen_is_as_wide_as_one_likes_and_the_answer_stays(page: Page) -> None:
    write(page, [THREE])
    prediction(page)
    ink = "(canvas) => canvas.parentElement.style.getPropertyValue('--pen-width')"
    for width in ("0.015", "0.09"):
        page.get_by_test_id("pen-width").fill(width)
        assert pad(page).evaluate(ink) == width
        expect(page.get_by_test_id("reading")).to_have_attribute("data-value", "3")
