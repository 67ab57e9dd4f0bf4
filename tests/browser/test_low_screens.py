"""Small and low screens, and fingers: nothing is cut or covered, and there is room to scroll."""

import re
from collections.abc import Callable, Iterator

import pytest
from conftest import OpenPage
from pen import THREE, draw, pad, prediction
from playwright.sync_api import Locator, Page, expect

TOUCH = [(320, 568), (360, 640), (360, 740), (740, 360), (844, 390), (768, 1024), (1024, 768)]
# 1280 x 1024 and 1440 x 900 enlarged to 400 %, the latter to 200 %, and as it is.
MOUSE = [(320, 256), (360, 225), (720, 450), (1440, 900)]
TABS = ("playground", "digits", "recipes", "lessons", "lab")

# The longest that people usually type into a field.
LONGEST = {
    "learning-rate": "0.0003",
    "noise": "0.15",
    "batch-size": "512",
    "l2": "0.0003",
    "seed": "1234",
    "network": "8,8,8",
    "digits-learning-rate": "0.0003",
    "digits-batch-size": "1024",
    "digits-epochs": "100",
    "digits-seed": "1234",
}

# Pictures follow a new size at the end of the first frame that has it.
LAID_OUT = """() => new Promise((done) => {
  requestAnimationFrame(() => requestAnimationFrame(() => done(null)));
})"""

# What is wrong with the view in sight, as sentences.
AUDIT = """(longest) => {
  const problems = [];
  const page = document.documentElement;
  const seen = (element) => {
    if (!element.checkVisibility({ visibilityProperty: true })) return false;
    const { width, height } = element.getBoundingClientRect();
    return width > 1 && height > 1;
  };
  const name = (element) =>
    element.dataset?.testid || element.getAttribute('aria-label') || element.textContent.trim() ||
    element.tagName;
  const scrolls = (element) => element.closest('pre, .message, .formula');
  if (page.scrollWidth > page.clientWidth) problems.push('the page scrolls sideways');
  const elements = [...document.querySelectorAll('body *')].filter(seen);
  const controls = elements.filter((e) =>
    e.matches('a, button, input, select, summary, .pad canvas'));
  const texts = elements.filter((e) =>
    [...e.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim()));
  for (const element of new Set([...controls, ...texts])) {
    const box = element.getBoundingClientRect();
    if (!scrolls(element) && (box.left < -0.5 || box.right > page.clientWidth + 0.5)) {
      problems.push(`${name(element)} reaches from ${box.left} to ${box.right}`);
    }
  }
  for (const element of texts) {
    const { overflowX, textOverflow } = getComputedStyle(element);
    const cut = overflowX !== 'visible' && element.scrollWidth > element.clientWidth + 1;
    if (cut && !scrolls(element) && !element.matches('select, option')) {
      problems.push(`${name(element)} is cut`);
    }
    const range = document.createRange();
    range.selectNodeContents(element);
    const text = range.getBoundingClientRect();
    const place = element.closest('.button, .segments button, .readout, .network-head')
      ?.getBoundingClientRect();
    if (place && !cut && (text.right > place.right + 1 || text.left < place.left - 1)) {
      problems.push(`${name(element)} runs beyond its place`);
    }
  }
  const context = document.createElement('canvas').getContext('2d');
  for (const field of controls) {
    if (field.matches('select')) {
      const { font, paddingLeft, paddingRight } = getComputedStyle(field);
      context.font = font;
      const room = field.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight);
      for (const option of field.options) {
        const width = context.measureText(option.label).width;
        if (width > room + 1) problems.push(`${name(field)} cuts "${option.label}"`);
      }
    } else if (field.matches('input[type=text]')) {
      const { value } = field;
      field.value = longest[field.dataset.testid] ?? value;
      if (field.scrollWidth > field.clientWidth) {
        problems.push(`${name(field)} cuts "${field.value}"`);
      }
      field.value = value;
    }
  }
  for (const control of controls) {
    for (const end of [0, page.scrollHeight]) {
      scrollTo(0, end);
      control.scrollIntoView({ block: 'nearest', inline: 'nearest' });
      const box = control.getClientRects()[0];
      const height = Math.min(box.height, innerHeight - Math.max(0, box.top));
      const found = document.elementFromPoint(
        box.left + box.width / 2, Math.max(0, box.top) + height / 2);
      if (!control.contains(found) && !found?.closest('label')?.contains(control)) {
        problems.push(`${name(control)} lies under ${found && name(found).slice(0, 40)}`);
      }
    }
  }
  for (const picture of document.querySelectorAll('.pad, .map')) {
    if (!seen(picture)) continue;
    const { height } = picture.getBoundingClientRect();
    if (height > innerHeight) problems.push(`${picture.className} is ${height} high`);
  }
  scrollTo(0, 0);
  return problems;
}"""


