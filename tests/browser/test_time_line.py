"""The playground's time line: a run is looked at as it was, and gone on from there."""

import re
from collections.abc import Callable

import pytest
from page_state import train_epochs, wait_until_ready
from playwright.sync_api import Page, expect

OpenPage = Callable[..., Page]
NUMBERS = ["epoch", "train-loss", "test-loss", "accuracy"]


def numbers(page: Page) -> list[str | None]:
    return [page.get_by_test_id(name).get_attribute("data-value") for name in NUMBERS]


def train_to(page: Page, epoch: int) -> list[list[str | None]]:
    """The numbers of each epoch, from the start on."""
    expect(page.get_by_test_id("epoch")).to_have_attribute("data-value", "0")
    told = [numbers(page)]
    for done in range(1, epoch + 1):
        train_epochs(page, done, done)
        told.append(numbers(page))
    return told


def expect_numbers(page: Page, told: list[str | None]) -> None:
    for name, value in zip(NUMBERS, told, strict=True):
        expect(page.get_by_test_id(name)).to_have_attribute("data-value", str(value))


def test_every_moment_comes_back_and_the_present_too(open_page: OpenPage) -> None:
    page = open_page("#/playground?dataset=xor")
    line = page.get_by_role("slider", name="Time line")
    expect(line).to_be_disabled()
    told = train_to(page, 5)
    line.focus()
    for epoch in (4, 3, 2):
        page.keyboard.press("ArrowLeft")
        expect_numbers(page, told[epoch])
    page.keyboard.press("Home")
    expect_numbers(page, told[0])
    page.keyboard.press("ArrowRight")
    expect_numbers(page, told[1])
    expect(line).to_have_attribute("aria-valuetext", "epoch 1, step 1")
    page.get_by_role("button", name="Now").click()
    expect_numbers(page, told[5])
    expect(page.get_by_role("button", name="Now")).to_be_disabled()


def test_training_goes_on_from_the_moment_that_is_shown(open_page: OpenPage) -> None:
    page = open_page("#/playground?dataset=moons")
    told = train_to(page, 6)
    line = page.get_by_test_id("timeline")
    # 300 points, 16 at a time: 19 mini-batches an epoch.
    expect(line).to_have_value("114")
    line.focus()
    for _ in range(114 - 3 * 19):
        page.keyboard.press("ArrowLeft")
    expect_numbers(page, told[3])
    page.get_by_test_id("step").click()
    expect_numbers(page, told[4])
    expect(line).to_have_value("76")
    expect(line).to_have_attribute("max", "76")


def test_one_mini_batch_is_one_step_of_the_line(open_page: OpenPage) -> None:
    page = open_page("#/playground?dataset=moons")
    line = page.get_by_role("slider", name="Time line")
    for step in (1, 2, 3):
        page.get_by_role("button", name="+1 mini-batch").click()
        expect(line).to_have_attribute("data-value", str(step))
    expect(page.get_by_test_id("epoch")).to_have_attribute("data-value", "0")
    page.get_by_role("button", name="+1 epoch").click()
    expect(line).to_have_attribute("data-value", "19")


def test_slow_motion_takes_single_mini_batches(open_page: OpenPage) -> None:
    page = open_page("#/playground?dataset=moons")
    page.get_by_test_id("pace").get_by_role("button", name="Slow").click()
    # Eight steps a second go by between two looks from outside: the page itself keeps them.
    shown = page.get_by_test_id("timeline").evaluate_handle(
        """(line) => {
          const shown = [];
          const keep = () => shown.push(Number(line.dataset.value));
          new MutationObserver(keep).observe(line, { attributeFilter: ["data-value"] });
          return shown;
        }"""
    )
    page.get_by_test_id("play").click()
    expect(page.get_by_test_id("epoch")).to_have_attribute("data-value", re.compile(r"^[1-9]"))
    page.get_by_test_id("play").click()
    within_an_epoch = {step for step in shown.json_value() if 0 < step < 19}
    assert len(within_an_epoch) > 5, "moons take 19 mini-batches an epoch"


