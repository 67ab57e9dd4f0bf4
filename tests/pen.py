"""A hand that draws on the pad: real pointer events, and what a person would then read."""

import gzip
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from playwright.sync_api import Locator, Page, expect
from reader.redrawn import filled

Image = npt.NDArray[np.uint8]
Point = tuple[float, float]

# Places as shares of the pad's side.
THREE: list[Point] = [
    (0.30, 0.22),
    (0.45, 0.17),
    (0.60, 0.20),
    (0.66, 0.30),
    (0.58, 0.42),
    (0.46, 0.47),
    (0.60, 0.52),
    (0.68, 0.64),
    (0.60, 0.78),
    (0.44, 0.83),
    (0.30, 0.77),
]
# A pixel of this much ink is drawn, a fainter one is left out.
DRAWN = 128
SIDE = 28


def pad(page: Page) -> Locator:
    return page.get_by_test_id("drawing-pad")


def draw(page: Page, *strokes: Sequence[Point], steps: int = 4, in_heights: bool = False) -> None:
    """Draws strokes with the mouse; one of a single point is a dot.

    in_heights  places are in the pad's heights both ways, not in shares of its sides
    """
    pad(page).scroll_into_view_if_needed()
    box = pad(page).bounding_box()
    assert box
    across = box["height" if in_heights else "width"]
    for stroke in strokes:
        places = [(box["x"] + x * across, box["y"] + y * box["height"]) for x, y in stroke]
        page.mouse.move(*places[0])
        page.mouse.down()
        for place in places[1:]:
            page.mouse.move(*place, steps=steps)
        page.mouse.up()


def clear(page: Page) -> None:
    page.get_by_test_id("clear-pad").click()


def strokes_of(image: Image) -> list[list[Point]]:
    """A 28 x 28 image as horizontal strokes, one for every run of inked pixels in a row."""
    return [[(x, y) for x, y in stroke / SIDE] for stroke in filled(image, DRAWN)]


def prediction(page: Page) -> str:
    """The answer to the newest drawing: the digit, or an en dash for a blank pad."""
    answer = page.get_by_test_id("prediction")
    expect(answer).to_have_attribute("aria-busy", "false")
    return answer.inner_text()


def probabilities(page: Page) -> list[float]:
    prediction(page)
    values = [
        page.get_by_test_id(f"probability-{digit}").get_attribute("data-value")
        for digit in range(10)
    ]
    return [float(value) for value in values if value is not None]


def recognised(page: Page, images: Iterable[Image]) -> list[str]:
    """The answers to images that are redrawn one after the other."""
    answers = []
    for image in images:
        clear(page)
        draw(page, *strokes_of(image), steps=1)
        answers.append(prediction(page))
    return answers


def mnist_test_digits(
    dist: Path, count: int
) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.uint8]]:
    """The first of MNIST's test images, (count, 28, 28), and their labels, as published."""
    images = gzip.decompress((dist / "mnist/test-images-00.idx3-ubyte.gzip").read_bytes())
    labels = gzip.decompress((dist / "mnist/test-labels.idx1-ubyte.gzip").read_bytes())
    pixels = np.frombuffer(images, np.uint8, count * SIDE * SIDE, offset=16)
    return pixels.reshape(count, SIDE, SIDE), np.frombuffer(labels, np.uint8, count, offset=8)
