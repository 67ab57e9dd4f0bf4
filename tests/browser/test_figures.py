"""What one can ask of the playground's figures: values on hover, a log scale, decisions alone."""

import re
from collections.abc import Callable

from page_state import count_colours, train_epochs, wait_until_ready
from playwright.sync_api import Page, expect

OpenPage = Callable[..., Page]

TICKS = """(canvas) => {
  const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d');
  copy.drawImage(canvas, 0, 0);
  return [...copy.getImageData(0, 0, 46, canvas.height).data].join();
}"""


def point_at_end(page: Page, chart: str, *, last: bool) -> None:
    """The pointer is on the last point of a chart's curves, or on the first."""
    plot = page.get_by_test_id(chart).locator(".u-over")
    plot.scroll_into_view_if_needed()
    box = plot.bounding_box()
    assert box
    across = box["width"] - 2 if last else 2
    page.mouse.move(box["x"] + across, box["y"] + box["height"] / 2)


def test_the_curves_tell_their_values_under_the_pointer(open_page: OpenPage) -> None:
    page = open_page("#/playground?dataset=moons")
    train_epochs(page, 1, 4)
    losses = [page.get_by_test_id(f"{name}-loss").inner_text() for name in ("train", "test")]
    caption = page.get_by_test_id("chart-caption")
    point_at_end(page, "loss-chart", last=True)
    expect(caption).to_contain_text("Loss at epoch 4:")
    for loss in losses:
        expect(caption).to_contain_text(loss)
    point_at_end(page, "loss-chart", last=False)
    expect(caption).to_contain_text("Loss at epoch 0:")
    page.mouse.move(1, 1)
    expect(caption).to_contain_text("Loss after each epoch:")


def test_the_losses_have_a_log_scale(open_page: OpenPage) -> None:
    page = open_page("#/playground?dataset=moons")
    train_epochs(page, 1, 3)
    canvas = page.get_by_test_id("loss-chart").locator("canvas")
    log = page.get_by_role("checkbox", name="Log scale")
    # It is drawn anew at once, where new points wait for the next picture.
    log.check()
    log.uncheck()
    before = canvas.evaluate(TICKS)
    log.check()
    assert canvas.evaluate(TICKS) != before
    log.uncheck()
    assert canvas.evaluate(TICKS) == before


def test_the_accuracies_have_curves_too(open_page: OpenPage) -> None:
    page = open_page("#/playground?dataset=moons")
    train_epochs(page, 1, 3)
    names = ("train-accuracy", "accuracy")
    shares = [page.get_by_test_id(name).inner_text() for name in names]
    expect(page.get_by_test_id("accuracy-chart")).to_be_hidden()
    page.get_by_role("checkbox", name="Accuracy").check()
    expect(page.get_by_test_id("loss-chart")).to_be_hidden()
    caption = page.get_by_test_id("chart-caption")
    point_at_end(page, "accuracy-chart", last=True)
    expect(caption).to_contain_text("Right answers at epoch 3:")
    for share in shares:
        expect(caption).to_contain_text(share)


def test_the_map_shows_decisions_alone(open_page: OpenPage) -> None:
    for dataset, most in (("moons", 40), ("quadrants", 4)):
        page = open_page(f"#/playground?dataset={dataset}")
        train_epochs(page, 1, 2)
        field = page.locator(".map-field")
        whole = count_colours(field)
        page.get_by_role("checkbox", name="Yes or no").check()
        assert count_colours(field) <= most < whole
        page.get_by_role("checkbox", name="Yes or no").uncheck()
        assert count_colours(field) == whole


def test_in_chinese(new_context: Callable[..., Page], site_url: str) -> None:
    page = new_context(locale="zh-CN").new_page()
    page.goto(site_url)
    wait_until_ready(page)
    for name in ("对数坐标", "只看判断", "显示测试点"):
        page.get_by_role("checkbox", name=re.compile(name)).check()
