"""The playground's rooms: pictures a second of two networks, twenty seeds, a frame in a page."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from chrome import Chrome
from page_state import BOOT_TIMEOUT
from playwright.sync_api import Page
from report import table
from serving import serve

# Each picture of each map, by the page's clock.
COUNT = """
const put = CanvasRenderingContext2D.prototype.putImageData;
globalThis.pictures = { first: 0, second: 0 };
CanvasRenderingContext2D.prototype.putImageData = function (...args) {
  if (this.canvas.closest('[data-testid=second-map]')) globalThis.pictures.second += 1;
  else if (this.canvas.closest('[data-testid=decision-map]')) globalThis.pictures.first += 1;
  return put.apply(this, args);
};
"""
WATCH = """async (seconds) => {
  const [first, second, began] = [pictures.first, pictures.second, performance.now()];
  await new Promise((resolve) => setTimeout(resolve, 1000 * seconds));
  const passed = (performance.now() - began) / 1000;
  return [(pictures.first - first) / passed, (pictures.second - second) / passed];
}"""
SEEDS = """async () => {
  const button = document.querySelector('[data-testid=sweep-run]');
  const text = button.textContent;
  const began = performance.now();
  button.click();
  do await new Promise((resolve) => setTimeout(resolve, 10));
  while (button.textContent !== text);
  return (performance.now() - began) / 1000;
}"""


def run(chrome: Chrome, quick: bool) -> list[str]:
    seconds = 1.0 if quick else 4.0
    rows = [
        [name, pace, *_pictures(chrome, route, pace, seconds)]
        for name, route in (("default", ""), ("8,6, spiral", "?dataset=spiral&network-shape=8,6"))
        for pace in ("Steady", "Max")
    ]
    seeds = median(_seeds(chrome) for _ in range(1 if quick else 5))
    frames = [
        [where, *(f"{median(times):.0f}" for times in zip(*costs, strict=True))]
        for where, costs in (
            ("another site", [_framed(chrome, "localhost") for _ in range(1 if quick else 5)]),
            ("the same site", [_framed(chrome, "127.0.0.1") for _ in range(1 if quick else 5)]),
        )
    ]
    return [
        "## Rooms of the playground",
        "",
        "Two networks side by side in a window of 1280 x 1400: pictures a second of each map.",
        "",
        *table(["network", "pace", "first map", "second map"], rows),
        "",
        f"Twenty seeds of the default network, 200 epochs each: {seeds:.1f} s.",
        "",
        "An embedded view until its network is there: milliseconds that the main thread of the",
        "page around it computes. Browsers share it between pages of one site only.",
        "",
        *table(["the page around it is of", "all tasks", "scripts among them"], frames),
    ]


def _opened(chrome: Chrome, query: str, door: str) -> Page:
    page = chrome.browser.new_page(viewport={"width": 1280, "height": 1400})
    page.add_init_script(COUNT)
    page.goto(f"{chrome.url}dist/#/playground{query}")
    page.locator("[data-testid=play]:enabled").wait_for(timeout=BOOT_TIMEOUT)
    page.get_by_test_id(door).click()
    return page


def _pictures(chrome: Chrome, query: str, pace: str, seconds: float) -> list[str]:
    page = _opened(chrome, query, "compare")
    try:
        page.get_by_test_id("second-optimizer").select_option("sgd")
        page.get_by_test_id("second-map").scroll_into_view_if_needed()
        page.get_by_test_id("pace").get_by_role("button", name=pace).click()
        page.get_by_test_id("play").click()
        page.evaluate(WATCH, 1.0)
        return [f"{rate:.0f}" for rate in page.evaluate(WATCH, seconds)]
    finally:
        page.close()


def _seeds(chrome: Chrome) -> float:
    page = _opened(chrome, "", "many-seeds")
    try:
        page.wait_for_timeout(300)
        taken: float = page.evaluate(SEEDS)
        return taken
    finally:
        page.close()


def _framed(chrome: Chrome, host: str) -> tuple[float, float]:
    """Milliseconds of tasks and of scripts on the main thread of a page with a frame."""
    context = chrome.browser.new_context(viewport={"width": 900, "height": 700})
    try:
        with _post(f"{chrome.url}dist/?embed=1#/playground") as port:
            page = context.new_page()
            client = context.new_cdp_session(page)
            client.send("Performance.enable", {"timeDomain": "threadTicks"})
            page.goto(f"http://{host}:{port}/", wait_until="commit")
            play = page.frame_locator("iframe").locator("[data-testid=play]:enabled")
            play.wait_for(timeout=BOOT_TIMEOUT)
            page.wait_for_timeout(1000)
            told = client.send("Performance.getMetrics")["metrics"]
            times = {metric["name"]: 1000 * metric["value"] for metric in told}
            return times["TaskDuration"], times["ScriptDuration"]
    finally:
        context.close()


@contextmanager
def _post(address: str) -> Iterator[int]:
    """A server of a page that has the address in a frame: its port."""
    with TemporaryDirectory() as folder:
        frame = f'<iframe src="{address}" width="360" height="470"></iframe>'
        page = f'<!doctype html><link rel="icon" href="data:,"><title>post</title>{frame}'
        (Path(folder) / "index.html").write_text(page, "utf-8")
        with serve(Path(folder)) as server:
            yield int(urlsplit(server.url).port or 0)