@pytest.fixture
def used_page(open_page: OpenPage, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page on which each tab has something to show; parametrised by: it is touched."""
    page = open_page("#/playground", has_touch=request.param)
    page.get_by_test_id("step").click()
    expect(page.get_by_test_id("epoch")).to_have_attribute("data-value", "1")
    page.get_by_test_id("tab-recipes").click()
    page.get_by_test_id("recipe-run").click()
    page.get_by_test_id("tab-digits").click()
    page.get_by_test_id("digits-settings").click()
    page.get_by_test_id("digits-train").click()
    trained = re.compile(r"^0\.[89]")
    expect(page.get_by_test_id("digits-test-accuracy")).to_have_attribute("data-value", trained)
    page.get_by_test_id("digits-train").click()
    draw(page, THREE)
    assert prediction(page) != "–"
    yield page


@pytest.mark.parametrize(
    ("used_page", "sizes"), [(True, TOUCH), (False, MOUSE)], indirect=["used_page"]
)
def test_nothing_is_cut_or_covered_on_any_screen(
    used_page: Page, sizes: list[tuple[int, int]]
) -> None:
    page = used_page
    found = []
    for language in ("en", "zh"):
        for tab in TABS:
            page.get_by_test_id(f"tab-{tab}").click()
            for width, height in sizes:
                page.set_viewport_size({"width": width, "height": height})
                page.evaluate(LAID_OUT)
                problems = page.evaluate(AUDIT, LONGEST)
                found += [f"{language} {tab} {width} x {height}: {problem}" for problem in problems]
        page.get_by_test_id("language").click()
    assert not found, "\n".join(found)


FIXED = """() => [...document.querySelectorAll('body *')]
  .filter((element) => element.checkVisibility())
  .filter((element) => ['fixed', 'sticky'].includes(getComputedStyle(element).position))
  .map((element) => element.className)"""


def swipe_up(page: Page, x: float, y: float) -> None:
    """One finger, a hundred pixels upwards."""
    # Who looks where a finger comes down has the newest layout once there is a picture of it.
    page.screenshot()
    cdp = page.context.new_cdp_session(page)
    for moved in range(0, 110, 10):
        kind = "touchMove" if moved else "touchStart"
        points = [{"x": x, "y": y - moved}]
        cdp.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    cdp.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def swipe_until(page: Page, x: float, y: float, done: Callable[[float], bool]) -> None:
    """Swipes until `done` says so of how far the page has scrolled.

    On a busy machine the browser may lose a finger, or it may rest for so long before it moves
    that it counts as a long press.
    """
    before = page.evaluate("scrollY")
    for _ in range(10):
        swipe_up(page, x, y)
        page.evaluate(LAID_OUT)
        if done(page.evaluate("scrollY") - before):
            return
    raise AssertionError("a swipe does nothing")


def scroll_up(page: Page, x: float, y: float) -> None:
    swipe_until(page, x, y, lambda scrolled: scrolled > 50)


def draw_up(page: Page, x: float, y: float) -> None:
    def drawn(scrolled: float) -> bool:
        assert abs(scrolled) < 10
        return page.locator(".pad[data-blank=false]").count() > 0

    swipe_until(page, x, y, drawn)


STANDS_STILL = """(element) => new Promise((done) => {
  let before = '', same = 0;
  const look = () => {
    const now = JSON.stringify(element.getBoundingClientRect());
    same = now === before ? same + 1 : 0;
    before = now;
    if (same < 10) requestAnimationFrame(look);
    else done(null);
  };
  look();
})"""


def box_of(place: Locator) -> tuple[float, float, float, float]:
    """Left, top, right and bottom, once it stands still: a finger would miss it before."""
    place.evaluate(STANDS_STILL)
    box = place.bounding_box()
    assert box
    return box["x"], box["y"], box["x"] + box["width"], box["y"] + box["height"]


def test_on_a_low_screen_nothing_is_fixed_and_pad_and_answer_are_seen_together(
    open_page: OpenPage,
) -> None:
    page = open_page("#/digits", has_touch=True, viewport={"width": 740, "height": 360})
    pad_head = page.get_by_test_id("clear-pad")
    for width, height in ((740, 360), (844, 390), (932, 430), (720, 450)):
        page.set_viewport_size({"width": width, "height": height})
        pad_head.evaluate("button => scrollTo(0, scrollY + button.getBoundingClientRect().top)")
        for place in (pad(page), page.get_by_test_id("prediction")):
            _, top, _, bottom = box_of(place)
            assert top >= 0 and bottom <= height
        _, _, _, bottom = box_of(page.get_by_test_id("probability-3"))
        assert bottom <= height
    for tab in TABS:
        page.get_by_test_id(f"tab-{tab}").click()
        for width, height in ((320, 256), (740, 360), (1280, 480)):
            page.set_viewport_size({"width": width, "height": height})
            assert page.evaluate(FIXED) == [], (tab, width, height)


def test_a_finger_draws_on_the_pad_and_scrolls_on_either_side_of_it(open_page: OpenPage) -> None:
    page = open_page("#/digits", has_touch=True, viewport={"width": 740, "height": 360})
    expect(page.get_by_test_id("digits-train")).to_be_enabled()
    for width, height in ((740, 360), (320, 256)):
        page.set_viewport_size({"width": width, "height": height})
        pad(page).evaluate("pad => pad.scrollIntoView({ block: 'center' })")
        left, _, right, bottom = box_of(pad(page))
        draw_up(page, (left + right) / 2, bottom - 20)
        expect(page.get_by_test_id("prediction")).not_to_have_text("–")
        page.get_by_test_id("clear-pad").evaluate("button => button.click()")
        expect(page.get_by_test_id("prediction")).to_have_text("–")
        for x in (left - 15, right + 15):
            pad(page).evaluate("pad => pad.scrollIntoView({ block: 'center' })")
            scroll_up(page, x, bottom - 20)
        expect(page.get_by_test_id("prediction")).to_have_text("–")
