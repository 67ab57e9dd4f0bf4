"""A worker that ends, as by a crash or for want of memory: the page says so and starts anew.

A browser tells the page nothing of such an end, and `self.close()` in the worker is one.
"""

import re
from collections.abc import Callable

import pytest
from page_state import wait_for_state, wait_until_ready
from playwright.sync_api import Page, Worker, expect

OpenPage = Callable[..., Page]
# However slow the machine is.
TRAINING = 600_000
DIGITS = "#/digits?architecture=784-32-10&subset=60000&epochs=1000"
RECIPE = "#/recipes?recipe=nielsen&length=full"
# Downloads of a worker that ends are cut off.
CUT_OFF = "request failed"
# Files that a start needs and whose answer never comes.
STUCK = re.compile(r"/(numpy-[^/]*\.whl\.gzip|python_stdlib\.zip)$")


def end_worker(page: Page) -> None:
    [worker] = page.workers
    end(worker)


def end(worker: Worker) -> None:
    # A moment later, so that this call still gets its answer.
    worker.evaluate("setTimeout(() => self.close())")


def expect_end(page: Page, sentence: str = "Python ended unexpectedly") -> None:
    """The page says it, and has Python again."""
    expect(page.get_by_test_id("error")).to_contain_text(sentence)
    wait_until_ready(page)


def dismiss(page: Page) -> None:
    """So that the next end cannot be taken for told while the page still says this one."""
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("error")).to_be_hidden()


def expect_to_learn(page: Page, toggle: str, progress: str, start: str) -> None:
    """Nothing is trained yet, and with a click on the button it is."""
    button = page.get_by_test_id(toggle)
    shown = page.get_by_test_id(progress)
    expect(shown).to_have_attribute("data-value", start, timeout=TRAINING)
    expect(button).to_have_attribute("aria-pressed", "false")
    button.click()
    expect(shown).not_to_have_attribute("data-value", start, timeout=TRAINING)
    expect(button).to_have_attribute("aria-pressed", "true")


def expect_playground_to_learn(page: Page) -> None:
    expect_to_learn(page, "play", "epoch", "0")


def expect_digits_to_learn(page: Page) -> None:
    expect_to_learn(page, "digits-train", "digits-epoch", "0")


def expect_recipe_to_run(page: Page) -> None:
    status = page.get_by_test_id("recipe-status")
    expect(status).to_have_attribute("data-status", "ready", timeout=TRAINING)
    page.get_by_test_id("recipe-run").click()
    expect(status).to_have_attribute("data-status", "running", timeout=TRAINING)


def expect_to_go_on(page: Page, toggle: str, progress: str, least: float) -> None:
    """It trains by itself, from where it was before the end or a moment earlier."""
    shown = page.get_by_test_id(progress)
    expect(page.get_by_test_id(toggle)).to_have_attribute("aria-pressed", "true", timeout=TRAINING)
    expect(shown).not_to_have_attribute("data-value", "0", timeout=TRAINING)
    value = shown.get_attribute("data-value")
    assert value and float(value) >= least
    expect(shown).not_to_have_attribute("data-value", value, timeout=TRAINING)


def trained_for_a_while(page: Page, progress: str) -> float:
    """Past the first time that the run was kept; how far it is."""
    shown = page.get_by_test_id(progress)
    page.wait_for_timeout(1000)
    value = shown.get_attribute("data-value")
    assert value
    return float(value)


def test_an_end_at_rest_is_told_and_the_settings_come_back(open_page: OpenPage) -> None:
    page = open_page("#/playground?dataset=moons&seed=7")
    expect(page.get_by_test_id("play")).to_be_enabled()
    end_worker(page)
    expect_end(page)
    expect(page.get_by_test_id("dataset")).to_have_value("moons")
    assert page.url.endswith("#/playground?dataset=moons&seed=7")
    expect_playground_to_learn(page)


def test_an_end_is_told_in_chinese_too(open_page: OpenPage) -> None:
    page = open_page("#/playground", locale="zh-CN")
    end_worker(page)
    expect_end(page, "Python 意外终止")


