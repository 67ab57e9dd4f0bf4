"""The playground as a person uses it: train, change something, step, reset, take it home."""

import math
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

OpenPage = Callable[..., Page]
ROOT = Path(__file__).resolve().parents[2]
XOR = {(0, 0): "orange", (0, 1): "blue", (1, 0): "blue", (1, 1): "orange"}
TWENTY_OR_MORE = re.compile(r"^([2-9]\d|\d{3,})$")


def number(page: Page, testid: str) -> float:
    """The full value behind a read-out."""
    value = page.get_by_test_id(testid).get_attribute("data-value")
    assert value is not None, f"{testid} shows no number"
    return float(value)


def expect_opened(page: Page) -> None:
    """Python has made the network, and the first frame is drawn."""
    expect(page.get_by_test_id("epoch")).to_have_attribute("data-value", "0")


def train_until(page: Page, condition: Locator) -> None:
    page.get_by_test_id("play").click()
    expect(condition).to_be_visible()
    page.get_by_test_id("play").click()
    expect(page.get_by_test_id("play")).to_have_attribute("aria-pressed", "false")


def accuracy_is_full(page: Page) -> Locator:
    return page.locator('[data-testid="accuracy"][data-value="1"]')


def pixels(page: Page, selector: str) -> list[int]:
    """All the colours of a canvas, as one list; read from a copy, which keeps the canvas fast."""
    values: list[int] = page.locator(selector).evaluate(
        """(canvas) => {
          const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d');
          copy.drawImage(canvas, 0, 0);
          return [...copy.getImageData(0, 0, canvas.width, canvas.height).data];
        }"""
    )
    return values


