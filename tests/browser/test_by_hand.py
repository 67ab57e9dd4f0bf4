"""The network changed by hand: weights, what is frozen and off, lines on the plane, a guess."""

import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from page_state import train_epochs, wait_until_ready
from playwright.sync_api import Locator, Page, expect

OpenPage = Callable[..., Page]
LANGUAGES = [
    ("en-US", "Switch off", "Switch on", "Frozen", "Draw your guess", "Neurons’ lines"),
    ("zh-CN", "关掉", "重新打开", "冻结", "先画出你的猜测", "神经元的直线"),
]


def tile(page: Page, place: str) -> Locator:
    return page.locator(f"[data-place='{place}']")


def weight(page: Page, name: str) -> Locator:
    return page.locator(f"[data-testid='weight-value'][data-name='{name}']")


def value(page: Page, name: str) -> float:
    return float(weight(page, name).get_attribute("data-value") or "nan")


def number(page: Page, testid: str) -> float:
    return float(page.get_by_test_id(testid).get_attribute("data-value") or "nan")


def set_weight(page: Page, name: str, text: str) -> None:
    weight(page, name).fill(text)
    weight(page, name).press("Enter")


def edits(page: Page) -> str:
    """What the address says of changes on the way."""
    query = parse_qs(urlsplit(page.url).fragment.partition("?")[2])
    return query.get("edits", [""])[0]


def expect_edits(page: Page, wanted: str) -> None:
    """When the hand has rested a moment; `wanted` is a regular expression."""
    expect(page).to_have_url(re.compile(f"[?&]edits={wanted}$"))


def plane_box(page: Page) -> dict[str, float]:
    plane = page.get_by_test_id("decision-map")
    expect(plane).to_have_attribute("tabindex", "0")
    plane.scroll_into_view_if_needed()
    box = plane.bounding_box()
    assert box
    return dict(box)  # type: ignore[arg-type]


def drag(page: Page, start: tuple[float, float], end: tuple[float, float]) -> None:
    """From one place of the plane to another, each by its shares of the sides."""
    box = plane_box(page)
    for action, (across, down) in (("move", start), ("down", start), ("move", end), ("up", end)):
        if action == "move":
            page.mouse.move(
                box["x"] + across * box["width"], box["y"] + down * box["height"], steps=6
            )
        else:
            getattr(page.mouse, action)()


@pytest.mark.parametrize(("locale", "off", "on", "frozen", "_guess", "_lines"), LANGUAGES)
def test_a_unit_is_opened_set_frozen_and_switched_off(
    open_page: OpenPage, locale: str, off: str, on: str, frozen: str, _guess: str, _lines: str
) -> None:
    page = open_page("#/playground?dataset=moons&network-shape=3", locale=locale)
    before = number(page, "train-loss")
    tile(page, "1/1").click()
    inspector = page.get_by_test_id("inspector")
    expect(inspector).to_be_visible()
    expect(weight(page, "w1.0.1")).to_be_visible()
    set_weight(page, "w1.0.1", "2,5")  # with a comma, as some write it
    expect(weight(page, "w1.0.1")).to_have_attribute("data-value", "2.5")
    expect(page.get_by_test_id("train-loss")).not_to_have_attribute("data-value", str(before))
    row = inspector.locator(".inspector-row").filter(has=weight(page, "w1.0.1"))
    row.get_by_label(frozen).check()
    expect(row.get_by_label(frozen)).to_be_checked()
    train_epochs(page, 1, 2)
    assert value(page, "w1.0.1") == 2.5 and value(page, "b1.1") != 0
    inspector.get_by_role("button", name=off).click()
    expect(tile(page, "1/1")).to_have_class(re.compile("neuron-off"))
    train_epochs(page, 3, 3)
    inspector.get_by_role("button", name=on).click()
    expect(tile(page, "1/1")).not_to_have_class(re.compile("neuron-off"))
    expect_edits(page, r"0_w1.0.1_2.5\*0_hold.w1.0.1_1\*38_off1.1_1\*57_off1.1_0")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(inspector).to_have_count(0)


def test_a_connection_tells_value_slope_formula_and_pythons_line(open_page: OpenPage) -> None:
    page = open_page("#/playground?dataset=xor&network-shape=2")
    train_epochs(page, 1, 3)
    page.get_by_role("button", name="1, 1", exact=True).click()
    box = page.get_by_test_id("network-diagram").bounding_box()
    from_, to = tile(page, "1/0").bounding_box(), tile(page, "2/0").bounding_box()
    assert box and from_ and to
    # Just where the line leaves the tile.
    page.mouse.click(from_["x"] + from_["width"] + 4, from_["y"] + from_["height"] / 2)
    inspector = page.get_by_test_id("inspector")
    expect(inspector.get_by_role("heading")).to_have_text("Layer 1, neuron 1 → Output")
    expect(page.get_by_test_id("weight-value")).to_have_count(1)
    shown = value(page, "w2.0.0")
    formula = inspector.locator(".inspector-formula").inner_text().replace("−", "-")
    said, times, carried = map(float, re.findall(r"-?\d+\.\d+", formula))
    assert times == pytest.approx(shown, abs=0.006)
    assert carried == pytest.approx(said * times, abs=0.02)
    code = inspector.locator("code").inner_text()
    assert code.startswith('network.parameters["dense_2.weights"][0, 0]  # ')
    assert float(code.rpartition(" ")[2]) == pytest.approx(shown, rel=1e-5)
    expect(inspector).to_contain_text(re.compile(r"slope −?0\.\d{4}"))


