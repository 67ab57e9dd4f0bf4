"""The built page as a person meets it: what it loads, when it is ready, what it shows."""

import gzip
import json
from pathlib import Path
from urllib.parse import unquote, urlsplit

from chrome import Chrome
from page_state import BOOT_TIMEOUT
from playwright.sync_api import BrowserContext, Page, Response
from serving import ROOT


class Traffic:
    """Bytes that came over the network, as they are and as a gzipping host would send them."""

    def __init__(self, context: BrowserContext) -> None:
        self.paths: list[str] = []
        context.on("response", self._on_response)

    def _on_response(self, response: Response) -> None:
        if response.status == 200 and not response.from_service_worker:
            self.paths.append(unquote(urlsplit(response.url).path))

    def sizes(self, *, without: str = "/mnist/") -> tuple[int, int]:
        """(raw, gzipped) of every file that was fetched, once each, the data left out."""
        raw = packed = 0
        for name in set(self.paths):
            file = ROOT / name.strip("/")
            if file.is_dir():
                file /= "index.html"
            if without in name or not file.is_file():
                continue
            content = file.read_bytes()
            raw += len(content)
            packed += min(len(content), len(gzip.compress(content, 6)))
        return raw, packed


# The page's own clock, which starts with the navigation, and no waiting in turns: each change of
# an attribute is looked at. The element and value that end the time; what is clicked on the way.
WATCH = """
([last, wanted, click]) => {
  globalThis.reached = new Promise((resolve) => {
    const look = () => {
      const button = click && document.querySelector(`${click}:enabled`);
      if (button && document.querySelector('[data-testid=app][data-state=ready]')) {
        click = '';
        button.click();
      }
      const value = document.querySelector(last)?.dataset;
      if (!value || !new RegExp(wanted).test(value.value ?? value.state ?? '')) return;
      watcher.disconnect();
      resolve(performance.now() / 1000);
    };
    const watcher = new MutationObserver(look);
    watcher.observe(document, { attributes: true, childList: true, subtree: true });
  });
}
"""


def first_step(chrome: Chrome, page: Page) -> float:
    """Seconds from navigation to the end of the playground's first training step."""
    goal = ["[data-testid=epoch]", "^[1-9]", "[data-testid=step]"]
    return _seconds_to(page, f"{chrome.url}dist/#/playground", goal)


def stock_boot(chrome: Chrome, page: Page) -> float:
    """Seconds from navigation to `import numpy` in Pyodide as published."""
    wheels = sorted((ROOT / ".cache" / "downloads").glob("numpy-*.whl"))
    if not wheels:
        raise FileNotFoundError("no NumPy wheel in .cache/downloads: build once")
    wheel = Path(wheels[-1]).relative_to(ROOT).as_posix()
    address = f"{chrome.url}bench/browser/stock.html#{wheel}"
    return _seconds_to(page, address, ["body", "^ready$", ""])


def _seconds_to(page: Page, address: str, goal: list[str]) -> float:
    page.add_init_script(f"({WATCH})({json.dumps(goal)})")
    page.goto(address)
    wait = "(s) => Promise.race([reached, new Promise((_, no) => setTimeout(no, s, 'too late'))])"
    return page.evaluate(wait, BOOT_TIMEOUT)
