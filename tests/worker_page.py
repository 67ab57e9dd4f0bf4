"""A worker of the tests beside the site's own files: what it answers to one message."""

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from playwright.sync_api import Page
from serving import Server

TESTS = Path(__file__).resolve().parent
# What such a worker starts Python with.
FOR_PYTHON = [TESTS / "browser/site_python.js", TESTS.parent / "web/worker/wheels.js"]
ASK = """
([script, message]) => new Promise((resolve) => {
  const worker = new Worker(script, { type: 'module' });
  worker.onerror = (event) => resolve({ error: event.message });
  worker.onmessage = ({ data }) => resolve(data);
  worker.postMessage(message);
})
"""


def ask_worker(
    page: Page,
    site: Path,
    serve_site: Callable[[Path], Server],
    script: Path,
    message: object,
    files: Sequence[Path] = (),
) -> Any:
    """Copies the worker's script, and files that it fetches, into the site and runs it there."""
    for file in (script, *FOR_PYTHON, *files):
        shutil.copy(file, site)
    # A page of its own, without the site's security policy, and with an icon nobody has to fetch.
    (site / "worker.html").write_text('<link rel="icon" href="data:,">')
    page.goto(serve_site(site).url + "worker.html")
    return page.evaluate(ASK, [script.name, message])