def run_script(page: Page, folder: Path) -> list[float]:
    """The numbers that the program in the dialog prints natively."""
    page.get_by_test_id("show-code").click()
    program = folder / "run.py"
    program.write_text(page.get_by_test_id("script").inner_text(), "utf-8")
    printed = subprocess.run(
        [sys.executable, program],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return [float(found) for found in re.findall(r"\d+\.\d+", printed)]


def colours_of_xor(page: Page) -> dict[tuple[int, int], str]:
    """Whether the decision map is orange or blue at each of the four points."""
    low, high = -0.4, 1.4
    values = pixels(page, ".map-field")
    side = math.isqrt(len(values) // 4)

    def colour_at(x: int, y: int) -> str:
        column = int((x - low) / (high - low) * side)
        row = int((high - y) / (high - low) * side)
        red, _, blue, _ = values[4 * (row * side + column) :][:4]
        return "blue" if blue > red else "orange"

    return {(x, y): colour_at(x, y) for x in (0, 1) for y in (0, 1)}


def test_xor_is_learned_until_all_four_points_are_right(open_page: OpenPage) -> None:
    page = open_page()
    expect_opened(page)
    expect(page.get_by_test_id("dataset")).to_have_value("xor")
    page.get_by_test_id("pace").get_by_role("button", name="Fast").click()
    for seed in ("1", "2", "3"):
        page.get_by_test_id("seed").fill(seed)
        page.get_by_test_id("seed").press("Enter")
        expect_opened(page)
        train_until(page, accuracy_is_full(page))
        assert colours_of_xor(page) == XOR


def test_every_set_can_be_chosen_and_learned(open_page: OpenPage) -> None:
    page = open_page()
    for dataset in ("xor-cloud", "circle", "gauss", "spiral", "moons", "quadrants"):
        expect_opened(page)
        page.get_by_test_id("dataset").select_option(dataset)
        expect(page).to_have_url(re.compile(rf"dataset={dataset}$"))
        expect_opened(page)
        before = number(page, "train-loss")
        page.get_by_test_id("play").click()
        expect(page.get_by_test_id("epoch")).to_have_attribute("data-value", TWENTY_OR_MORE)
        assert number(page, "train-loss") < before
        page.get_by_test_id("reset").click()


def test_step_trains_one_epoch_and_draws_it(open_page: OpenPage) -> None:
    page = open_page("#/playground")
    expect_opened(page)
    before = pixels(page, ".map-field")
    page.get_by_test_id("step").click()
    expect(page.get_by_test_id("epoch")).to_have_attribute("data-value", "1")
    assert pixels(page, ".map-field") != before


def test_reset_gives_the_same_start_and_the_same_run_again(open_page: OpenPage) -> None:
    page = open_page("#/playground?dataset=moons&seed=5")
    expect_opened(page)

    def first_epoch() -> tuple[float, float, list[int]]:
        page.get_by_test_id("step").click()
        expect(page.get_by_test_id("epoch")).to_have_attribute("data-value", "1")
        return number(page, "train-loss"), number(page, "test-loss"), pixels(page, ".map-field")

    start = number(page, "train-loss")
    once = first_epoch()
    page.get_by_test_id("reset").click()
    expect_opened(page)
    assert number(page, "train-loss") == start
    assert first_epoch() == once


def test_settings_live_in_the_address(open_page: OpenPage) -> None:
    page = open_page("#/playground?dataset=spiral&seed=7&learning-rate=0.1&network-shape=8,3")
    expect_opened(page)
    expect(page.get_by_test_id("dataset")).to_have_value("spiral")
    expect(page.get_by_test_id("seed")).to_have_value("7")
    expect(page.get_by_test_id("learning-rate")).to_have_value("0.1")
    expect(page.get_by_test_id("network-shape")).to_have_value("8,3")
    # Back to its default a setting leaves the address.
    page.get_by_test_id("dataset").select_option("xor")
    expect(page).to_have_url(
        re.compile(r"#/playground\?network-shape=8,3&learning-rate=0.1&seed=7$")
    )


def test_an_address_typed_by_hand_is_followed(open_page: OpenPage) -> None:
    page = open_page("#/playground?dataset=circle")
    expect(page.get_by_test_id("dataset")).to_have_value("circle")
    page.evaluate("location.hash = '#/playground?dataset=moons&batch-size=64'")
    expect(page.get_by_test_id("dataset")).to_have_value("moons")
    expect(page.get_by_test_id("batch-size")).to_have_value("64")


def test_bad_settings_in_the_address_are_named_and_only_they_are_dropped(
    open_page: OpenPage,
) -> None:
    page = open_page(
        "#/playground?dataset=circle&learning-rate=99&optimizer=magic&seed=x&network-shape=10000000"
        "&colour=red&batch-size=32"
    )
    error = page.get_by_test_id("error")
    expect(error).to_be_visible()
    for text in ("99", "magic", "“x”", "10000000", "colour"):
        expect(error).to_contain_text(text)
    expect_opened(page)
    expect(page.get_by_test_id("dataset")).to_have_value("circle")
    expect(page.get_by_test_id("batch-size")).to_have_value("32")
    expect(page.get_by_test_id("optimizer")).to_have_value("adam")
    expect(page).to_have_url(re.compile(r"#/playground\?dataset=circle&batch-size=32$"))
    error.get_by_role("button").click()
    expect(error).to_be_hidden()


@pytest.mark.parametrize(
    "query",
    ["constructor=2", "__proto__=1", "&=", "colour=red&toString=x&hasOwnProperty=y&=1"],
)
def test_names_of_any_kind_in_the_address_are_told_and_the_rest_opens(
    open_page: OpenPage, query: str
) -> None:
    page = open_page(f"#/playground?dataset=moons&{query}")
    expect_opened(page)
    expect(page.get_by_test_id("dataset")).to_have_value("moons")
    expect(page).to_have_url(re.compile(r"#/playground\?dataset=moons$"))
    expect(page.get_by_test_id("error").locator("p")).to_have_count(1)
    expect(page.get_by_test_id("error")).to_contain_text(query.split("=")[0].strip("&"))
    page.evaluate("location.hash = '#/digits?constructor=2&seed=4'")
    expect(page.get_by_test_id("digits-seed")).to_have_value("4")


def test_bad_input_is_explained_and_nothing_is_lost(open_page: OpenPage) -> None:
    page = open_page("#/playground?dataset=circle")
    expect_opened(page)
    page.get_by_test_id("step").click()
    expect(page.get_by_test_id("epoch")).to_have_attribute("data-value", "1")
    rate = page.get_by_test_id("learning-rate")
    rate.fill("fast")
    rate.press("Enter")
    expect(page.get_by_test_id("error")).to_contain_text("fast")
    expect(rate).to_have_attribute("aria-invalid", "true")
    expect(rate).to_have_value("fast")
    expect(page.get_by_test_id("epoch")).to_have_attribute("data-value", "1")
    rate.fill("0.1")
    rate.press("Enter")
    expect(page.get_by_test_id("error")).to_be_hidden()
    expect(rate).not_to_have_attribute("aria-invalid", "true")
    expect(page).to_have_url(re.compile(r"learning-rate=0\.1(&|$)"))
    expect(page.get_by_test_id("epoch")).to_have_attribute("data-value", "1")


def test_a_refused_field_keeps_no_other_from_being_applied(open_page: OpenPage) -> None:
    page = open_page("#/playground?dataset=circle")
    expect_opened(page)
    error, seed = page.get_by_test_id("error"), page.get_by_test_id("seed")
    seed.fill("soon")
    seed.press("Enter")
    expect(error).to_contain_text("“soon” is not a whole number")
    expect(seed).to_have_attribute("aria-invalid", "true")
    expect(seed).to_have_accessible_description("Seed: “soon” is not a whole number.")
    page.get_by_test_id("batch-size").fill("32")
    page.get_by_test_id("batch-size").press("Enter")
    expect(page).to_have_url(re.compile(r"\?dataset=circle&batch-size=32$"))
    # What was taken ends the message; the field stays as it was typed, with its reason.
    expect(error).to_be_hidden()
    expect(seed).to_have_value("soon")
    expect(seed).to_have_attribute("aria-invalid", "true")
    page.get_by_test_id("language").click()
    expect(seed).to_have_accessible_description("随机种子：“soon”不是整数。")
    page.get_by_test_id("language").click()
    seed.fill("4")
    seed.press("Enter")
    expect(page).to_have_url(re.compile(r"batch-size=32&seed=4$"))
    expect(seed).not_to_have_attribute("aria-invalid", "true")
    expect(seed).to_have_accessible_description("")


def test_a_refused_field_alone_leaves_the_run_as_it_is(open_page: OpenPage) -> None:
    page = open_page("#/playground")
    expect_opened(page)
    page.get_by_test_id("step").click()
    expect(page.get_by_test_id("epoch")).to_have_attribute("data-value", "1")
    seed = page.get_by_test_id("seed")
    for typed in ("-1", "x"):
        seed.fill(typed)
        seed.press("Enter")
        expect(page.get_by_test_id("error")).to_contain_text(typed)
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("error")).to_be_hidden()
    seed.fill("x!")
    seed.press("Enter")
    expect(page.get_by_test_id("error")).to_contain_text("x!")
    expect(page.get_by_test_id("epoch")).to_have_attribute("data-value", "1")
    page.evaluate("location.hash = '#/playground?dataset=moons'")
    expect(page.get_by_test_id("dataset")).to_have_value("moons")
    expect(page.get_by_test_id("error")).to_be_hidden()
    expect(seed).to_have_value("1")
    expect(seed).not_to_have_attribute("aria-invalid", "true")


@pytest.mark.parametrize(
    ("field", "typed", "shown"),
    [
        ("network-shape", "6 4", "6,4"),
        ("network-shape", "8，8", "8,8"),
        ("network-shape", "８、4 ", "8,4"),
        ("learning-rate", "0,05", "0.05"),
        ("seed", "　１２", "12"),
    ],
)
def test_numbers_are_read_as_they_are_meant(
    open_page: OpenPage, field: str, typed: str, shown: str
) -> None:
    page = open_page("#/playground")
    expect_opened(page)
    page.get_by_test_id(field).fill(typed)
    page.get_by_test_id(field).press("Enter")
    expect(page.get_by_test_id(field)).to_have_value(shown)
    expect(page).to_have_url(re.compile(rf"\?{field}={shown}$"))
    expect(page.get_by_test_id("error")).to_be_hidden()


def test_layers_and_neurons_are_changed_at_the_diagram(open_page: OpenPage) -> None:
    page = open_page("#/playground?network-shape=6,4")
    expect_opened(page)
    shape = page.get_by_test_id("network-shape")
    page.get_by_role("button", name="Layer 1: one neuron more").click()
    expect(shape).to_have_value("7,4")
    page.get_by_test_id("add-layer").click()
    expect(shape).to_have_value("7,4,4")
    expect(page.locator(".neuron")).to_have_count(2 + 7 + 4 + 4 + 1)
    for left in ("7,4", "7", ""):
        page.get_by_test_id("remove-layer").click()
        expect(shape).to_have_value(left)
    expect(page.locator(".neuron")).to_have_count(3)
    page.get_by_test_id("step").click()
    expect(page.get_by_test_id("epoch")).to_have_attribute("data-value", "1")


def test_words_say_what_they_mean(open_page: OpenPage) -> None:
    page = open_page("#/playground")
    expect_opened(page)
    expect(page.locator(".toolbar-numbers")).to_contain_text("Test accuracy")
    expect(page.get_by_test_id("add-layer")).to_have_accessible_name("Add a layer")
    expect(page.get_by_test_id("remove-layer")).to_have_accessible_name("Remove a layer")
    noise = page.get_by_test_id("noise")
    expect(noise).to_be_disabled()
    expect(noise).to_have_accessible_description(
        "The four points of XOR are where they are, and all of them train and test."
    )
    page.get_by_test_id("dataset").select_option("moons")
    expect(noise).to_be_enabled()
    expect(noise).to_have_accessible_description("")


def test_the_last_pace_is_the_fastest(open_page: OpenPage) -> None:
    page = open_page("#/playground")
    expect_opened(page)
    page.get_by_test_id("pace").get_by_role("button", name="Max").click()
    page.get_by_test_id("play").click()
    # The other paces would take half a minute and more.
    expect(page.get_by_test_id("epoch")).to_have_attribute(
        "data-value", re.compile(r"^(\d{5,}|[3-9]\d{3})$"), timeout=15_000
    )


def test_each_pace_says_its_epochs_a_second(open_page: OpenPage) -> None:
    page = open_page("#/playground")
    expect_opened(page)
    rate = page.get_by_test_id("rate")
    expect(rate).to_have_text("–")
    page.get_by_test_id("play").click()
    expect(rate).to_have_attribute("data-value", re.compile(r"\d"))
    # One epoch for each second picture, and a screen shows some sixty pictures a second.
    assert 0 < number(page, "rate") < 45
    page.get_by_test_id("pace").get_by_role("button", name="Max").click()
    expect(rate).to_have_attribute("data-value", re.compile(r"^\d{3,}"))
    page.get_by_test_id("play").click()
    assert number(page, "rate") > 100  # it stays to be read
    page.get_by_test_id("pace").get_by_role("button", name="Steady").click()
    assert 0 < number(page, "rate") < 45


def test_a_diverging_run_stops_and_says_what_to_try(open_page: OpenPage) -> None:
    # Straight lines and large steps: the weights double with every one of them.
    page = open_page(
        "#/playground?dataset=circle&activation=linear&optimizer=sgd&learning-rate=10"
        "&network-shape=32,32,32"
    )
    expect_opened(page)
    page.get_by_test_id("play").click()
    expect(page.get_by_test_id("error")).to_contain_text("lower learning rate")
    expect(page.get_by_test_id("play")).to_have_attribute("aria-pressed", "false")
    page.get_by_test_id("learning-rate").fill("0.01")
    page.get_by_test_id("learning-rate").press("Enter")
    expect(page.get_by_test_id("error")).to_be_hidden()
    expect_opened(page)


def test_training_goes_on_when_a_setting_changes(open_page: OpenPage) -> None:
    page = open_page("#/playground?dataset=circle")
    expect_opened(page)
    page.get_by_test_id("play").click()
    page.get_by_test_id("activation").select_option("relu")
    expect(page).to_have_url(re.compile("activation=relu"))
    expect(page.get_by_test_id("play")).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_test_id("epoch")).to_have_attribute("data-value", TWENTY_OR_MORE)


