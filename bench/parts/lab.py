"""The lab: how soon a program stops and the next one prints, and what an idle lab takes."""

from statistics import median

from chrome import Chrome
from lab_page import type_program
from page_state import BOOT_TIMEOUT
from report import table

from parts.memory import UnwatchedTab, pss, renderers

PROGRAMS = {
    "while True: pass": "while True: pass",
    "a large product": "import numpy as np\na = np.ones((1500, 1500))\nwhile True: a @ a",
    "a generator's sum": "sum(x for x in iter(int, 1))",
    "what catches everything": (
        "while True:\n  try:\n    while True: pass\n  except BaseException: pass"
    ),
    "time.sleep(100)": "import time\ntime.sleep(100)",
}
# From the click until the page says so, by its own clock.
CLICKED = """async ([button, told]) => {
  const began = performance.now();
  document.querySelector(`[data-testid=${button}]`).click();
  while (!document.querySelector(told))
    await new Promise((resolve) => setTimeout(resolve, 1));
  return performance.now() - began;
}"""
STATUS = "[data-testid=code-status][data-status={}]"
# Epochs of so many milliseconds, as fast as it can.
PACE = """async (milliseconds) => {
  const epoch = () => Number(document.querySelector('[data-testid=epoch]').dataset.value);
  const play = document.querySelector('[data-testid=play]');
  play.click();
  await new Promise((resolve) => setTimeout(resolve, 300));
  const [first, began] = [epoch(), performance.now()];
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
  const pace = (1000 * (epoch() - first)) / (performance.now() - began);
  play.click();
  return pace;
}"""
# Milliseconds until a Python that nobody looks at has ended, and the page is at rest.
LEFT = 12_000


def run(chrome: Chrome, quick: bool) -> list[str]:
    times = 2 if quick else 5
    stops = [[name, *_stops(chrome, text, times)] for name, text in PROGRAMS.items()]
    before, after = _memory(chrome)
    pairs = _paces(chrome, 2 if quick else 30)
    ratios = sorted(left / never for never, left in pairs)
    low, high = ratios[len(ratios) // 4], ratios[-1 - len(ratios) // 4]
    return [
        "## Lab",
        "",
        f"From Stop until the page says so, and from Run until the next program is over; "
        f"milliseconds, median of {times}, with a spare Python ready.",
        "",
        *table(["program", "stop", "next program"], stops),
        "",
        f"Memory of the page with the playground: {before / 1e6:.0f} MB; once the lab has been "
        f"opened, left and idle for {LEFT // 1000} s: {after / 1e6:.0f} MB (PSS, garbage "
        f"collected).",
        "",
        f"Epochs a second of a playground whose lab was opened and left, to one whose lab never "
        f"was, {len(pairs)} pairs in turn: {median(ratios):.3f} at the median, "
        f"{low:.3f} to {high:.3f} for the middle half.",
    ]


def _stops(chrome: Chrome, text: str, times: int) -> list[str]:
    page = chrome.browser.new_page()
    try:
        page.goto(f"{chrome.url}dist/#/lab")
        page.get_by_test_id("editor").wait_for(timeout=BOOT_TIMEOUT)
        stopped, followed = [], []
        for _ in range(times):
            type_program(page, f"print('begun')\n{text}")
            # Until the spare one is ready.
            page.wait_for_timeout(6_000)
            page.get_by_test_id("run-code").click()
            page.get_by_text("begun", exact=True).wait_for(timeout=BOOT_TIMEOUT)
            stopped.append(page.evaluate(CLICKED, ["stop-code", STATUS.format("stopped")]))
            type_program(page, "print('next')")
            followed.append(page.evaluate(CLICKED, ["run-code", STATUS.format("finished")]))
        return [f"{median(stopped):.0f}", f"{median(followed):.0f}"]
    finally:
        page.close()


def _memory(chrome: Chrome) -> tuple[int, int]:
    """Bytes before the lab is opened, and after it has been left."""
    session = chrome.browser.new_browser_cdp_session()
    clock = chrome.browser.new_page()
    known = renderers(session)
    try:
        with UnwatchedTab(session, f"{chrome.url}dist/#/playground") as tab:
            taken = []
            # The first round is over when the page has settled.
            for route in ("#/playground", "#/playground", "#/lab"):
                tab.run(f"location.hash = '{route}'")
                clock.wait_for_timeout(LEFT)
                tab.run("location.hash = '#/playground'")
                clock.wait_for_timeout(LEFT)
                tab.command("HeapProfiler.collectGarbage")
                clock.wait_for_timeout(2_000)
                taken.append(max(map(pss, renderers(session) - known)))
        return taken[1], taken[2]
    finally:
        clock.close()


def _paces(chrome: Chrome, pairs: int) -> list[tuple[float, float]]:
    """Epochs a second of a page that never opened its lab, and of one that left it."""
    never, left = chrome.browser.new_page(), chrome.browser.new_page()
    try:
        for page, rooms in ((never, ["playground"]), (left, ["lab", "playground"])):
            for room in rooms:
                page.goto(f"{chrome.url}dist/#/{room}")
                page.wait_for_timeout(LEFT)
            page.get_by_test_id("pace").get_by_role("button", name="Max").click()
        told = []
        for index in range(pairs):
            order = (never, left) if index % 2 else (left, never)
            paces = {page: page.evaluate(PACE, 2_000) for page in order}
            told.append((paces[never], paces[left]))
        return told
    finally:
        never.close()
        left.close()
