"""The playground's settings that unfold, its pictures of data, its terms, its large size."""

import re
from collections.abc import Callable

import pytest
from page_state import TIMEOUT, count_colours, train_epochs
from playwright.sync_api import Page, expect

OpenPage = Callable[..., Page]
FOLDED = {
    "loss": "squared_error",
    "initializer": "he",
    "gain": "2",
    "schedule": "cosine",
    "l1": "0.01",
    "l2": "0.01",
    "dropout": "0.2",
    "stop-at": "3",
}


def number(page: Page, testid: str) -> float:
    return float(page.get_by_test_id(testid).get_attribute("data-value") or "nan")


@pytest.mark.parametrize(("locale", "name"), [("en-US", "More settings"), ("zh-CN", "更多设置")])
def test_what_is_seldom_needed_is_folded_away_and_every_field_works(
    open_page: OpenPage, locale: str, name: str
) -> None:
    page = open_page("#/playground?dataset=moons", locale=locale)
    for field in FOLDED:
        expect(page.get_by_test_id(field)).to_be_hidden()
    page.get_by_test_id("more-settings").get_by_text(name).click()
    for field, value in FOLDED.items():
        control = page.get_by_test_id(field)
        if control.evaluate("e => e.tagName") == "SELECT":
            control.select_option(value)
        else:
            control.fill(value)
            control.press("Enter")
        expect(page).to_have_url(re.compile(f"[?&]{field}={value}(&|$)"))
    expect(page.get_by_test_id("decay-steps")).to_be_visible()
    expect(page.get_by_test_id("error")).to_be_hidden()
    page.get_by_test_id("play").click()
    expect(page.get_by_test_id("play")).to_have_attribute("aria-pressed", "false")
    expect(page.get_by_test_id("epoch")).to_have_attribute("data-value", "3")


def test_an_address_with_such_a_setting_unfolds_them(open_page: OpenPage) -> None:
    page = open_page("#/playground?dataset=moons&dropout=0.3")
    expect(page.get_by_test_id("dropout")).to_have_value("0.3")


def test_each_layer_has_an_activation_of_its_own(open_page: OpenPage) -> None:
    page = open_page("#/playground?dataset=moons&network-shape=4,3")
    page.get_by_test_id("more-settings").locator("summary").click()
    page.get_by_label("Activation, layer 2").select_option("relu")
    expect(page).to_have_url(re.compile("activations=tanh,relu"))
    page.locator("[data-place='2/0']").click()
    expect(page.get_by_test_id("inspector")).to_contain_text("relu(")
    # The one for all layers takes back what single ones had.
    page.get_by_test_id("activation").select_option("sigmoid")
    expect(page).not_to_have_url(re.compile("activations="))
    expect(page.get_by_label("Activation, layer 2")).to_have_value("sigmoid")


@pytest.mark.parametrize(
    ("name", "value"),
    [("learning-rate", "0.3"), ("batch-size", "8"), ("noise", "0.4"), ("l1", "0.01"),
     ("l2", "0.02"), ("decay-steps", "77"), ("schedule", "steps")],
)  # fmt: skip
def test_what_may_change_while_it_runs_begins_nothing_anew(
    open_page: OpenPage, name: str, value: str
) -> None:
    page = open_page("#/playground?dataset=moons&schedule=cosine")
    train_epochs(page, 1, 2)
    field = page.get_by_test_id(name)
    if name == "schedule":
        field.select_option(value)
    else:
        field.fill(value)
        field.press("Enter")
    expect(page).to_have_url(re.compile(rf"[*]38_{name}_{re.escape(value)}"))
    expect(page.get_by_test_id("epoch")).to_have_attribute("data-value", "2")
    train_epochs(page, 3, 3)


def test_it_stops_below_a_loss(open_page: OpenPage) -> None:
    page = open_page("#/playground?dataset=gauss&stop-at=0.1")
    page.get_by_test_id("play").click()
    expect(page.get_by_test_id("play")).to_have_attribute("aria-pressed", "false", timeout=TIMEOUT)
    # The last picture comes a moment after the end.
    below = re.compile(r"^0\.(0\d+|1)$")
    expect(page.get_by_test_id("train-loss")).to_have_attribute("data-value", below)
    stopped = number(page, "epoch")
    page.get_by_test_id("step").click()  # and goes on when it is asked
    expect(page.get_by_test_id("epoch")).not_to_have_attribute("data-value", str(int(stopped)))