def test_the_keyboard_opens_a_unit_and_its_sliders_move_the_weights(open_page: OpenPage) -> None:
    page = open_page("#/playground?dataset=circle&network-shape=3")
    tile(page, "1/0").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    slider = page.get_by_role("slider", name=re.compile("Bias"))
    slider.focus()
    before = value(page, "b1.1")
    page.keyboard.press("ArrowRight")
    expect(weight(page, "b1.1")).not_to_have_attribute("data-value", str(before))
    assert value(page, "b1.1") == pytest.approx(before + 0.01, abs=0.011)


def test_nonsense_in_a_weights_field_changes_nothing(open_page: OpenPage) -> None:
    page = open_page("#/playground?dataset=circle&network-shape=3")
    tile(page, "1/0").click()
    before = value(page, "w1.1.0")
    set_weight(page, "w1.1.0", "much")
    assert value(page, "w1.1.0") == before and edits(page) == ""
    set_weight(page, "w1.1.0", "1e9")
    expect(page.get_by_test_id("error")).to_contain_text("1000000000")
    assert value(page, "w1.1.0") == before


def test_a_weight_is_changed_while_it_trains_and_training_goes_on(open_page: OpenPage) -> None:
    page = open_page("#/playground?dataset=spiral&network-shape=4,4")
    tile(page, "2/0").click()
    page.get_by_test_id("play").click()
    expect(page.get_by_test_id("epoch")).not_to_have_attribute("data-value", "0")
    set_weight(page, "b2.0", "3")
    expect(page.get_by_test_id("play")).to_have_attribute("aria-pressed", "true")
    now = number(page, "epoch")
    expect(page.get_by_test_id("epoch")).not_to_have_attribute("data-value", str(int(now)))
    page.get_by_test_id("play").click()
    expect_edits(page, r"\d+_b2.0_3.0")


def test_looking_at_a_unit_shows_it_in_the_big_map(open_page: OpenPage) -> None:
    page = open_page("#/playground?dataset=circle&network-shape=3")
    picture = "c => c.toDataURL()"
    field = page.locator(".map-field")
    answer = field.evaluate(picture)
    tile(page, "1/0").hover()
    expect(page.get_by_test_id("network-note")).to_be_visible()
    first = field.evaluate(picture)
    assert first != answer
    page.mouse.move(2, 2)
    expect(page.get_by_test_id("network-note")).to_have_count(0)
    assert field.evaluate(picture) == answer
    tile(page, "1/1").focus()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowDown")
    second = field.evaluate(picture)
    assert second not in (answer, first)


@pytest.mark.parametrize(("locale", "_off", "_on", "_frozen", "_guess", "lines"), LANGUAGES)
def test_lines_of_the_first_layer_are_moved_and_turned(
    open_page: OpenPage, locale: str, _off: str, _on: str, _frozen: str, _guess: str, lines: str
) -> None:
    # One line, x1 = 0.5: its middle lies in the middle of XOR's plane.
    start = "edits=0_w1.0.0_2*0_w1.1.0_0*0_b1.0_-1"
    page = open_page(f"#/playground?network-shape=1&{start}", locale=locale)
    expect(page.get_by_label(lines)).to_be_checked()
    tile(page, "1/0").click()
    drag(page, (0.5, 0.5), (0.3, 0.5))
    # The plane reaches from -0.35 to 1.35, and 2 · 0.16 - 0.32 = 0.
    expect(weight(page, "b1.0")).to_have_attribute("data-value", re.compile(r"^-0\.3[12]"))
    assert (value(page, "w1.0.0"), value(page, "w1.1.0")) == (2, 0)
    # A quarter turn: from below the middle to the right of it.
    drag(page, (0.3, 0.28), (0.52, 0.5))
    expect(weight(page, "w1.0.0")).to_have_attribute("data-value", re.compile(r"^-?0(\.0|$)"))
    assert abs(value(page, "w1.1.0")) == pytest.approx(2, abs=0.05)
    page.get_by_label(lines).uncheck()
    before = value(page, "b1.0")
    drag(page, (0.3, 0.5), (0.3, 0.2))
    assert value(page, "b1.0") == before