def test_the_playground_ends_while_it_trains_and_goes_on(open_page: OpenPage) -> None:
    page = open_page("#/playground?dataset=spiral")
    # Every answer is four seconds after the last, so that every frame of the run is kept.
    page.evaluate("() => { let now = 0; performance.now = () => (now += 4_000); }")
    expect_playground_to_learn(page)
    epochs = trained_for_a_while(page, "epoch")
    end_worker(page)
    expect_end(page)
    expect(page.get_by_test_id("dataset")).to_have_value("spiral")
    expect_to_go_on(page, "play", "epoch", epochs)
    # The curve has its beginning still, and a pause holds.
    assert page.get_by_test_id("loss-chart").get_attribute("aria-label")
    page.get_by_test_id("play").click()
    expect(page.get_by_test_id("play")).to_have_attribute("aria-pressed", "false")


def test_a_paused_run_comes_back_and_waits(open_page: OpenPage) -> None:
    page = open_page("#/playground?dataset=spiral")
    for _ in range(3):
        page.get_by_test_id("step").click()
    expect(page.get_by_test_id("epoch")).to_have_attribute("data-value", "3")
    end_worker(page)
    expect_end(page)
    # The first of them was kept; the others were made within four seconds.
    expect(page.get_by_test_id("epoch")).to_have_attribute("data-value", re.compile("^[123]$"))
    expect(page.get_by_test_id("play")).to_have_attribute("aria-pressed", "false")
    assert page.url.endswith("#/playground?dataset=spiral")


def test_another_choice_after_the_end_begins_anew(open_page: OpenPage) -> None:
    page = open_page("#/playground?dataset=spiral")
    page.get_by_test_id("step").click()
    expect(page.get_by_test_id("epoch")).to_have_attribute("data-value", "1")
    page.get_by_test_id("reset").click()
    expect(page.get_by_test_id("epoch")).to_have_attribute("data-value", "0")
    end_worker(page)
    expect_end(page)
    expect_playground_to_learn(page)


def test_digits_end_while_they_train(open_page: OpenPage) -> None:
    page = open_page(DIGITS)
    page.evaluate("() => { let now = 0; performance.now = () => (now += 4_000); }")
    expect_digits_to_learn(page)
    epochs = trained_for_a_while(page, "digits-epoch")
    end_worker(page)
    expect_end(page)
    expect_to_go_on(page, "digits-train", "digits-epoch", epochs - 1)
    assert page.url.endswith(DIGITS)


@pytest.mark.expected_problems(CUT_OFF)
def test_digits_end_while_their_images_come(page: Page, site_url: str) -> None:
    images = re.compile(r"/mnist/[^/]*\.gzip$")
    page.route(images, lambda route: None)
    page.goto(site_url + DIGITS)
    wait_until_ready(page)
    expect(page.get_by_test_id("digits-status")).to_contain_text("Loading MNIST")
    page.unroute(images)
    end_worker(page)
    expect_end(page)
    expect_digits_to_learn(page)


def test_a_recipe_ends_while_it_runs(open_page: OpenPage) -> None:
    page = open_page(RECIPE)
    expect_recipe_to_run(page)
    end_worker(page)
    expect_end(page)
    expect(page.get_by_test_id("recipe")).to_have_value("nielsen")
    expect_recipe_to_run(page)


def test_tabs_out_of_sight_open_again_when_they_are_seen(open_page: OpenPage) -> None:
    page = open_page("#/playground?dataset=moons")
    expect(page.get_by_test_id("play")).to_be_enabled()
    page.goto(page.url.split("#")[0] + DIGITS)
    expect_digits_to_learn(page)
    page.get_by_test_id("tab-recipes").click()
    expect_recipe_to_run(page)
    end_worker(page)
    expect_end(page)
    page.get_by_test_id("tab-playground").click()
    expect(page.get_by_test_id("dataset")).to_have_value("moons")
    expect_playground_to_learn(page)
    page.get_by_test_id("tab-digits").click()
    # It was trained before it went out of sight, where it waited.
    expect(page.get_by_test_id("digits-epoch")).not_to_have_attribute(
        "data-value", "0", timeout=TRAINING
    )
    expect(page.get_by_test_id("digits-train")).to_have_attribute("aria-pressed", "false")
    assert page.url.endswith(DIGITS)


