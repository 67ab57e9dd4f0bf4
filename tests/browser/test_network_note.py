"""The note in the network's diagram: it hides nothing that it explains, and can be closed."""

import itertools
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

OpenPage = Callable[..., Page]
WIDE = {"width": 1440, "height": 800}
NARROW = {"width": 360, "height": 740}

# Whether a note leaves free what lies around a place; the window's scroll bar is no place for it.
COVERS = """([left, top, right, bottom]) => {
  const note = document.querySelector('.network-note').getBoundingClientRect();
  return note.left < right && note.right > left && note.top < bottom && note.bottom > top;
}"""
# Whether it lies over the line between two units: a cubic whose handles stand half-way.
TOUCHES_LINE = """(names) => {
  const note = document.querySelector('.network-note').getBoundingClientRect();
  const [start, end] = names.map((name) =>
    document.querySelector(`.neuron[aria-label="${name}"]`).getBoundingClientRect());
  const level = ({ top, bottom }) => (top + bottom) / 2;
  for (let t = 0; t <= 1; t += 0.02) {
    const x = start.right + (end.left - start.right) * (1.5 * t * (1 - t) + t ** 3);
    const y = level(start) + (level(end) - level(start)) * t * t * (3 - 2 * t);
    if (x > note.left - 3 && x < note.right + 3 && y > note.top - 3 && y < note.bottom + 3)
      return true;
  }
  return false;
}"""
INSIDE = """() => {
  const note = document.querySelector('.network-note').getBoundingClientRect();
  const { clientWidth, clientHeight } = document.documentElement;
  return note.left >= 0 && note.top >= 0 && note.right <= clientWidth
    && note.bottom <= clientHeight;
}"""


def opened(open_page: OpenPage, shape: str, viewport: dict[str, int] = WIDE) -> Page:
    page = open_page("#/playground?dataset=moons", viewport=viewport)
    reshape(page, shape)
    return page


def reshape(page: Page, shape: str) -> None:
    page.get_by_test_id("network-shape").fill(shape)
    page.get_by_test_id("network-shape").press("Enter")
    sizes = [2, *map(int, shape.split(",")), 1]
    expect(page.locator(".neuron")).to_have_count(sum(sizes))
    diagram = page.get_by_test_id("network-diagram")
    expect(diagram).to_have_attribute("aria-label", re.compile(" – ".join(map(str, sizes))))
    diagram.evaluate("e => e.scrollIntoView({block: 'center'})")


def note_of(page: Page) -> Locator:
    return page.get_by_test_id("network-note")


def point_at(page: Page, x: float, y: float) -> None:
    """With a pointer that comes from outside, and not over another note."""
    page.mouse.move(1, 1)
    expect(note_of(page)).to_be_hidden()
    page.mouse.move(x, y)


def box_of(element: Locator) -> list[float]:
    """Left, top, right, bottom."""
    box = element.bounding_box()
    assert box
    return [box["x"], box["y"], box["x"] + box["width"], box["y"] + box["height"]]


def middle(element: Locator) -> tuple[float, float]:
    left, top, right, bottom = box_of(element)
    return (left + right) / 2, (top + bottom) / 2


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "narrow"])
def test_the_note_lies_beside_its_neuron_and_in_the_window(
    open_page: OpenPage, viewport: dict[str, int]
) -> None:
    page = opened(open_page, "8", viewport)
    for shape in ("8", "3,2", "2,2,2,2"):
        reshape(page, shape)
        for neuron in page.locator(".neuron").all():
            point_at(page, *middle(neuron))
            expect(note_of(page)).to_contain_text(neuron.get_attribute("aria-label") or "?")
            assert not page.evaluate(COVERS, box_of(neuron))
            assert page.evaluate(INSIDE)


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "narrow"])
def test_the_note_leaves_the_line_free(open_page: OpenPage, viewport: dict[str, int]) -> None:
    page = opened(open_page, "3", viewport)
    for shape in ("3", "4,2"):
        reshape(page, shape)
        met = set()
        for start, end, t in itertools.product((0, 1), (2, 3, 4), (0.1, 0.5, 0.8)):
            (_, top, left, bottom) = box_of(page.locator(".neuron").nth(start))
            (right, high, _, low) = box_of(page.locator(".neuron").nth(end))
            x = left + (right - left) * (1.5 * t * (1 - t) + t**3)
            y = (top + bottom) / 2 + ((high + low) - (top + bottom)) / 2 * t * t * (3 - 2 * t)
            point_at(page, x, y)
            # Lines cross, so it may be another one.
            name = note_of(page).locator("p").first.inner_text()
            assert not page.evaluate(TOUCHES_LINE, name.split(" → ")), name
            assert page.evaluate(INSIDE)
            met.add(name)
        assert len(met) > 3