def test_another_learning_rate_keeps_what_has_been_learned(
    open_page: OpenPage, tmp_path: Path
) -> None:
    page = open_page("#/playground?dataset=moons")
    expect_opened(page)
    play, epoch = page.get_by_test_id("play"), page.get_by_test_id("epoch")
    play.click()
    expect(epoch).to_have_attribute("data-value", TWENTY_OR_MORE)
    before = number(page, "epoch")
    rate = page.get_by_test_id("learning-rate")
    rate.fill("0.001")
    rate.press("Enter")
    expect(page).to_have_url(
        re.compile(r"\?dataset=moons&learning-rate=0\.001&edits=0_learning-rate_0\.03")
    )
    expect(play).to_have_attribute("aria-pressed", "true")
    seen = number(page, "epoch")
    assert seen >= before
    expect(epoch).not_to_have_attribute("data-value", str(int(seen)))
    play.click()
    expect(play).to_have_attribute("aria-pressed", "false")
    printed = run_script(page, tmp_path)
    assert printed[0] == pytest.approx(number(page, "train-loss"), rel=1e-2)
    assert printed[2] == pytest.approx(number(page, "accuracy"), abs=0.011)
    script = page.get_by_test_id("script")
    expect(script).to_contain_text("optimizer = Adam(0.03)")
    expect(script).to_contain_text("optimizer.learning_rate = 0.001")
    page.keyboard.press("Escape")
    # From its start with the rate of now.
    page.get_by_test_id("reset").click()
    expect_opened(page)
    page.get_by_test_id("show-code").click()
    expect(script).to_contain_text("Adam(0.001)")


