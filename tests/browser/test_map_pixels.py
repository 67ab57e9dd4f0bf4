"""The decision map between its samples: what lies between orange and blue is paper, not grey."""

import re

from conftest import OpenPage
from playwright.sync_api import expect

# Where a row of the enlarged map passes from one colour to the other: the darkest tone (0 to 255),
# and how often that is.
DARKEST_PASSAGE = """() => {
  const map = document.querySelector('.map-field');
  const side = 960;
  const context = new OffscreenCanvas(side, side).getContext('2d');
  context.drawImage(map, 0, 0, side, side);
  const { data } = context.getImageData(0, 0, side, side);
  let darkest = 255;
  let passages = 0;
  for (let i = 0; i + 4 < data.length; i += 4) {
    if ((i / 4 + 1) % side === 0) continue;
    if (data[i] < data[i + 2] === data[i + 4] < data[i + 6]) continue;
    darkest = Math.min(darkest, (data[i] + data[i + 1] + data[i + 2]) / 3);
    passages += 1;
  }
  return [darkest, passages];
}"""


def test_a_steep_boundary_is_paper_all_along(open_page: OpenPage) -> None:
    page = open_page("#/playground", device_scale_factor=3)
    page.get_by_test_id("dataset").select_option("moons")
    page.get_by_test_id("learning-rate").fill("0.1")
    page.get_by_test_id("learning-rate").press("Enter")
    page.get_by_test_id("pace").get_by_role("button").last.click()
    page.get_by_test_id("play").click()
    expect(page.get_by_test_id("epoch")).to_have_attribute("data-value", re.compile(r"^\d{3}"))
    page.get_by_test_id("play").click()
    darkest, passages = page.evaluate(DARKEST_PASSAGE)
    assert passages > 300
    assert darkest > 200
