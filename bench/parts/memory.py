"""Memory of the page while it trains on all 60,000 images, and of LeNet's shape on as many."""

import json
from pathlib import Path

from chrome import Chrome, ChromeRunner
from playwright.sync_api import CDPSession
from report import table
from serving import ROOT
from tasks import MNIST_60K, QUICK

from pynn import Conv2D, Dense, Flatten, MaxPool2D, Network, save

ROUTE = "dist/#/digits?subset={subset}&epochs=1000&optimizer=sgd"


# Drops a file on the page, as a person does who brings a model along.
DROP = """
(async () => {{
  const file = await (await fetch('{address}')).blob();
  const dropped = new DataTransfer();
  dropped.items.add(new File([file], 'lenet.npz'));
  dispatchEvent(new DragEvent('drop', {{ dataTransfer: dropped, cancelable: true }}));
}})()
"""
MODEL = ROOT / ".cache" / "lenet.npz"


def run(chrome: Chrome, quick: bool) -> list[str]:
    rows = [
        ["the page's renderer process, peak PSS", *_of_the_page(chrome, quick)],
        ["the same with a model of LeNet's shape", *_of_the_page(chrome, quick, lenet())],
    ]
    task = QUICK if quick else MNIST_60K
    runner = ChromeRunner(chrome, "pyodide", peer="pynn_peer", kernel=True)
    try:
        runner.open()
        start = runner.ask("memory")
        runner.prepare(task.plain())
        runner.timed("epoch")
        after = runner.ask("memory")
        rows += [
            ["Python's WebAssembly memory, booted, pynn loaded", f"{start / 1e6:.0f}", ""],
            [
                "the same after an epoch in a worker that only trains",
                f"{after / 1e6:.0f}",
                "",
            ],
        ]
    finally:
        runner.close()
    images = 1000 if quick else task.examples
    title = f"Training on {images:,} images, all of the page drawn; MB."
    return ["## Memory", "", title, "", *table(["what", "MB", "how"], rows)]


def lenet() -> Path:
    """A model file of LeNet's shape, to be dropped on the page."""
    front = [Conv2D(6, 5, "relu"), MaxPool2D(2), Conv2D(16, 5, "relu"), MaxPool2D(2), Flatten()]
    dense = [Dense(120, "relu"), Dense(84, "relu"), Dense(10, "softmax")]
    MODEL.parent.mkdir(exist_ok=True)
    save(Network([*front, *dense], (28, 28, 1)), MODEL)
    return MODEL


def _of_the_page(chrome: Chrome, quick: bool, model: Path | None = None) -> list[str]:
    """Of a later visit: during the first one the service worker stores its copies meanwhile."""
    if not Path("/proc/self/smaps_rollup").exists():
        return ["left out", "needs Linux"]
    session = chrome.browser.new_browser_cdp_session()
    clock = chrome.browser.new_page()
    try:
        with UnwatchedTab(session, f"{chrome.url}dist/#/playground"):
            clock.wait_for_timeout(15_000)
        # Until the browser has ended the service worker.
        clock.wait_for_timeout(35_000)
        address = chrome.url + ROUTE.format(subset=1000 if quick else 60_000)
        with UnwatchedTab(session, address) as tab:
            clock.wait_for_timeout(8_000)
            if model is not None:
                tab.run(DROP.format(address=f"/{model.relative_to(ROOT).as_posix()}"))
                clock.wait_for_timeout(8_000)
            tab.run("document.querySelector('[data-testid=digits-train]').click()")
            peak, samples = 0, 80
            for _ in range(samples):
                clock.wait_for_timeout(100)
                peak = max(peak, *map(pss, renderers(session)))
        return [f"{peak / 1e6:.0f}", f"{samples} samples in the first seconds of training"]
    finally:
        clock.close()


class UnwatchedTab:
    """A tab that Playwright leaves alone: what it notes of a page's traffic would be counted."""

    def __init__(self, session: CDPSession, address: str) -> None:
        self.session, self.address = session, address

    def __enter__(self) -> "UnwatchedTab":
        opened = self.session.send("Target.createTarget", {"url": self.address})
        self.target = opened["targetId"]
        return self

    def __exit__(self, *_: object) -> None:
        self.session.send("Target.closeTarget", {"targetId": self.target})

    def run(self, script: str) -> None:
        self.command("Runtime.evaluate", {"expression": script})

    def command(self, method: str, params: dict[str, str] | None = None) -> None:
        attached = self.session.send(
            "Target.attachToTarget", {"targetId": self.target, "flatten": False}
        )
        command = {"id": 1, "method": method, "params": params or {}}
        self.session.send(
            "Target.sendMessageToTarget",
            {"sessionId": attached["sessionId"], "message": json.dumps(command)},
        )


def renderers(session: CDPSession) -> set[int]:
    found = session.send("SystemInfo.getProcessInfo")["processInfo"]
    return {one["id"] for one in found if one["type"] == "renderer"}


def pss(process: int) -> int:
    """Proportional set size in bytes: shared pages count in part."""
    try:
        text = Path(f"/proc/{process}/smaps_rollup").read_text()
    except OSError:
        return 0
    return next(int(line.split()[1]) * 1024 for line in text.splitlines() if line[:4] == "Pss:")
