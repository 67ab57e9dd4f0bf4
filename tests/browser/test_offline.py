"""The service worker: the whole page without a network, updates, and the worker's policy."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from page_state import wait_until_ready
from playwright.sync_api import BrowserContext, Page
from serving import ROOT, Server
from site_folder import write_release

ServeSite = Callable[[Path], Server]
# Resolves when the release is in force and its cache holds every file but the lab's, which is
# stored when it is opened; the test's own timeout
# bounds the waiting.
EVERYTHING_STORED = """async (release) => {
  const registration = await navigator.serviceWorker.ready;
  for (;;) {
    for (const name of await caches.keys()) {
      const cache = name.endsWith(release.version) && (await caches.open(name));
      const complete = cache && (await cache.keys()).length >= release.count;
      if (complete && !registration.installing && !registration.waiting) {
        return registration.active.scriptURL;
      }
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}"""
pytestmark = pytest.mark.browser_context_args(service_workers="allow")


def release_of(site: Path) -> dict[str, object]:
    manifest = json.loads((site / "files.json").read_text("utf-8"))
    files = [name for name in manifest["files"] if not name.startswith("lab/")]
    # files.json itself is stored too.
    return {"version": manifest["version"], "count": len(files) + 1}


def visit_until_stored(page: Page, server: Server, site: Path) -> None:
    page.goto(server.url)
    wait_until_ready(page)
    script = page.evaluate(EVERYTHING_STORED, release_of(site))
    assert script == f"{server.url}service-worker.js"


@pytest.mark.expected_problems("service-worker.js")  # the browser looks for a newer one in vain
def test_page_starts_again_without_a_server_after_the_first_visit(
    page: Page, dist: Path, serve_site: ServeSite
) -> None:
    server = serve_site(dist)
    visit_until_stored(page, server, dist)
    server.kill()
    page.goto("about:blank")
    page.goto(server.url + "#/playground")
    wait_until_ready(page)
    shards = [path.name for path in sorted((dist / "mnist").glob("*.gzip"))]
    sizes = page.evaluate(
        """(names) => Promise.all(names.map(async (name) =>
             (await (await fetch(`mnist/${name}`)).arrayBuffer()).byteLength))""",
        shards,
    )
    assert sizes == [(dist / "mnist" / name).stat().st_size for name in shards]


# When each worker was made: before the page's scripts, or by them.
WATCH_WORKERS = """
globalThis.made = [];
globalThis.Worker = class extends Worker {
  constructor(...options) {
    super(...options);
    made.push(document.readyState);
  }
};
"""


def test_once_stored_the_worker_starts_before_the_scripts_of_the_page(
    page: Page, dist: Path, serve_site: ServeSite
) -> None:
    page.add_init_script(WATCH_WORKERS)
    visit_until_stored(page, serve_site(dist), dist)
    assert page.evaluate("made") == ["interactive"]
    page.reload()
    wait_until_ready(page)
    assert page.evaluate("made") == ["loading"]
    assert len(page.workers) == 1


def test_worker_gets_its_own_policy_from_the_service_worker(
    page: Page, dist: Path, serve_site: ServeSite
) -> None:
    server = serve_site(dist)
    visit_until_stored(page, server, dist)
    page.reload()
    wait_until_ready(page)
    [worker] = page.workers
    # What a debugger evaluates may use eval all the same; what a timer calls may not.
    outcome = worker.evaluate(
        """() => new Promise((resolve) => setTimeout(() => {
             try { resolve(eval('1 + 1')); } catch (error) { resolve(error.name); }
           }))"""
    )
    assert outcome == "EvalError"


def release_again(site: Path) -> dict[str, object]:
    """What a newer build would do after the site's files have changed."""
    for name in ("service-worker.js", "files.json"):
        (site / name).unlink()
    write_release(site, (ROOT / "web/service-worker.js").read_text("utf-8"))
    return release_of(site)


def test_update_fetches_only_what_changed_and_the_old_page_keeps_its_parts(
    page: Page, copied_site: Path, serve_site: ServeSite
) -> None:
    old_part = copied_site / "assets/old-part.js"
    old_part.write_text("export {};", "utf-8")
    old = release_again(copied_site)
    server = serve_site(copied_site)
    visit_until_stored(page, server, copied_site)
    old_part.unlink()
    index = copied_site / "index.html"
    newer = '<meta name="release" content="newer" /><title>'
    index.write_text(index.read_text("utf-8").replace("<title>", newer), "utf-8")
    new = release_again(copied_site)
    # Whoever asked for these again would get a 404, which fails the test.
    for path in [*copied_site.glob("pyodide/*"), *copied_site.glob("mnist/*.gzip")]:
        path.unlink()
    page.evaluate("async () => (await navigator.serviceWorker.ready).update()")
    page.evaluate(EVERYTHING_STORED, new)
    status = page.evaluate("async () => (await fetch('assets/old-part.js')).status")
    assert status == 200
    page.reload()
    wait_until_ready(page)
    assert page.locator("meta[name=release]").count() == 1
    names = page.evaluate("() => caches.keys()")
    assert [name.split()[-1] for name in names] == [old["version"], new["version"]]


# An installation that fails ends its other downloads.
@pytest.mark.expected_problems("integrity", r"request failed: .*net::ERR_ABORTED")
def test_altered_file_is_never_stored(
    new_context: Callable[..., BrowserContext], copied_site: Path, serve_site: ServeSite
) -> None:
    (copied_site / "icon.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>", "utf-8")
    server = serve_site(copied_site)
    page = new_context().new_page()
    page.goto(server.url)
    wait_until_ready(page)
    state = page.evaluate(
        """async () => {
             const registration = await navigator.serviceWorker.register('service-worker.js');
             const worker = registration.installing;
             if (!worker) return 'gone';
             await new Promise((resolve) => worker.addEventListener('statechange', resolve));
             return worker.state;
           }"""
    )
    assert state in ("redundant", "gone")
