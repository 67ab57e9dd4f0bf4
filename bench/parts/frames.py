"""What drawing costs: training as the page does it, against training that shows nothing."""

from statistics import median

from chrome import Chrome, ChromeRunner
from playwright.sync_api import expect
from report import ratio, table
from tasks import MNIST_60K, QUICK

ROUTE = "dist/#/digits?subset={subset}&epochs=50&optimizer=sgd&learning-rate=0.1"


def run(chrome: Chrome, quick: bool) -> list[str]:
    rounds = 2 if quick else 5
    rows = [*_playground(chrome, rounds, 1.0 if quick else 3.0), *_digits(chrome, quick, rounds)]
    head = ["training", "with frames", "without", "unit", "share kept"]
    return [
        "## Frames",
        "",
        "Playground: in Python, slices of 12 ms with every map against one slice with one frame.",
        "Digits: images a second of the whole page (slices, frames, transfer, drawing; between two",
        "test passes) against `train` alone in a worker. Medians, in turn.",
        "",
        *table(head, rows),
    ]


def _row(name: str, drawn: list[float], bare: list[float], unit: str) -> list[str]:
    with_frames, without = median(drawn), median(bare)
    return [name, f"{with_frames:,.0f}", f"{without:,.0f}", unit, ratio(with_frames, without)]


def _playground(chrome: Chrome, rounds: int, budget: float) -> list[list[str]]:
    runner = ChromeRunner(chrome, "pyodide", peer="pynn_peer", kernel=True)
    rows = []
    try:
        runner.open()
        for dataset in ("xor", "spiral"):
            drawn: list[float] = []
            bare: list[float] = []
            for _ in range(rounds):
                for values, frames in ((drawn, True), (bare, False)):
                    values.append(
                        runner.call("drawing", "epochs_a_second", dataset, frames, budget)
                    )
            rows.append(_row(f"playground, {dataset}", drawn, bare, "epochs/s"))
    finally:
        runner.close()
    return rows


def _digits(chrome: Chrome, quick: bool, rounds: int) -> list[list[str]]:
    task = QUICK if quick else MNIST_60K
    subset = 5000 if quick else task.examples
    drawn: list[float] = []
    bare: list[float] = []
    runner = ChromeRunner(chrome, "pyodide", peer="pynn_peer", kernel=True)
    try:
        runner.open()
        runner.prepare(task.plain())
        runner.timed("epoch")
        for _ in range(rounds):
            drawn.append(_images_a_second(chrome, subset))
            bare.append(task.examples / runner.timed("epoch"))
    finally:
        runner.close()
    return [_row(f"digits, {subset:,} images", drawn, bare, "images/s")]


# Looks at the epoch that the page shows, each time it changes, until the sixth one is nearly over.
LOOKS = """
() => new Promise((resolve, reject) => {
  const shown = document.querySelector('[data-testid=digits-epoch]');
  const looks = [];
  const watcher = new MutationObserver(() => {
    const epoch = Number(shown.dataset.value);
    if (epoch < 5.95) return looks.push([performance.now() / 1000, epoch]);
    watcher.disconnect();
    resolve(looks);
  });
  watcher.observe(shown, { attributes: true });
  setTimeout(reject, 120_000, 'the sixth epoch did not end');
  document.querySelector('[data-testid=digits-train]').click();
})
"""


def _images_a_second(chrome: Chrome, subset: int) -> float:
    """Of the page in its sixth epoch, between two test passes.

    By then the page, opened for the first time, has its copies for offline use, and the browser
    has compiled for speed, as it has for the other contestant.
    """
    page = chrome.browser.new_page()
    try:
        page.goto(chrome.url + ROUTE.format(subset=subset))
        expect(page.get_by_test_id("digits-reset")).to_be_enabled(timeout=300_000)
        looks = [look for look in page.evaluate(LOOKS) if look[1] >= 5.05]
        if len(looks) < 3:
            raise RuntimeError("the epoch went by too fast to be measured")
        (began, first), (ended, last) = looks[0], looks[-1]
        return subset * (last - first) / (ended - began)
    finally:
        page.close()
