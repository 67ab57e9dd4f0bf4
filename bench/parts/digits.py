"""The digits tab: how well drawings are read on arrival, and what its own networks come to."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
from chrome import Chrome
from odd_drawings import PEN, WIDTH, number, single
from page_state import BOOT_TIMEOUT
from pen import THREE, draw
from playwright.sync_api import Page
from reader.redrawn import followed, middles
from reader.signs import SIGNS
from report import table
from serving import DIST

from pynn.datasets import mnist
from pynn.reader import Reader

CONVOLUTION = "784-c16x5-p2-c32x5-p2-flat-drop0.3-64-10"
# The network, its other settings, and the seconds of training after which it is looked at.
TRAININGS = [
    ("784-128-10", "", (5, 15, 30)),
    (CONVOLUTION, "&optimizer=adam&learning-rate=0.002", (60, 120, 300)),
]
# The largest networks that may be designed, dense and convolutional, and what is pressed meanwhile.
LARGEST = ["784-1400-600-10", "784-c32x5-p2-c64x5-p2-flat-1000-10"]
PRESSED = [
    "[data-testid=evidence]",
    "[data-testid=shipped-model] button:first-child",
    "[data-testid=shipped-model] button:last-child",
    "[data-testid=digits-settings]",
    "[data-testid=augment-settings]",
]
# From the press to the next picture of the screen, by the browser's own clock (Event Timing).
WATCH = """() => {
  globalThis.presses = [];
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries())
      if (entry.name === 'click') presses.push(entry.duration);
  }).observe({ type: 'event', durationThreshold: 16 });
}"""


def run(chrome: Chrome, quick: bool) -> list[str]:
    lines = ["## Digits", "", "### Read on arrival", ""]
    lines += drawings(100 if quick else 1000, 40 if quick else 200)
    lines += ["", "### Trained in the page", ""]
    lines += trainings(chrome, quick)
    lines += ["", "### Pressed while it trains", ""]
    lines += clicks(chrome, quick)
    return lines


def drawings(singles: int, numbers: int) -> list[str]:
    """What the shipped networks read, natively: the page gives the same answers."""
    _, (images, labels) = mnist(DIST / "mnist", train=1)
    reader, rng = Reader(), np.random.default_rng(2026)
    right = refused = sure = 0
    for row in rng.integers(0, len(images), singles):
        drawing = single(images[row], labels[row], rng)
        digits = reader.read(drawing.strokes, pen=PEN).digits
        hit = len(digits) == 1 and str(digits[0].answer) == drawing.text
        right += hit
        refused += not any(digit.is_digit for digit in digits)
        sure += not hit and any(d.is_digit and d.probabilities.max() > 0.9 for d in digits)
    whole = 0
    for _ in range(numbers):
        rows = rng.integers(0, len(images), rng.integers(2, 6))
        drawing = number(images[rows], labels[rows], rng)
        whole += reader.read(drawing.strokes, pen=PEN).text == drawing.text
    answers = reader.digits.predict(images).argmax(axis=1)
    plain = sum(
        any(d.is_digit for d in reader.read(followed(line), pen=PEN).digits)
        for line in middles(images[:singles])
    )
    rows = [
        ["MNIST's 10,000 test images, read", f"{(answers == labels).mean():.2%}"],
        [f"{singles:,} redrawn at odd places, turned, stretched: read", share(right, singles)],
        ["… wrong with more than 90 % certainty", share(sure, singles)],
        ["… taken for no digit", share(refused, singles)],
        [f"{numbers} numbers of two to five such digits, read whole", share(whole, numbers)],
        [f"the first {singles:,} test images redrawn as they are: taken for no digit",
         share(singles - plain, singles)],
    ]  # fmt: skip
    note = f"The pad is {WIDTH:.2f} times as wide as high; {len(SIGNS)} signs were trained against."
    return [*table(["drawings", "share"], rows), "", note]


def share(count: int, of: int) -> str:
    return f"{count / of:.1%}"


def trainings(chrome: Chrome, quick: bool) -> list[str]:
    rows = []
    for architecture, words, moments in TRAININGS:
        address = f"#/digits?architecture={architecture}&subset=60000&epochs=1000{words}"
        with opened(chrome, address) as page:
            page.get_by_test_id("digits-train").click()
            began = time.perf_counter()
            for seconds in moments[:1] if quick else moments:
                while time.perf_counter() - began < seconds:
                    page.wait_for_timeout(100)
                rows.append([architecture, str(seconds), *told(page)])
    head = ["network, 60,000 images", "s", "epochs", "best accuracy tested", "images a second"]
    return table(head, rows)


@contextmanager
def opened(chrome: Chrome, address: str) -> Iterator[Page]:
    page = chrome.browser.new_page()
    try:
        page.goto(f"{chrome.url}dist/{address}")
        ready = page.get_by_test_id("digits-status").filter(has_text="Ready")
        ready.wait_for(timeout=BOOT_TIMEOUT)
        yield page
    finally:
        page.close()


def told(page: Page) -> list[str]:
    def value(name: str) -> float:
        return float(page.get_by_test_id(f"digits-{name}").get_attribute("data-value") or "nan")

    return [f"{value('epoch'):.1f}", f"{value('test-accuracy'):.2%}", f"{value('speed'):,.0f}"]


def clicks(chrome: Chrome, quick: bool) -> list[str]:
    """How long it takes until a press is answered on the screen, while a network trains."""
    rows = []
    for architecture in LARGEST:
        address = f"#/digits?architecture={architecture}&subset=60000&epochs=1000"
        with opened(chrome, address) as page:
            page.get_by_test_id("digits-train").click()
            while page.get_by_test_id("digits-loss").get_attribute("data-value") is None:
                page.wait_for_timeout(100)
            draw(page, THREE, steps=1)
            page.evaluate(WATCH)
            rounds = 3 if quick else 10
            for _ in range(rounds):
                for selector in PRESSED:
                    page.locator(selector).first.click()
                    page.wait_for_timeout(60)
            slow = page.evaluate("presses")
            waits = np.zeros(rounds * len(PRESSED))
            waits[: len(slow)] = slow[: len(waits)]  # what took less than 16 ms is not told
            told = [f"{np.quantile(waits, q):.0f}" for q in (0.5, 0.9, 1)]
            rows.append([architecture, str(len(waits)), *told])
    head = ["network", "presses", "ms to the next picture, median", "90%", "longest"]
    return [*table(head, rows), "", "Below 16 ms the browser tells none; they count as 0."]