def test_leaving_the_tab_pauses(open_page: OpenPage) -> None:
    page = open_page("#/playground")
    expect_opened(page)
    page.get_by_test_id("play").click()
    page.get_by_test_id("tab-digits").click()
    expect(page.get_by_test_id("decision-map")).to_be_hidden()
    page.get_by_test_id("tab-playground").click()
    expect(page.get_by_test_id("play")).to_have_attribute("aria-pressed", "false")


def test_share_copies_the_address(open_page: OpenPage) -> None:
    page = open_page(
        "#/playground?dataset=moons", permissions=["clipboard-read", "clipboard-write"]
    )
    expect_opened(page)
    page.get_by_test_id("share").click()
    expect(page.get_by_test_id("share")).to_contain_text("copied")
    assert page.evaluate("navigator.clipboard.readText()") == page.url


NO_CLIPBOARD = """
  navigator.clipboard.writeText = () => Promise.reject(new DOMException('no', 'NotAllowedError'));
  document.execCommand = () => false;
"""
SELECTED = "getSelection().toString()"


def test_what_the_clipboard_refuses_can_be_copied_by_hand(open_page: OpenPage) -> None:
    page = open_page("#/playground?dataset=moons")
    expect_opened(page)
    page.evaluate(NO_CLIPBOARD)
    page.get_by_test_id("share").click()
    address = page.get_by_test_id("share-address")
    expect(address).to_have_value(page.url)
    expect(address).to_be_focused()
    expect(page.get_by_role("dialog")).to_contain_text("Ctrl+C")
    assert page.evaluate(SELECTED) == page.url
    page.keyboard.press("Escape")
    expect(address).to_be_hidden()
    expect(page.get_by_test_id("share")).to_be_focused()
    page.get_by_test_id("show-code").click()
    page.get_by_test_id("copy-script").click()
    expect(page.get_by_test_id("script-dialog")).to_contain_text("The program is selected")
    assert page.evaluate(SELECTED).strip() == page.get_by_test_id("script").inner_text().strip()


def test_the_shown_script_gives_the_same_numbers_natively(
    open_page: OpenPage, tmp_path: Path
) -> None:
    page = open_page("#/playground?dataset=moons&seed=3")
    expect_opened(page)
    for epoch in ("1", "2", "3"):
        page.get_by_test_id("step").click()
        expect(page.get_by_test_id("epoch")).to_have_attribute("data-value", epoch)
    train, test, accuracy = run_script(page, tmp_path)
    assert train == pytest.approx(number(page, "train-loss"), rel=1e-3)
    assert test == pytest.approx(number(page, "test-loss"), rel=1e-3)
    assert accuracy == pytest.approx(number(page, "accuracy"), abs=1e-6)


def test_the_program_can_be_saved(open_page: OpenPage) -> None:
    page = open_page("#/playground")
    expect_opened(page)
    page.get_by_test_id("show-code").click()
    with page.expect_download() as download:
        page.get_by_test_id("save-script").click()
    assert download.value.suggested_filename == "playground.py"
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("script-dialog")).to_be_hidden()
