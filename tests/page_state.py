"""The states that the page goes through, and how long a test waits for them (milliseconds)."""

from playwright.sync_api import Locator, Page, expect

# Starting Python takes a second on a good day and most of a minute on a busy machine.
BOOT_TIMEOUT = 120_000
TIMEOUT = 30_000


def wait_for_state(page: Page, state: str) -> None:
    """`state` is booting, ready or failed."""
    app = page.get_by_test_id("app")
    expect(app).to_have_attribute("data-state", state, timeout=BOOT_TIMEOUT)


def wait_until_ready(page: Page) -> None:
    wait_for_state(page, "ready")


def train_epochs(page: Page, first: int, last: int) -> None:
    """The playground's network, an epoch with each press, from `first` to `last`."""
    for done in range(first, last + 1):
        page.get_by_test_id("step").click()
        expect(page.get_by_test_id("epoch")).to_have_attribute("data-value", str(done))


# Read from a copy, which keeps the canvas fast.
COLOURS = """(canvas) => {
  const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d');
  copy.drawImage(canvas, 0, 0);
  const { data } = copy.getImageData(0, 0, canvas.width, canvas.height);
  return new Set(new Uint32Array(data.buffer)).size;
}"""


def count_colours(canvas: Locator) -> int:
    count: int = canvas.evaluate(COLOURS)
    return count
