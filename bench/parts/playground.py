"""The playground as a person has it in hand: pictures a second, a pause, a look at the past."""

import time
from statistics import median

from chrome import Chrome, ChromeRunner
from page_state import BOOT_TIMEOUT
from playwright.sync_api import Page
from report import ratio, table

WIDE = "#/playground?dataset=spiral&network-shape=32,32,32,32"
DEFAULT = "#/playground"
# How much slower DevTools make the page's own thread.
SLOWED = (1, 4, 6)

# Each picture of the map, by the page's clock.
COUNT = """
const put = CanvasRenderingContext2D.prototype.putImageData;
globalThis.maps = [];
CanvasRenderingContext2D.prototype.putImageData = function (...args) {
  if (this.canvas.matches('.map-field')) globalThis.maps.push(performance.now());
  return put.apply(this, args);
};
"""
EPOCH = "Number(document.querySelector('[data-testid=epoch]').dataset.value)"
# Pictures and epochs of so many seconds.
WATCH = f"""async (seconds) => {{
  const began = performance.now(), [pictures, epoch] = [maps.length, {EPOCH}];
  await new Promise((resolve) => setTimeout(resolve, 1000 * seconds));
  const passed = (performance.now() - began) / 1000;
  return [(maps.length - pictures) / passed, ({EPOCH} - epoch) / passed];
}}"""
# Milliseconds from the press until the button says so and no more pictures come.
PAUSE = """async () => {
  const button = document.querySelector('[data-testid=play]');
  const began = performance.now();
  button.click();
  do await new Promise((resolve) => requestAnimationFrame(resolve));
  while (button.ariaPressed === 'true');
  const answered = performance.now() - began;
  await new Promise((resolve) => setTimeout(resolve, 1000));
  return [answered, Math.max(0, maps.at(-1) - began)];
}"""
# Milliseconds from a drag of the time line until the moment is painted; the hand at random.
LOOK = """async (count) => {
  const line = document.querySelector('[data-testid=timeline]');
  const times = [];
  for (let i = 0; i < count; i++) {
    const [pictures, began] = [maps.length, performance.now()];
    line.value = String(Math.floor(Math.random() * Number(line.max) * 0.95));
    line.dispatchEvent(new Event('input', { bubbles: true }));
    while (maps.length === pictures) await new Promise((resolve) => setTimeout(resolve, 1));
    times.push(maps[pictures] - began);
  }
  return times;
}"""


def run(chrome: Chrome, quick: bool) -> list[str]:
    seconds = 1.0 if quick else 4.0
    rows = []
    for name, route in (("default", DEFAULT), ("four layers of 32, spiral", WIDE)):
        for slowed in SLOWED:
            rows.append([name, f"{slowed}", *_watched(chrome, route, slowed, seconds)])
    head = ["network", "times slower", "maps/s at Max", "at Steady", "pause ms", "last picture ms"]
    shares = _shares(chrome, 2 if quick else 5, seconds)
    looks = sorted(_looks(chrome, 20 if quick else 100))
    return [
        "## Playground",
        "",
        "The built page in a window of 1280 x 720, its own thread slowed by DevTools. A pause is",
        "answered when the button says so; after the last picture nothing comes any more.",
        "",
        *table(head, rows),
        "",
        "Epochs a second at Max, every picture drawn, against Python alone in one slice; in turn.",
        "",
        *table(["data set", "page", "Python alone", "share kept"], shares),
        "",
        f"A drag of the time line after {len(looks)} random places: median "
        f"{median(looks):.0f} ms until the moment is painted, 90 % within "
        f"{looks[int(0.9 * len(looks))]:.0f} ms.",
    ]


def _opened(chrome: Chrome, route: str) -> Page:
    page = chrome.browser.new_page(viewport={"width": 1280, "height": 720})
    page.add_init_script(COUNT)
    page.goto(f"{chrome.url}dist/{route}")
    page.locator("[data-testid=play]:enabled").wait_for(timeout=BOOT_TIMEOUT)
    return page


def _pace(page: Page, name: str) -> None:
    page.get_by_test_id("pace").get_by_role("button", name=name).click()


def _watched(chrome: Chrome, route: str, slowed: int, seconds: float) -> list[str]:
    page = _opened(chrome, route)
    try:
        client = page.context.new_cdp_session(page)
        client.send("Emulation.setCPUThrottlingRate", {"rate": slowed})
        pictures = {}
        page.get_by_test_id("play").click()
        for pace in ("Steady", "Max"):
            _pace(page, pace)
            page.evaluate(WATCH, 1.0)
            pictures[pace] = page.evaluate(WATCH, seconds)[0]
        answered, last = page.evaluate(PAUSE)
        return [
            f"{pictures['Max']:.0f}",
            f"{pictures['Steady']:.0f}",
            f"{answered:.0f}",
            f"{last:.0f}",
        ]
    finally:
        page.close()


def _shares(chrome: Chrome, rounds: int, seconds: float) -> list[list[str]]:
    rows = []
    runner = ChromeRunner(chrome, "pyodide", peer="pynn_peer", kernel=True)
    try:
        runner.open()
        for dataset in ("xor", "spiral"):
            page = _opened(chrome, f"{DEFAULT}?dataset={dataset}")
            try:
                _pace(page, "Max")
                drawn, bare = [], []
                for _ in range(rounds):
                    page.get_by_test_id("play").click()
                    page.evaluate(WATCH, 0.5)
                    drawn.append(page.evaluate(WATCH, seconds)[1])
                    page.get_by_test_id("play").click()
                    time.sleep(0.2)
                    bare.append(runner.call("drawing", "epochs_a_second", dataset, False, seconds))
            finally:
                page.close()
            page_speed, alone = median(drawn), median(bare)
            share = ratio(page_speed, alone)
            rows.append([dataset, f"{page_speed:,.0f}", f"{alone:,.0f}", share])
    finally:
        runner.close()
    return rows


def _looks(chrome: Chrome, count: int) -> list[float]:
    page = _opened(chrome, DEFAULT)
    try:
        page.get_by_test_id("play").click()
        _pace(page, "Max")
        page.evaluate(WATCH, 3.0)
        page.get_by_test_id("play").click()
        page.wait_for_timeout(300)
        times: list[float] = page.evaluate(LOOK, count)
        return times
    finally:
        page.close()
