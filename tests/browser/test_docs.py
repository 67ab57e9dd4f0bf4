"""The documentation as it is built: links that lead somewhere, live pictures, search, languages."""

import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from page_state import BOOT_TIMEOUT
from playwright.sync_api import Page, expect
from serving import DIST

OpenPage = Callable[..., Page]
DOCS = DIST / "docs"
TABS = {"playground", "digits", "recipes", "lessons", "lab"}


class Links(HTMLParser):
    """What a page leads to, and the places in it that can be led to."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.to: set[str] = set()
        self.places: set[str] = set()
        self.feed(path.read_text("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        self.places |= {value for name in ("id", "name") if (value := said.get(name))}
        self.to |= {value for name in ("href", "src") if (value := said.get(name))}


def broken(path: Path, known: dict[Path, Links]) -> Iterator[str]:
    for link in known[path].to:
        parts = urlsplit(link)
        if parts.scheme:
            continue
        target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
        target = target / "index.html" if target.is_dir() else target
        if not target.is_file():
            yield link
        elif target == DIST / "index.html":
            if parts.fragment and re.split(r"[/?]", parts.fragment)[1] not in TABS:
                yield link
        elif parts.fragment and target in known and parts.fragment not in known[target].places:
            yield link


def test_every_link_leads_somewhere() -> None:
    known = {path.resolve(): Links(path) for path in DOCS.rglob("*.html")}
    assert len(known) > 30
    assert {path.name: [*broken(path, known)] for path in known if [*broken(path, known)]} == {}


def test_no_page_names_another_origin() -> None:
    """Links to read on are the only addresses; whatever is fetched is the site's own."""
    fetched = re.compile(
        r"<(?:script|link|img|iframe)[^>]*(?:src|href)=[\"']?(?:https?:)?//[^\"'>]*"
    )
    for path in DOCS.rglob("*.html"):
        assert not fetched.findall(path.read_text("utf-8")), path


@pytest.mark.parametrize(
    ("name", "word"), [("index.html", "Train"), ("zh/tutorial/hidden-layer.html", "训练")]
)
def test_live_picture_learns_beside_the_text(open_page: OpenPage, name: str, word: str) -> None:
    page = open_page(f"docs/{name}", ready=False)
    page.locator("iframe.live").scroll_into_view_if_needed()
    frame = page.frame_locator("iframe.live")
    expect(frame.get_by_test_id("play")).to_be_enabled(timeout=BOOT_TIMEOUT)
    expect(frame.get_by_test_id("play")).to_contain_text(word)
    expect(frame.get_by_test_id("error")).to_be_hidden()
    frame.get_by_test_id("play").click()
    expect(frame.get_by_test_id("epoch")).not_to_have_attribute("data-value", "0")


@pytest.mark.parametrize(
    ("folder", "word", "found"),
    [("", "patience", "Train as you are used to"), ("zh/", "卷积", "卷积")],
)
def test_search_finds_a_page(open_page: OpenPage, folder: str, word: str, found: str) -> None:
    page = open_page(f"docs/{folder}index.html", ready=False)
    box = page.locator(".md-search__input")
    box.click()
    # What is typed before the index is there is not heard, nor is a text without a key.
    ready = re.compile("Type to start searching|键入以开始搜索")
    expect(page.locator(".md-search-result__meta")).to_have_text(ready)
    box.fill(word)
    box.press("End")
    hit = page.locator(".md-search-result__link", has_text=found).first
    expect(hit).to_be_visible()
    hit.click()
    expect(page.locator("h1")).to_contain_text(found)


def test_other_language_is_one_press_away_on_the_same_page(open_page: OpenPage) -> None:
    page = open_page("docs/how-to/own-layer.html", ready=False)
    english = page.locator("h1").inner_text()
    page.get_by_role("link", name="中文").click()
    expect(page.locator("html")).to_have_attribute("lang", "zh")
    expect(page.locator("h1")).not_to_have_text(english)
    expect(page).to_have_url(re.compile("/docs/zh/how-to/own-layer.html$"))
    page.get_by_role("link", name="English").click()
    expect(page.locator("h1")).to_have_text(english)
    page.goto(page.url.replace("how-to/own-layer", "zh/how-to/other-runtimes"))
    page.get_by_role("article").get_by_role("link", name=re.compile("不同|差异|区别")).click()
    expect(page).to_have_url(re.compile("/docs/reference/differences.html$"))


# Its live picture has only begun when the test is over.
@pytest.mark.expected_problems(r"embed=1&lang=\w+ \(net::ERR_ABORTED\)")
@pytest.mark.parametrize(("locale", "words"), [("en-US", "Overview"), ("zh-CN", "概览")])
def test_page_leads_to_its_documentation(open_page: OpenPage, locale: str, words: str) -> None:
    page = open_page("#/lessons", locale=locale)
    page.get_by_test_id("docs").click()
    expect(page.locator(".md-nav--primary")).to_contain_text(words)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["tutorial/one-neuron.html", "reference/layers.html"])
def test_documentation_is_accessible(open_page: OpenPage, name: str, scheme: str) -> None:
    page = open_page(f"docs/{name}", ready=False, color_scheme=scheme)
    expect(page.locator("h1")).to_be_visible()
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa"]})
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("width", [360, 1024])
def test_documentation_fits_the_screen(open_page: OpenPage, width: int) -> None:
    viewport = {"width": width, "height": 740}
    page = open_page("docs/reference/training.html", ready=False, viewport=viewport)
    expect(page.locator("h1")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