def test_eight_layers_of_32_fit_and_every_tile_can_be_met(open_page: OpenPage) -> None:
    page = open_page("#/playground?dataset=spiral&network-shape=" + ",".join(["32"] * 8))
    expect(page.locator(".neuron")).to_have_count(2 + 8 * 32 + 1)
    sizes = page.eval_on_selector_all(".neuron", "all => all.map((tile) => tile.offsetWidth)")
    assert min(sizes) >= 9
    page = open_page("#/playground?dataset=spiral&network-shape=32")
    expect(page.locator(".neuron")).to_have_count(2 + 32 + 1)
    sizes = page.eval_on_selector_all(".neuron", "all => all.map((tile) => tile.offsetWidth)")
    assert min(sizes) >= 24
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize(("locale", "name"), [("en-US", "Spiral"), ("zh-CN", "螺旋")])
def test_a_data_set_is_chosen_by_its_picture(open_page: OpenPage, locale: str, name: str) -> None:
    page = open_page(locale=locale)
    picture = page.get_by_test_id("data-pictures").get_by_role("button", name=name)
    expect(picture).to_have_attribute("aria-pressed", "false")
    picture.click()
    expect(picture).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_test_id("dataset")).to_have_value("spiral")
    for canvas in page.get_by_test_id("data-pictures").locator("canvas").all():
        for _ in range(TIMEOUT // 50):  # they come after the start
            if count_colours(canvas) > 1:
                break
            page.wait_for_timeout(50)
        assert count_colours(canvas) > 1


@pytest.mark.parametrize("locale", ["en-US", "zh-CN"])
def test_every_label_explains_itself_with_a_picture(open_page: OpenPage, locale: str) -> None:
    page = open_page("#/playground?dataset=moons&l1=0.001&count=300", locale=locale)
    card = page.get_by_test_id("term")
    # Until the network is there, the recorded one's labels are seen.
    expect(page.get_by_test_id("play")).to_be_enabled()
    terms = page.locator(".playground .term").all()
    assert len(terms) >= 23
    for term in terms:
        name = term.inner_text()
        term.click()
        expect(card).to_be_visible()
        expect(card.get_by_role("heading")).to_have_text(name)
        expect(card.locator("svg")).to_be_visible()
        assert len(card.locator("p").first.inner_text()) > (60 if locale == "en-US" else 20)
        page.keyboard.press("Escape")
        expect(card).to_be_hidden()


def test_a_term_tells_of_the_option_that_is_chosen_and_of_pythons_line(open_page: OpenPage) -> None:
    page = open_page("#/playground?dataset=moons&activation=leaky_relu")
    page.get_by_role("button", name="Activation", exact=True).click()
    expect(page.get_by_test_id("term")).to_contain_text("a hundredth of the negative side")
    page.keyboard.press("Escape")
    train_epochs(page, 1, 2)
    page.get_by_role("button", name="Test loss", exact=True).click()
    code = page.get_by_test_id("term").locator("code").inner_text()
    line, shown = code.split("  # ")
    assert line == 'evaluate(network, x_test, y_test, loss="binary_cross_entropy").loss'
    assert float(shown) == pytest.approx(number(page, "test-loss"), rel=1e-5)


def test_a_size_for_a_class_room_is_kept(open_page: OpenPage) -> None:
    page = open_page()
    small = page.evaluate("getComputedStyle(document.documentElement).fontSize")
    page.get_by_role("button", name="Large, for a class room").click()
    large = page.evaluate("getComputedStyle(document.documentElement).fontSize")
    assert float(large[:-2]) > 1.3 * float(small[:-2])
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.reload()
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == large
    page.get_by_test_id("projector").click()
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == small


def test_on_a_phone_map_play_data_and_time_line_are_on_one_screen(open_page: OpenPage) -> None:
    page = open_page(
        viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True, locale="en-US"
    )
    bar = page.get_by_test_id("play").bounding_box()
    assert bar
    for name in ("data-pictures", "timeline", "decision-map", "play"):
        box = page.get_by_test_id(name).bounding_box()
        assert box and box["y"] >= 0
        assert box["y"] + box["height"] <= (740 if name == "play" else bar["y"])


def test_the_key_to_the_weights_keeps_its_scale_until_one_outgrows_it(open_page: OpenPage) -> None:
    page = open_page("#/playground?dataset=circle&network-shape=3")
    key = page.get_by_test_id("weight-key")
    expect(key).to_have_text(re.compile(r"Weights\s*−[12]\s*[12]"))
    page.locator("[data-place='1/0']").click()
    field = page.locator("[data-testid='weight-value'][data-name='w1.0.0']")
    field.fill("3.5")
    field.press("Enter")
    expect(key).to_have_text(re.compile(r"Weights\s*−4\s*4"))