def test_a_hand_on_the_line_pauses_and_letting_go_shows_the_exact_step(
    open_page: OpenPage,
) -> None:
    page = open_page("#/playground?dataset=spiral")
    page.get_by_test_id("play").click()
    expect(page.get_by_test_id("epoch")).to_have_attribute("data-value", re.compile(r"^\d\d"))
    line = page.get_by_test_id("timeline")
    box = line.bounding_box()
    assert box
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] - 10, middle)
    page.mouse.down()
    expect(page.get_by_test_id("play")).to_have_attribute("aria-pressed", "false")
    newest = int(line.get_attribute("max") or 0)
    page.mouse.move(box["x"] + box["width"] * 0.5, middle, steps=8)
    page.mouse.up()
    step = int(line.input_value())
    assert 0.4 * newest < step < 0.6 * newest
    place = page.get_by_test_id("time-place")
    expect(place).to_have_text(f"epoch {step // 19}, step {step:,}")
    expect(page.get_by_test_id("epoch")).to_have_attribute("data-value", str(step // 19))
    # Nothing is lost before it is gone on from there.
    page.get_by_test_id("time-now").click()
    expect(page.get_by_test_id("epoch")).to_have_attribute("data-value", str(newest // 19))


def test_a_change_of_the_rate_is_one_of_the_moment_that_is_shown(open_page: OpenPage) -> None:
    page = open_page("#/playground?dataset=xor")
    told = train_to(page, 4)
    page.get_by_test_id("timeline").focus()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    expect_numbers(page, told[2])
    page.get_by_test_id("learning-rate").fill("0.5")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("timeline")).to_have_attribute("max", "2")
    expect_numbers(page, told[2])
    page.get_by_test_id("show-code").click()
    expect(page.get_by_test_id("script")).to_contain_text("epochs=2,")


def test_the_code_is_that_of_the_moment_and_the_run_stays(open_page: OpenPage) -> None:
    page = open_page("#/playground?dataset=xor")
    told = train_to(page, 4)
    page.get_by_test_id("timeline").focus()
    page.keyboard.press("ArrowLeft")
    expect_numbers(page, told[3])
    page.get_by_test_id("show-code").click()
    expect(page.get_by_test_id("script")).to_contain_text("epochs=3,")
    page.keyboard.press("Escape")
    page.get_by_test_id("time-now").click()
    expect_numbers(page, told[4])


def test_reset_and_other_settings_begin_a_line_anew(open_page: OpenPage) -> None:
    page = open_page("#/playground?dataset=xor")
    train_to(page, 3)
    page.get_by_test_id("timeline").focus()
    page.keyboard.press("ArrowLeft")
    page.get_by_test_id("reset").click()
    expect(page.get_by_test_id("timeline")).to_be_disabled()
    expect(page.get_by_test_id("epoch")).to_have_attribute("data-value", "0")
    train_to(page, 2)
    page.get_by_test_id("dataset").select_option("moons")
    expect(page.get_by_test_id("timeline")).to_be_disabled()


@pytest.mark.browser_context_args(locale="zh-CN")
def test_in_chinese(page: Page, site_url: str) -> None:
    page.goto(site_url + "#/playground?dataset=xor")
    wait_until_ready(page)
    train_to(page, 2)
    line = page.get_by_role("slider", name="时间线")
    line.focus()
    page.keyboard.press("ArrowLeft")
    expect(line).to_have_attribute("aria-valuetext", "第 1 轮，第 1 步")
    page.get_by_role("button", name="现在").click()
    expect(page.get_by_test_id("epoch")).to_have_attribute("data-value", "2")


def test_the_fields_show_the_settings_of_the_moment_that_is_looked_at(open_page: OpenPage) -> None:
    page = open_page("#/playground?dataset=moons")
    train_epochs(page, 1, 2)
    rate = page.get_by_test_id("learning-rate")
    rate.fill("0.2")
    rate.press("Enter")
    expect(page).to_have_url(re.compile("38_learning-rate_0.2"))
    train_epochs(page, 3, 4)
    line = page.get_by_test_id("timeline")
    line.focus()
    page.keyboard.press("Home")
    expect(rate).to_have_value("0.03")
    page.get_by_role("button", name="Now").click()
    expect(rate).to_have_value("0.2")
    # Going on from there takes the rate of then.
    line.focus()
    page.keyboard.press("Home")
    expect(rate).to_have_value("0.03")
    page.get_by_test_id("step").click()
    expect(page.get_by_test_id("epoch")).to_have_attribute("data-value", "1")
    expect(rate).to_have_value("0.03")
    expect(page).not_to_have_url(re.compile("learning-rate"))
