"""The playground's presets: links with a picture and two sentences."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from page_state import count_colours, wait_until_ready
from playwright.sync_api import Page, expect

OpenPage = Callable[..., Page]
LISTED = Path(__file__).parents[2] / "web/page/views/playground/presets.json"
PRESETS = json.loads(LISTED.read_text("utf-8"))


def test_each_preset_opens_its_settings(open_page: OpenPage) -> None:
    page = open_page()
    links = page.get_by_test_id("presets").get_by_role("link")
    expect(links).to_have_count(len(PRESETS))
    assert len(PRESETS) >= 10
    for place, preset in enumerate(PRESETS):
        links.nth(place).click()
        settings = preset["settings"]
        expect(page.get_by_test_id("dataset")).to_have_value(settings["dataset"])
        for name, value in settings.items():
            if name == "edits":  # weights set by hand have no field
                expect(page.locator("[data-place='1/0']")).to_be_visible()
                continue
            field = page.get_by_test_id(name.replace("_", "-"))
            expect(field).to_have_value(re.compile(rf"^{re.escape(str(value))}$"))
        asked = parse_qs(page.url.partition("?")[2], keep_blank_values=True)
        assert {key.replace("-", "_") for key in asked} <= set(settings)
        expect(page.get_by_test_id("error")).to_be_hidden()
        # What is to be watched is in sight.
        expect(page.get_by_test_id("decision-map")).to_be_in_viewport()


def test_each_preset_has_a_picture_and_words(open_page: OpenPage) -> None:
    page = open_page()
    presets = page.get_by_test_id("presets")
    expect(presets.get_by_role("listitem")).to_have_count(len(PRESETS))
    presets.scroll_into_view_if_needed()
    for item in presets.get_by_role("listitem").all():
        canvas = item.locator("canvas").last
        expect(canvas).to_have_attribute("width", re.compile(r"^\d+$"))
        assert count_colours(canvas) > 5
        assert len(re.findall(r"[.!?](\s|$)", item.inner_text())) >= 2


def test_back_leads_to_the_settings_before(open_page: OpenPage) -> None:
    page = open_page("#/playground?dataset=moons&seed=5")
    page.get_by_role("link", name="A spiral needs depth").click()
    expect(page.get_by_test_id("dataset")).to_have_value("spiral")
    page.go_back()
    expect(page.get_by_test_id("dataset")).to_have_value("moons")
    expect(page.get_by_test_id("seed")).to_have_value("5")


@pytest.mark.browser_context_args(locale="zh-CN")
@pytest.mark.expected_problems("request failed", "ERR_BLOCKED_BY_CLIENT")
def test_in_chinese_and_without_pictures(page: Page, site_url: str) -> None:
    page.route("**/presets/*", lambda route: route.abort("blockedbyclient"))
    page.goto(site_url)
    wait_until_ready(page)
    page.get_by_role("link", name="螺旋需要深度").click()
    expect(page.get_by_test_id("dataset")).to_have_value("spiral")
