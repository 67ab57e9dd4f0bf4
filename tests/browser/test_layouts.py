"""The page where it has little room, or colours that are not its own: looked at as pixels."""

import base64
import re
from typing import Any

import numpy as np
import pytest
from conftest import OpenPage
from playwright.sync_api import Locator, Page, expect

ORANGE, BLUE = (229, 138, 60), (63, 130, 196)
DARK_ORANGE, DARK_BLUE = (217, 120, 43), (66, 137, 208)

DECODE = """async (png) => {
  const bytes = Uint8Array.from(atob(png), (sign) => sign.charCodeAt(0));
  const image = await createImageBitmap(new Blob([bytes]));
  const { width, height } = image;
  const context = new OffscreenCanvas(width, height).getContext('2d');
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, width, height);
  let signs = '';
  for (let i = 0; i < data.length; i += 4096) {
    signs += String.fromCharCode(...data.subarray(i, i + 4096));
  }
  return [height, width, btoa(signs)];
}"""


def seen(place: Locator) -> Any:
    """What a person sees of an element, (height, width, 3)."""
    png = base64.b64encode(place.screenshot()).decode()
    height, width, data = place.page.evaluate(DECODE, png)
    pixels = np.frombuffer(base64.b64decode(data), np.uint8).reshape(height, width, 4)
    return pixels[:, :, :3].astype(int)


def share_like(picture: Any, colour: tuple[int, int, int], tolerance: int = 40) -> float:
    """The share of the pixels that are about of that colour."""
    return float((np.abs(picture - colour).max(axis=2) <= tolerance).mean())


def train_xor(page: Page) -> None:
    page.get_by_test_id("play").click()
    expect(page.get_by_test_id("epoch")).to_have_attribute("data-value", re.compile(r"^\d{3}"))
    page.get_by_test_id("play").click()


@pytest.mark.parametrize(
    ("scheme", "orange", "blue"),
    [("light", ORANGE, BLUE), ("dark", DARK_ORANGE, DARK_BLUE)],
)
def test_forced_colours_leave_both_colours_to_the_pictures(
    open_page: OpenPage, scheme: str, orange: tuple[int, int, int], blue: tuple[int, int, int]
) -> None:
    page = open_page("#/playground", forced_colors="active", color_scheme=scheme)
    train_xor(page)
    for name, least in (("decision-map", 0.05), ("network-diagram", 0.002)):
        picture = seen(page.get_by_test_id(name))
        assert share_like(picture, orange) > least, name
        assert share_like(picture, blue) > least, name
    page.goto(page.url.split("#")[0] + "#/digits")
    page.get_by_test_id("network-input").wait_for()
    paper = 255 if scheme == "light" else 0
    assert share_like(seen(page.get_by_test_id("network-input")), (paper,) * 3) > 0.9


PAPER_IS = """(tone) => {
  const corner = new OffscreenCanvas(1, 1).getContext('2d');
  corner.drawImage(document.querySelector('.network-input'), 0, 0);
  return corner.getImageData(0, 0, 1, 1).data[0] === tone;
}"""


def test_forced_colours_repaint_the_pictures_when_they_come_and_go(open_page: OpenPage) -> None:
    page = open_page("#/digits", color_scheme="light")
    page.get_by_test_id("theme").click()
    # The red of the dark theme's --figure.
    page.wait_for_function(PAPER_IS, arg=0x1D)
    page.emulate_media(forced_colors="active", color_scheme="light")
    page.wait_for_function(PAPER_IS, arg=255)
    page.emulate_media(forced_colors="active", color_scheme="dark")
    page.wait_for_function(PAPER_IS, arg=0)
    page.emulate_media(forced_colors="none", color_scheme="light")
    page.wait_for_function(PAPER_IS, arg=0x1D)


# Buttons whose frames overlap, or reach beyond the view.
MISPLACED = """() => {
  const { right: end } = document.querySelector('main').getBoundingClientRect();
  const buttons = [...document.querySelectorAll('.button, .segments, .network-head button')]
    .filter((button) => button.checkVisibility())
    .map((button) => [
      button.textContent.trim() || button.ariaLabel,
      button.getBoundingClientRect(),
    ]);
  const overlap = (a, b) =>
    Math.min(a.right, b.right) - Math.max(a.left, b.left) > 0.5 &&
    Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 0.5;
  return buttons.filter(([, box], i) =>
    box.right > end + 0.5 || buttons.some(([, other], k) => k !== i && overlap(box, other)),
  ).map(([name]) => name);
}"""


def test_forced_colours_frame_every_button_in_its_place(open_page: OpenPage) -> None:
    page = open_page("#/playground", forced_colors="active")
    for tab in ("playground", "digits", "recipes", "lessons", "lab"):
        page.get_by_test_id(f"tab-{tab}").click()
        # So low that no bar is fixed over the page.
        for width in (1440, 1024, 360):
            page.set_viewport_size({"width": width, "height": 490})
            assert page.evaluate(MISPLACED) == [], (tab, width)


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_the_bars_move_only_where_motion_is_welcome(open_page: OpenPage, motion: str) -> None:
    page = open_page("#/digits", ready=False, reduced_motion=motion)
    fill = page.get_by_test_id("probability-3").locator(".bar-fill")
    fill.wait_for(state="attached")
    moving = page.evaluate(
        """() => [...document.querySelectorAll('*')].some(
          (element) => getComputedStyle(element).transitionDuration !== '0s')"""
    )
    assert moving is (motion == "no-preference")
