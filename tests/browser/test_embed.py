"""The playground in a frame of another page, of another origin and with rules of its own."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from page_state import BOOT_TIMEOUT
from playwright.sync_api import Page, Request, expect
from serving import Server

OpenPage = Callable[..., Page]
# What a page that is careful lets a frame do.
POLICY = "default-src 'none'; style-src 'none'; script-src 'none'; frame-src {origin}"


@pytest.mark.parametrize(
    ("locale", "item", "way"),
    [("en-US", "For a web page …", "Open in pynn"), ("zh-CN", "嵌入网页…", "在 pynn 中打开")],
)
def test_an_embedded_view_works_under_another_pages_rules(
    open_page: OpenPage,
    serve_site: Callable[[Path], Server],
    tmp_path: Path,
    site_url: str,
    locale: str,
    item: str,
    way: str,
) -> None:
    page = open_page("#/playground?dataset=moons&seed=3", locale=locale)
    expect(page.get_by_test_id("decision-map")).to_have_attribute("tabindex", "0")
    page.get_by_test_id("take-home").click()
    page.get_by_role("button", name=item).click()
    snippet = page.get_by_test_id("embed-dialog-text").input_value()
    assert "embed=1#/playground?dataset=moons&amp;seed=3" in snippet
    ours = urlsplit(site_url)
    policy = POLICY.format(origin=f"{ours.scheme}://{ours.netloc}")
    (tmp_path / "index.html").write_text(
        f'<!doctype html><meta http-equiv="Content-Security-Policy" content="{policy}">'
        f"<title>post</title><p>A post.</p>{snippet}",
        "utf-8",
    )
    host = serve_site(tmp_path)
    asked: list[Request] = []
    post = page.context.new_page()
    post.on("request", lambda request: asked.append(request))
    post.goto(host.url)
    frame = post.frame_locator("iframe")
    play = frame.get_by_test_id("play")
    expect(play).to_be_enabled(timeout=BOOT_TIMEOUT)
    play.click()
    epoch = frame.get_by_test_id("epoch")
    expect(epoch).not_to_have_attribute("data-value", "0")
    expect(frame.get_by_test_id("decision-map")).to_be_visible()
    for hidden in ("network-diagram", "data-pictures", "timeline", "share", "inside-view"):
        expect(frame.get_by_test_id(hidden)).to_be_hidden()
    link = frame.get_by_role("link", name=way)
    assert (link.get_attribute("href") or "").startswith(f"{site_url}#/playground?dataset=moons")
    known = {ours.netloc, urlsplit(host.url).netloc}
    assert {urlsplit(request.url).netloc for request in asked if "http" in request.url} <= known
    # Nothing of it can be scrolled out of sight.
    root = "document.documentElement"
    beyond = post.frames[1].evaluate(
        f"[{root}.scrollWidth - innerWidth, {root}.scrollHeight - innerHeight]"
    )
    assert max(beyond) <= 1
