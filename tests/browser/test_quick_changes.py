"""Settings changed faster than Python answers: the newest one wins, and what went on goes on."""

import re
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from playwright.sync_api import Page, expect

OpenPage = Callable[..., Page]
TRAINING = 600_000
# Milliseconds between two changes: within one task, within one request, and over several.
GAPS = [0, 3, 10, 25, 60]
ABOVE_0 = re.compile(r"^(?!0$)[\d.]+$")


def change(page: Page, changes: Sequence[tuple[str, str]], gap: int) -> None:
    """Sets fields in a row, so many milliseconds apart; 0: all within one task."""
    page.evaluate(
        """async ([changes, gap]) => {
          for (const [testid, value] of changes) {
            const field = document.querySelector(`[data-testid="${testid}"]`);
            field.value = value;
            field.dispatchEvent(new Event('change', { bubbles: true }));
            if (gap) await new Promise((resolve) => setTimeout(resolve, gap));
          }
        }""",
        [[list(pair) for pair in changes], gap],
    )


def script(page: Page, button: str) -> str:
    """The program of what Python holds, once it has answered."""
    page.get_by_test_id(button).click()
    text = page.get_by_test_id("script").inner_text()
    page.keyboard.press("Escape")
    return text


def fields(testid: str, *values: str) -> list[tuple[str, str]]:
    return [(testid, value) for value in values]


DIGITS: list[tuple[str, list[tuple[str, str]], dict[str, Any]]] = [
    (
        "three of different fields",
        [
            ("digits-architecture", "784-10"),
            ("digits-activation", "tanh"),
            ("digits-optimizer", "sgd"),
        ],
        {"architecture": "784-10", "activation": "tanh", "optimizer": "sgd"},
    ),
    (
        "four, and back",
        fields("digits-architecture", "784-10", "784-500-10", "784-10", "784-128-10"),
        {"architecture": "784-128-10"},
    ),
]
USUAL = {"architecture": "784-128-10", "activation": "relu", "optimizer": "momentum"}


@pytest.mark.parametrize("training", [True, False], ids=["training", "at rest"])
@pytest.mark.parametrize(
    ("changes", "wanted"), [row[1:] for row in DIGITS], ids=[r[0] for r in DIGITS]
)
def test_digits_end_at_the_newest_settings_and_train_on(
    open_page: OpenPage, changes: list[tuple[str, str]], wanted: dict[str, str], training: bool
) -> None:
    page = open_page("#/digits?subset=10000&epochs=1000")
    train, epoch = page.get_by_test_id("digits-train"), page.get_by_test_id("digits-epoch")
    expect(page.get_by_test_id("digits-reset")).to_be_enabled(timeout=TRAINING)
    if training:
        train.click()
    sizes = wanted["architecture"].split("-")[1:-1]
    for gap in GAPS:
        change(page, [(f"digits-{name}", value) for name, value in USUAL.items()], 0)
        if training:
            expect(epoch).to_have_attribute("data-value", ABOVE_0)
        change(page, changes, gap)
        code = script(page, "digits-show-code")
        assert re.findall(r"Dense\((\d+)", code) == [*sizes, "10"], f"{gap} ms apart"
        for name, value in wanted.items():
            expect(page.get_by_test_id(f"digits-{name}")).to_have_value(value)
        for name, value in wanted.items():
            stated = re.compile(rf"\b{name}={value}(&|$)")
            if value == USUAL[name]:
                expect(page).not_to_have_url(stated)
            else:
                expect(page).to_have_url(stated)
        expect(train).to_have_attribute("aria-pressed", str(training).lower())
        if training:
            # It goes on: what has been trained now is more than what had been a moment ago.
            seen = epoch.get_attribute("data-value") or ""
            expect(epoch).not_to_have_attribute("data-value", seen)
        else:
            expect(epoch).to_have_attribute("data-value", "0")
    expect(page.get_by_test_id("error")).to_be_hidden()


@pytest.mark.parametrize("training", [True, False], ids=["training", "at rest"])
def test_the_playground_ends_at_the_newest_settings_and_trains_on(
    open_page: OpenPage, training: bool
) -> None:
    page = open_page("#/playground")
    play, epoch = page.get_by_test_id("play"), page.get_by_test_id("epoch")
    expect(epoch).to_have_attribute("data-value", "0")
    if training:
        play.click()
    for gap in GAPS:
        change(page, fields("network-shape", "3", "5,5", "x", "4,2"), gap)
        change(page, [("dataset", "moons"), ("activation", "relu"), ("dataset", "gauss")], gap)
        code = script(page, "show-code")
        assert re.findall(r"Dense\((\d+)", code) == ["4", "2", "1"], f"{gap} ms apart"
        assert "import gauss" in code and 'activation="relu"' in code
        expect(page).to_have_url(
            re.compile(r"#/playground\?dataset=gauss&network-shape=4,2&activation=relu$")
        )
        expect(page.locator(".neuron")).to_have_count(2 + 4 + 2 + 1)
        expect(page.get_by_test_id("error")).to_be_hidden()
        # The last one refused: what was chosen before it is open, and the field keeps the text.
        change(page, fields("network-shape", "6", "x"), gap)
        expect(page.get_by_test_id("network-shape")).to_have_attribute("aria-invalid", "true")
        expect(page.get_by_test_id("network-shape")).to_have_value("x")
        expect(play).to_have_attribute("aria-pressed", str(training).lower())
        if training:
            seen = epoch.get_attribute("data-value") or ""
            expect(epoch).not_to_have_attribute("data-value", seen)
        else:
            page.get_by_test_id("step").click()
            expect(epoch).to_have_attribute("data-value", "1")


def test_recipes_end_at_the_newest_choice_and_stand_still(open_page: OpenPage) -> None:
    page = open_page("#/recipes?recipe=quadrants&length=full")
    run, status = page.get_by_test_id("recipe-run"), page.get_by_test_id("recipe-status")
    for gap in GAPS:
        change(page, fields("recipe", "quadrants"), 0)
        expect(page.get_by_test_id("recipe-reset")).to_be_enabled(timeout=TRAINING)
        run.click()
        expect(status).to_have_attribute("data-status", "running")
        change(page, fields("recipe", "eleven_lines", "quadrants", "eleven_lines"), gap)
        expect(status).to_have_attribute("data-status", "ready", timeout=TRAINING)
        expect(page.get_by_test_id("recipe")).to_have_value("eleven_lines")
        expect(page).to_have_url(re.compile(r"#/recipes(\?length=full)?$"))
        expect(page.get_by_test_id("recipe-published").locator("tbody tr")).to_have_count(18)
        expect(run).to_have_attribute("aria-pressed", "false")
    run.click()
    expect(status).to_have_attribute("data-status", "finished", timeout=TRAINING)
    expect(page.get_by_test_id("error")).to_be_hidden()
