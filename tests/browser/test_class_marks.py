"""Classes are told apart without colours, and an output speaks in its class's colour."""

from collections.abc import Callable

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

OpenPage = Callable[..., Page]

# The marks in the four quarters of the plane, row by row: whether each reaches the middle of its
# box's right side, and the box's corner.
REACHES = """(canvas) => {
  const { width, height } = canvas;
  const copy = new OffscreenCanvas(width, height).getContext('2d');
  copy.drawImage(canvas, 0, 0);
  const { data } = copy.getImageData(0, 0, width, height);
  const painted = (x, y) => data[4 * (Math.round(y) * width + Math.round(x)) + 3] > 127;
  return [[0, 0], [1, 0], [0, 1], [1, 1]].map(([column, row]) => {
    const xs = [], ys = [];
    for (let y = row * height / 2 | 0; y < ((row + 1) * height / 2 | 0); y++)
      for (let x = column * width / 2 | 0; x < ((column + 1) * width / 2 | 0); x++)
        if (painted(x, y)) { xs.push(x); ys.push(y); }
    const [right, top, bottom] = [Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    const inset = (bottom - top) * 0.12;
    return [painted(right - 1, (top + bottom) / 2), painted(right - inset, top + inset)];
  });
}"""
# The picture in 15 x 15 squares, each the mean of what is in it.
COARSE = """(canvas) => {
  const copy = new OffscreenCanvas(15, 15).getContext('2d');
  copy.imageSmoothingQuality = 'high';
  copy.drawImage(canvas, 0, 0, 15, 15);
  return [...copy.getImageData(0, 0, 15, 15).data];
}"""
CIRCLE, CROSS = [True, False], [False, True]
# Each class's strongest pixel in its output's tile, and the class's colour.
STRONGEST = """(canvas) => {
  const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d');
  copy.drawImage(canvas, 0, 0);
  const { data } = copy.getImageData(0, 0, canvas.width, canvas.height);
  const probe = document.body.appendChild(document.createElement('i'));
  const rgb = (name) => {
    probe.style.color = `var(${name})`;
    return getComputedStyle(probe).color.match(/\\d+/g).map(Number);
  };
  const names = ['--class-0', '--class-1', '--class-2', '--class-3'];
  const away = (i, colour) => Math.hypot(...colour.map((part, k) => part - data[i + k]));
  const middle = rgb('--middle');
  let best = 0;
  for (let i = 0; i < data.length; i += 4) if (away(i, middle) > away(best, middle)) best = i;
  const distances = names.map((name) => away(best, rgb(name)));
  probe.remove();
  return distances.indexOf(Math.min(...distances));
}"""


def opened(open_page: OpenPage, dataset: str, **options: object) -> Page:
    page = open_page(f"#/playground?dataset={dataset}", **options)
    expect(page.get_by_test_id("epoch")).to_have_attribute("data-value", "0")
    return page


def dots_of(page: Page) -> Locator:
    return page.locator(".map-layer").last


@pytest.mark.parametrize("forced_colors", ["none", "active"])
def test_two_classes_have_a_circle_and_a_cross(open_page: OpenPage, forced_colors: str) -> None:
    page = opened(open_page, "xor", forced_colors=forced_colors)
    marks = dots_of(page).evaluate(REACHES)
    assert marks == [CROSS, CIRCLE, CIRCLE, CROSS]


def test_the_legend_shows_the_marks_of_the_classes(open_page: OpenPage) -> None:
    page = opened(open_page, "moons")
    paths = page.locator(".map-legend .mark path")
    expect(paths).to_have_count(2)
    page.get_by_test_id("dataset").select_option("quadrants")
    expect(paths).to_have_count(4)
    shapes = [path.get_attribute("d") for path in paths.all()]
    assert len(set(shapes)) == 4


@pytest.mark.parametrize("color_scheme", ["light", "dark"])
def test_an_output_says_yes_in_its_class_s_colour(open_page: OpenPage, color_scheme: str) -> None:
    page = opened(open_page, "quadrants", color_scheme=color_scheme)
    expect(page.locator(".network-figure figcaption")).to_contain_text("its class’s colour")
    page.get_by_test_id("play").click()
    expect(page.locator('[data-testid="accuracy"][data-value^="0.9"]')).to_be_visible()
    page.get_by_test_id("play").click()
    tiles = page.locator(".neuron canvas")
    expect(tiles).to_have_count(2 + 8 + 4)
    found = [tile.evaluate(STRONGEST) for tile in tiles.all()[-4:]]
    assert found == [0, 1, 2, 3]


def test_a_single_output_looks_like_the_plane(open_page: OpenPage) -> None:
    page = opened(open_page, "moons")
    expect(page.locator(".network-figure figcaption")).not_to_contain_text("its class’s colour")
    page.get_by_test_id("step").click()
    expect(page.get_by_test_id("epoch")).to_have_attribute("data-value", "1")
    plane = np.array(page.locator(".map-field").evaluate(COARSE))
    tile = np.array(page.locator(".neuron canvas").last.evaluate(COARSE))
    # Both colours are there, and where they are in the plane.
    assert np.ptp(plane) > 100
    np.testing.assert_allclose(tile, plane, atol=12)
