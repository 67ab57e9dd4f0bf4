"""Fifty ends of the worker at random moments: each time the page says so and works again."""

import random
from collections.abc import Callable

import pytest
from page_state import wait_until_ready
from playwright.sync_api import Page, expect
from test_worker_ends import (
    end_worker,
    expect_digits_to_learn,
    expect_end,
    expect_playground_to_learn,
    expect_recipe_to_run,
)

ENDS = 50
# What a person has open when it happens: the address, and how one sees that it works.
VIEWS: list[tuple[str, Callable[[Page], None]]] = [
    ("#/playground?dataset=spiral", expect_playground_to_learn),
    ("#/digits?architecture=784-32-10&subset=1000&epochs=1000", expect_digits_to_learn),
    ("#/recipes?recipe=nielsen&length=full", expect_recipe_to_run),
]


@pytest.mark.long
@pytest.mark.parametrize(("route", "expect_to_work"), VIEWS, ids=["playground", "digits", "recipe"])
def test_ends_at_random_moments(
    page: Page, site_url: str, route: str, expect_to_work: Callable[[Page], None]
) -> None:
    chance = random.Random(route)
    page.goto(site_url + route)
    wait_until_ready(page)
    # Ends within ten seconds of a start would count as early ones, which wait for the person.
    page.evaluate("() => { let now = 0; performance.now = () => (now += 60_000); }")
    for number in range(-(-ENDS // len(VIEWS))):
        expect_to_work(page)
        page.wait_for_timeout(chance.uniform(0, 1500))
        end_worker(page)
        expect_end(page)
        page.keyboard.press("Escape")
        expect(page.get_by_test_id("error")).to_be_hidden()
        assert page.url.endswith(route), f"end {number + 1}"
    expect_to_work(page)