def test_the_note_covers_no_neuron_where_there_is_room(open_page: OpenPage) -> None:
    page = opened(open_page, "8")
    neurons = page.locator(".neuron").all()
    for neuron in neurons:
        point_at(page, *middle(neuron))
        expect(note_of(page)).to_be_visible()
        assert not any(page.evaluate(COVERS, box_of(other)) for other in neurons)


def test_escape_closes_the_note_until_another_neuron_is_meant(open_page: OpenPage) -> None:
    page = opened(open_page, "6,4")
    x, y = middle(page.locator(".neuron").nth(2))
    page.mouse.move(x, y)
    expect(note_of(page)).to_be_visible()
    page.keyboard.press("Escape")
    expect(note_of(page)).to_be_hidden()
    page.mouse.move(x + 2, y + 2)
    page.get_by_test_id("step").press("Enter")
    expect(page.get_by_test_id("epoch")).to_have_attribute("data-value", "1")
    expect(note_of(page)).to_be_hidden()
    page.mouse.move(*middle(page.locator(".neuron").nth(3)))
    expect(note_of(page)).to_contain_text("Layer 1, neuron 2")


def test_the_pointer_can_go_over_to_the_note(open_page: OpenPage) -> None:
    page = opened(open_page, "6,4")
    page.mouse.move(*middle(page.locator(".neuron").nth(4)))
    page.mouse.move(*middle(note_of(page)), steps=4)
    # It stays while numbers move, and when the pointer moves on it.
    page.get_by_test_id("step").press("Enter")
    expect(page.get_by_test_id("epoch")).to_have_attribute("data-value", "1")
    page.mouse.move(*middle(note_of(page)), steps=4)
    expect(note_of(page)).to_contain_text("Layer 1, neuron 3")
    page.mouse.move(*middle(page.get_by_test_id("decision-map")))
    expect(note_of(page)).to_be_hidden()


def test_the_keyboard_opens_closes_and_moves_the_note(open_page: OpenPage) -> None:
    page = opened(open_page, "6,4")
    page.locator('.neuron[tabindex="0"]').focus()
    page.keyboard.press("ArrowDown")
    tile = page.locator(".neuron:focus")
    expect(note_of(page)).to_contain_text("Layer 1, neuron 2")
    expect(tile).to_have_accessible_description(r"Layer 1, neuron 2 Bias 0.000")
    page.keyboard.press("Escape")
    expect(note_of(page)).to_be_hidden()
    page.keyboard.press("ArrowDown")
    expect(note_of(page)).to_contain_text("Layer 1, neuron 3")
    page.keyboard.press("Shift+Tab")
    expect(note_of(page)).to_be_hidden()


@pytest.mark.browser_context_args(has_touch=True, is_mobile=True)
def test_a_finger_opens_the_note_and_closes_it_elsewhere(open_page: OpenPage) -> None:
    page = opened(open_page, "6,4", NARROW)
    page.locator(".neuron").nth(2).tap()
    expect(note_of(page)).to_contain_text("Layer 1, neuron 1")
    page.locator(".neuron").nth(5).tap()
    expect(note_of(page)).to_contain_text("Layer 1, neuron 4")
    page.locator(".network-figure figcaption").tap()
    expect(note_of(page)).to_be_hidden()