@pytest.mark.expected_problems(CUT_OFF)
def test_an_end_while_python_starts_is_a_failed_start(page: Page, site_url: str) -> None:
    page.route(STUCK, lambda route: None)
    page.goto(site_url + "#/playground?dataset=moons")
    expect(page.get_by_test_id("boot-progress")).to_contain_text("standard library")
    end_worker(page)
    wait_for_state(page, "failed")
    expect(page.get_by_test_id("error")).to_contain_text("it ended unexpectedly")
    page.unroute(STUCK)
    page.get_by_test_id("retry").click()
    wait_until_ready(page)
    expect(page.get_by_test_id("error")).to_be_hidden()
    expect(page.get_by_test_id("dataset")).to_have_value("moons")
    expect_playground_to_learn(page)


def test_an_end_before_a_run_was_kept_begins_it_again(open_page: OpenPage) -> None:
    page = open_page("#/playground?dataset=moons")
    page.get_by_test_id("play").click()
    [worker] = page.workers
    worker.evaluate("self.close()")
    expect_end(page)
    expect_to_go_on(page, "play", "epoch", 0)


def test_an_uncaught_error_of_the_worker_is_an_end(open_page: OpenPage) -> None:
    page = open_page("#/playground?dataset=moons")
    expect_playground_to_learn(page)
    [worker] = page.workers
    worker.evaluate("setTimeout(() => { throw new Error('lost'); })")
    expect_end(page)
    expect_to_go_on(page, "play", "epoch", 1)


@pytest.mark.expected_problems("console error")
def test_a_fatal_error_of_pythons_runtime_is_an_end(open_page: OpenPage) -> None:
    page = open_page("#/playground?dataset=moons")
    expect_playground_to_learn(page)
    [worker] = page.workers
    # What Python's clock asks: an error there goes through its WebAssembly.
    worker.evaluate("() => { performance.now = () => { throw new Error('lost'); }; }")
    expect_end(page)
    expect_to_go_on(page, "play", "epoch", 1)


def test_ends_again_and_again_wait_for_the_person(open_page: OpenPage) -> None:
    page = open_page("#/playground?dataset=moons")
    # The time of the page stands still: however slow the machine is, every end is an early one.
    page.evaluate("performance.now = () => 0")
    for _ in range(2):
        end_worker(page)
        expect_end(page)
        dismiss(page)
        expect(page.get_by_test_id("play")).to_be_enabled()
    end_worker(page)
    wait_for_state(page, "failed")
    expect(page.get_by_test_id("error")).to_contain_text("several times in a row")
    page.get_by_test_id("retry").click()
    wait_until_ready(page)
    expect(page.get_by_test_id("error")).to_be_hidden()
    expect(page.get_by_test_id("dataset")).to_have_value("moons")


def test_without_locks_a_silent_worker_has_ended(page: Page, site_url: str) -> None:
    page.clock.install()
    page.add_init_script("delete Navigator.prototype.locks")
    page.goto(site_url + "#/playground?dataset=moons")
    wait_until_ready(page)
    # Nothing is asked of it, and so its silence says nothing.
    expect(page.get_by_test_id("play")).to_be_enabled()
    end_worker(page)
    page.clock.run_for(120_000)
    expect(page.get_by_test_id("error")).to_be_hidden()
    page.get_by_test_id("play").click()
    page.clock.run_for(40_000)
    expect(page.get_by_test_id("error")).to_be_hidden()
    page.clock.run_for(40_000)
    expect(page.get_by_test_id("error")).to_contain_text("Python ended unexpectedly")
    page.clock.resume()
    wait_until_ready(page)
    expect_to_go_on(page, "play", "epoch", 0)
