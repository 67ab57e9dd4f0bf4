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
