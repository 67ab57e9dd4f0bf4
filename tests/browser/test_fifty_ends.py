"""Fifty ends of the worker at random moments: each time the page says so and works again.

What was being trained goes on by itself, from at most five seconds before.
"""

import random

import pytest
from page_state import wait_until_ready
from playwright.sync_api import Page
from test_worker_ends import (
    dismiss,
    end_worker,
    expect_digits_to_learn,
    expect_end,
    expect_playground_to_learn,
    expect_recipe_to_run,
    expect_to_go_on,
)

ENDS = 50
# The page's time goes three times as fast: ends within ten seconds of a start would count as early
# ones, which wait for the person.
FASTER = 3
TIME = f"""() => {{
  const now = performance.now.bind(performance);
  performance.now = () => {FASTER} * now();
}}"""
PLAYGROUND = "#/playground?dataset=spiral"
DIGITS = "#/digits?architecture=784-32-10&subset=60000&epochs=1000"
RECIPE = "#/recipes?recipe=nielsen&length=full"


def end(page: Page, route: str) -> None:
    end_worker(page)
    expect_end(page)
    dismiss(page)
    assert page.url.endswith(route)


def number(page: Page, test_id: str) -> float:
    return float(page.get_by_test_id(test_id).get_attribute("data-value") or "0")


@pytest.mark.long
@pytest.mark.parametrize("route", [PLAYGROUND, DIGITS], ids=["playground", "digits"])
def test_a_training_goes_on_after_ends_at_random_moments(
    page: Page, site_url: str, route: str
) -> None:
    toggle, epoch = ("play", "epoch") if route == PLAYGROUND else ("digits-train", "digits-epoch")
    chance = random.Random(route)
    page.goto(site_url + route)
    wait_until_ready(page)
    page.evaluate(TIME)
    (expect_playground_to_learn if route == PLAYGROUND else expect_digits_to_learn)(page)
    for count in range(ENDS // 3):
        page.wait_for_timeout(chance.uniform(10, 14) / FASTER * 500)
        earlier = number(page, epoch)
        # Four seconds of the page between two keepings, and one for the answer.
        page.wait_for_timeout(4000 / FASTER + 1000 + chance.uniform(0, 500))
        end(page, route)
        expect_to_go_on(page, toggle, epoch, earlier)
        assert earlier > 0, f"end {count + 1}"


@pytest.mark.long
def test_a_recipe_runs_again_after_ends_at_random_moments(page: Page, site_url: str) -> None:
    chance = random.Random(RECIPE)
    page.goto(site_url + RECIPE)
    wait_until_ready(page)
    page.evaluate("() => { let now = 0; performance.now = () => (now += 60_000); }")
    for _ in range(ENDS - 2 * (ENDS // 3)):
        expect_recipe_to_run(page)
        page.wait_for_timeout(chance.uniform(0, 1500))
        end(page, RECIPE)
    expect_recipe_to_run(page)
