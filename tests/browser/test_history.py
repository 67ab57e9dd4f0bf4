"""The browser's back and forward: a view is found as it was left, and nothing trained is lost."""

import re
from collections.abc import Callable

from page_state import wait_until_ready
from playwright.sync_api import Page, expect

OpenPage = Callable[..., Page]
TRAINING = 600_000


def test_two_steps_back_find_the_trained_network_of_other_settings(open_page: OpenPage) -> None:
    page = open_page("#/digits?architecture=784-10&subset=1000&epochs=1")
    train, epoch = page.get_by_test_id("digits-train"), page.get_by_test_id("digits-epoch")
    expect(page.get_by_test_id("digits-reset")).to_be_enabled(timeout=TRAINING)
    page.get_by_test_id("tab-playground").click()
    page.get_by_test_id("tab-digits").click()
    page.get_by_test_id("digits-architecture").select_option("784-32-10")
    expect(page).to_have_url(re.compile("architecture=784-32-10"))
    train.click()
    expect(page.get_by_test_id("digits-more")).to_be_enabled(timeout=TRAINING)
    loss = page.get_by_test_id("digits-loss").get_attribute("data-value") or ""

    def expect_kept() -> None:
        expect(page).to_have_url(re.compile(r"#/digits\?architecture=784-32-10&.*epochs=1$"))
        expect(page.get_by_test_id("digits-architecture")).to_have_value("784-32-10")
        expect(epoch).to_have_attribute("data-value", "1")
        expect(page.get_by_test_id("digits-loss")).to_have_attribute("data-value", loss)

    page.go_back()
    expect(page.get_by_test_id("decision-map")).to_be_visible()
    page.go_back()
    expect(train).to_be_visible()
    expect_kept()
    page.go_forward()
    expect(page.get_by_test_id("decision-map")).to_be_visible()
    page.go_forward()
    expect(train).to_be_visible()
    expect_kept()
    # It is the network itself that was kept: it goes on.
    page.get_by_test_id("digits-more").click()
    expect(epoch).to_have_attribute("data-value", "6", timeout=TRAINING)


def test_going_back_to_other_settings_of_the_same_view_keeps_what_was_trained(
    open_page: OpenPage,
) -> None:
    page = open_page("#/playground?dataset=moons")
    dataset, epoch = page.get_by_test_id("dataset"), page.get_by_test_id("epoch")
    expect(epoch).to_have_attribute("data-value", "0")
    page.evaluate("location.hash = '#/playground?dataset=circle'")
    expect(dataset).to_have_value("circle")
    # Nothing is lost yet: back leads to the settings before.
    page.go_back()
    expect(dataset).to_have_value("moons")
    page.go_forward()
    expect(dataset).to_have_value("circle")
    expect(epoch).to_have_attribute("data-value", "0")
    page.get_by_test_id("step").click()
    expect(epoch).to_have_attribute("data-value", "1")
    page.go_back()
    expect(page).to_have_url(re.compile(r"#/playground\?dataset=circle$"))
    expect(dataset).to_have_value("circle")
    expect(epoch).to_have_attribute("data-value", "1")
    # An address that is typed, or a link, is followed.
    page.evaluate("location.hash = '#/playground?dataset=gauss'")
    expect(dataset).to_have_value("gauss")
    expect(epoch).to_have_attribute("data-value", "0")


def test_a_recipe_that_has_run_is_found_again_and_a_reload_follows_the_address(
    open_page: OpenPage,
) -> None:
    page = open_page("#/recipes?recipe=quadrants")
    recipe, status = page.get_by_test_id("recipe"), page.get_by_test_id("recipe-status")
    expect(status).to_have_attribute("data-status", "ready")
    page.get_by_test_id("tab-playground").click()
    page.get_by_test_id("tab-recipes").click()
    recipe.select_option("eleven_lines")
    expect(page.get_by_test_id("recipe-reset")).to_be_enabled()
    page.get_by_test_id("recipe-run").click()
    expect(status).to_have_attribute("data-status", "finished", timeout=TRAINING)
    page.go_back()
    page.go_back()
    expect(recipe).to_be_visible()
    expect(recipe).to_have_value("eleven_lines")
    expect(status).to_have_attribute("data-status", "finished")
    expect(page).to_have_url(re.compile(r"#/recipes$"))
    # After a reload there is nothing to keep: each entry gives what its address says.
    page.evaluate("location.hash = '#/recipes?recipe=quadrants'")
    expect(recipe).to_have_value("quadrants")
    page.reload()
    wait_until_ready(page)
    expect(recipe).to_have_value("quadrants")
    expect(status).to_have_attribute("data-status", "ready", timeout=TRAINING)
    page.go_back()
    expect(recipe).to_have_value("eleven_lines")


PRESS_BEFORE_THE_ANSWER = """
  globalThis.Worker = class extends Worker {
    constructor(...all) {
      super(...all);
      // The first to listen: the page hears the answer after it.
      this.addEventListener('message', () => {
        if (globalThis.press) document.querySelector(globalThis.press).click();
        globalThis.press = null;
      });
    }
  };
"""


def test_a_tab_pressed_in_the_moment_of_an_answer_is_opened(page: Page, site_url: str) -> None:
    # What Python answers is written into the address, and not over one that has just been pressed.
    page.add_init_script(PRESS_BEFORE_THE_ANSWER)
    page.goto(site_url + "#/playground?dataset=moons")
    wait_until_ready(page)
    dataset = page.get_by_test_id("dataset")
    expect(dataset).to_have_value("moons")
    page.evaluate("""() => {
      globalThis.press = '[data-testid=tab-recipes]';
      const field = document.querySelector('[data-testid=dataset]');
      field.value = 'circle';
      field.dispatchEvent(new Event('change', { bubbles: true }));
    }""")
    expect(page.get_by_test_id("recipe-status")).to_be_visible()
    expect(page).to_have_url(re.compile(r"#/recipes"))
    page.go_back()
    expect(dataset).to_have_value("circle")
    expect(page).to_have_url(re.compile(r"#/playground\?dataset=circle"))