@pytest.mark.parametrize(("locale", "_off", "_on", "_frozen", "guess", "_lines"), LANGUAGES)
def test_a_guess_is_drawn_kept_in_the_link_and_measured(
    open_page: OpenPage, locale: str, _off: str, _on: str, _frozen: str, guess: str, _lines: str
) -> None:
    page = open_page("#/playground?dataset=gauss", locale=locale)
    expect(page.get_by_test_id("guess-distance")).to_have_count(0)
    page.get_by_role("button", name=guess).click()
    drag(page, (0.1, 0.1), (0.9, 0.9))
    told = page.get_by_test_id("guess-distance")
    expect(told).to_have_attribute("data-value", re.compile(r"^0\.\d"))
    page.get_by_role("button", name=guess).click()
    train_epochs(page, 1, 6)
    assert 0 < number(page, "guess-distance") < 0.1
    assert re.search(r"guess=\d+-9\d\d_", page.url)
    link = page.url
    page.get_by_test_id("forget-guess").click()
    expect(told).to_have_count(0)
    again = open_page("#" + link.partition("#")[2], locale=locale)
    expect(again.get_by_test_id("guess-distance")).to_be_visible()


def test_a_guess_by_the_keyboard(open_page: OpenPage) -> None:
    page = open_page("#/playground?dataset=gauss")
    page.get_by_test_id("draw-guess").click()
    expect(page.get_by_test_id("decision-map")).to_have_attribute("tabindex", "0")
    page.get_by_test_id("decision-map").focus()
    for key in ("ArrowLeft", "Enter", "ArrowUp", "Enter"):
        page.keyboard.press(key)
    expect(page.get_by_test_id("guess-distance")).to_be_visible()
    expect(page).to_have_url(re.compile("guess=450-500_450-550"))


def test_fingers_drag_lines_and_draw_and_do_not_scroll(open_page: OpenPage) -> None:
    start = "edits=0_w1.0.0_2*0_w1.1.0_0*0_b1.0_-1"
    page = open_page(
        f"#/playground?network-shape=1&{start}",
        viewport={"width": 360, "height": 740},
        has_touch=True,
        is_mobile=True,
    )
    box = plane_box(page)
    client = page.context.new_cdp_session(page)

    def touch(kind: str, across: float, down: float) -> None:
        x, y = box["x"] + across * box["width"], box["y"] + down * box["height"]
        points = [] if kind == "touchEnd" else [{"x": x, "y": y}]
        client.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch("touchStart", 0.5, 0.5)
    for down in (0.45, 0.4, 0.3):
        touch("touchMove", 0.3, down)
    touch("touchEnd", 0.3, 0.3)
    expect(page).to_have_url(re.compile(r"b1\.0_-0\.3"))
    assert plane_box(page)["y"] == box["y"]


def test_a_link_with_changes_makes_them_at_their_steps(open_page: OpenPage) -> None:
    link = "edits=19_learning-rate_0.5*19_off1.0_1*38_batch-size_30"
    page = open_page(f"#/playground?dataset=moons&network-shape=3&{link}")
    expect(page.get_by_test_id("learning-rate")).to_have_value("0.03")
    train_epochs(page, 1, 1)
    expect(page.get_by_test_id("learning-rate")).to_have_value("0.5")
    expect(tile(page, "1/0")).to_have_class(re.compile("neuron-off"))
    train_epochs(page, 2, 2)
    expect(page.get_by_test_id("batch-size")).to_have_value("30")
    # The address still tells of the run as it began.
    assert edits(page) == "19_learning-rate_0.5*19_off1.0_1*38_batch-size_30"
    assert "learning-rate=" not in page.url.replace("learning-rate_", "")


def test_changes_that_cannot_be_made_are_told_and_the_rest_is_opened(open_page: OpenPage) -> None:
    page = open_page("#/playground?dataset=moons&network-shape=3&edits=5_w9.0.0_1")
    expect(page.get_by_test_id("error")).to_contain_text("w9.0.0")
    expect(page.get_by_test_id("dataset")).to_have_value("moons")
    assert edits(page) == ""


def test_a_link_gives_the_same_curve_to_the_last_digit(open_page: OpenPage) -> None:
    page = open_page("#/playground?dataset=circle&network-shape=4&dropout=0.2&schedule=steps")

    def losses(page: Page, first: int, last: int) -> list[tuple[str | None, ...]]:
        told = []
        for epoch in range(first, last + 1):
            train_epochs(page, epoch, epoch)
            names = ("train-loss", "test-loss", "train-accuracy", "accuracy")
            told.append(tuple(page.get_by_test_id(n).get_attribute("data-value") for n in names))
        return told

    told = losses(page, 1, 3)
    tile(page, "1/0").click()
    set_weight(page, "w1.0.0", "1.25")
    expect(page).to_have_url(re.compile("w1.0.0_1.25"))
    rate = page.get_by_test_id("learning-rate")
    rate.fill("0.1")
    rate.press("Enter")
    expect(page).to_have_url(re.compile("57_learning-rate_0.1"))
    told += losses(page, 4, 7)
    del told[2]  # at the step of a change by hand the numbers are those after it
    again = open_page("#" + page.url.partition("#")[2])
    for _ in range(2):
        repeated = losses(again, 1, 7)
        assert [*repeated[:2], *repeated[3:]] == told
        again.reload()
        wait_until_ready(again)
        expect(again.get_by_test_id("epoch")).to_have_attribute("data-value", "0")
