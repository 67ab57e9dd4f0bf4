"""What holds for every tab: language, theme, accessibility, keyboard, narrow screens, boot."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from page_state import wait_for_state, wait_until_ready
from playwright.sync_api import Page, Route, expect
from serving import Server
from variants import THEMES_AND_WIDTHS

OpenPage = Callable[..., Page]
VIEWS = ["playground", "digits", "lessons", "lab"]
# What a text looks like when its key is missing from the locale files.
BARE_KEY = re.compile(r"\b(?:shell|playground|digits|settings|options|errors|boot)[:.]\w+\.?\w*")


def expect_drawn(page: Page, view: str) -> None:
    ready = {
        "playground": "play",
        "digits": "digits-train",
        "lessons": "lesson-page",
        "lab": "program",
    }[view]
    expect(page.get_by_test_id(ready)).to_be_visible()
    expect(page.get_by_test_id(ready)).to_be_enabled()


def visit(page: Page, view: str) -> Page:
    """Goes to a tab and waits until Python has filled it."""
    page.get_by_test_id(f"tab-{view}").click()
    expect_drawn(page, view)
    return page


# Languages -----------------------------------------------------------------------------------
@pytest.mark.parametrize(("locale", "tag"), [("en-GB", "en"), ("zh-CN", "zh-CN"), ("fr-FR", "en")])
def test_language_follows_the_browser(open_page: OpenPage, locale: str, tag: str) -> None:
    page = open_page(locale=locale)
    expect(page.locator("html")).to_have_attribute("lang", tag)
    for view in VIEWS:
        visit(page, view)
        text = page.locator("body").inner_text()
        assert not BARE_KEY.search(text)
        assert bool(re.search("[\u4e00-\u9fff]{4}", text)) == (tag == "zh-CN")


def test_language_is_switched_everywhere_and_remembered(open_page: OpenPage) -> None:
    page = open_page()
    english = {view: phrases(visit(page, view)) for view in VIEWS}
    page.get_by_test_id("language").click()
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
    for view in VIEWS:
        assert not phrases(visit(page, view)) & english[view] - {"Leaky ReLU"}
    page.reload()
    wait_until_ready(page)
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
    page.get_by_test_id("language").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")


def phrases(page: Page) -> set[str]:
    """Two English words in a row: names such as Adam may stay, sentences may not."""
    return set(re.findall(r"[A-Za-z]{3,} [A-Za-z]{3,}", page.locator("main").inner_text()))


# Themes --------------------------------------------------------------------------------------
def background(page: Page) -> int:
    """The brightness of the paper, 0 to 255."""
    value: int = page.evaluate(
        "Number(getComputedStyle(document.documentElement).backgroundColor.match(/\\d+/)[0])"
    )
    return value


def test_theme_follows_the_system_until_it_is_chosen(open_page: OpenPage) -> None:
    page = open_page("#/playground", color_scheme="dark")
    assert background(page) < 64
    page.get_by_test_id("theme").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "light")
    assert background(page) > 192
    page.reload()
    wait_until_ready(page)
    assert background(page) > 192


def test_theme_repaints_the_drawings(open_page: OpenPage) -> None:
    page = open_page("#/playground?network-shape=")
    expect_drawn(page, "playground")
    shot = "c => c.toDataURL()"
    before = page.locator(".map-field").evaluate(shot)
    page.get_by_test_id("theme").click()
    assert page.locator(".map-field").evaluate(shot) != before


# Accessibility -------------------------------------------------------------------------------
WIDTHS = pytest.mark.parametrize("width", [1440, pytest.param(360, marks=pytest.mark.long)])


@THEMES_AND_WIDTHS
def test_axe_finds_nothing(open_page: OpenPage, theme: str, width: int) -> None:
    page = open_page(color_scheme=theme, viewport={"width": width, "height": 800})
    for view in VIEWS:
        results = Axe().run(visit(page, view))
        assert results.violations_count == 0, results.generate_report()


def test_axe_finds_nothing_in_message_and_dialog(open_page: OpenPage) -> None:
    page = open_page("#/playground?seed=none")
    expect(page.get_by_test_id("error")).to_be_visible()
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
    page.get_by_test_id("show-code").click()
    expect(page.get_by_test_id("script-dialog")).to_be_visible()
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()


@WIDTHS
def test_axe_finds_nothing_in_what_the_playground_unfolds(open_page: OpenPage, width: int) -> None:
    page = open_page(
        "#/playground?dataset=gauss&network-shape=2&l2=0.01&guess=0-900_900-0",
        viewport={"width": width, "height": 800},
    )
    page.locator("[data-place='1/0']").click()
    expect(page.get_by_test_id("inspector")).to_be_visible()
    expect(page.get_by_test_id("guess-distance")).to_be_visible()
    page.locator("#l2-label").click()
    expect(page.get_by_test_id("term")).to_be_visible()
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()


@WIDTHS
def test_axe_finds_nothing_in_the_rooms_of_the_playground(open_page: OpenPage, width: int) -> None:
    page = open_page(
        "#/playground?dataset=blobs&network-shape=4,3&task=hello&task-accuracy=0.99&challenge=0.1",
        viewport={"width": width, "height": 800},
    )
    expect(page.get_by_test_id("versus-map")).to_be_visible()
    for name in ("inside-view", "confusion", "compare", "many-seeds", "more-sets",
                 "choose-features", "paint-points"):  # fmt: skip
        page.get_by_test_id(name).click()
    page.get_by_test_id("sweep-epochs").fill("3")
    page.get_by_test_id("sweep-run").click()
    expect(page.get_by_test_id("run-map")).to_have_count(20)
    expect(page.get_by_test_id("pair-loss-2")).not_to_have_attribute("data-value", "")
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    for name in ("home-lesson", "home-embed"):
        page.get_by_test_id("take-home").click()
        results = Axe().run(page)
        assert results.violations_count == 0, results.generate_report()
        page.get_by_test_id(name).click()
        results = Axe().run(page)
        assert results.violations_count == 0, results.generate_report()
        page.keyboard.press("Escape")


# Keyboard ------------------------------------------------------------------------------------
def focused(page: Page) -> str:
    name: str = page.evaluate(
        "document.activeElement.dataset.testid ?? document.activeElement.className"
    )
    return name


def test_every_control_is_reached_with_the_tab_key(open_page: OpenPage) -> None:
    page = open_page("#/playground?dataset=moons&l2=0.001")
    expect_drawn(page, "playground")
    reached = set()
    for _ in range(110):
        page.keyboard.press("Tab")
        reached.add(focused(page))
    assert {
        "tab-playground",
        "tab-digits",
        "language",
        "theme",
        "play",
        "step",
        "reset",
        "share",
        "show-code",
        "dataset",
        "noise",
        "seed",
        "new-seed",
        "activation",
        "optimizer",
        "learning-rate",
        "batch-size",
        "l2",
        "schedule",
        "stop-at",
        "draw-guess",
        "network-shape",
        "add-layer",
        "remove-layer",
        "neuron",
        "show-test",
    } <= reached


def test_space_plays_and_pauses_unless_a_control_has_the_focus(open_page: OpenPage) -> None:
    page = open_page("#/playground")
    expect_drawn(page, "playground")
    play = page.get_by_test_id("play")
    page.keyboard.press("Space")
    expect(play).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Space")
    expect(play).to_have_attribute("aria-pressed", "false")
    page.get_by_test_id("network-shape").focus()
    page.keyboard.press("Space")
    expect(play).to_have_attribute("aria-pressed", "false")


def test_arrow_keys_move_among_the_neurons(open_page: OpenPage) -> None:
    page = open_page("#/playground?network-shape=6,4")
    expect_drawn(page, "playground")
    page.locator('.neuron[tabindex="0"]').focus()
    note = page.locator(".network-note")
    expect(note).to_contain_text("Layer 1, neuron 1")
    page.keyboard.press("ArrowDown")
    expect(note).to_contain_text("Layer 1, neuron 2")
    page.keyboard.press("ArrowRight")
    expect(note).to_contain_text("Layer 2, neuron 2")


def test_arrow_keys_step_through_numbers(open_page: OpenPage) -> None:
    page = open_page("#/playground?learning-rate=0.03")
    rate = page.get_by_test_id("learning-rate")
    expect(rate).to_have_value("0.03")
    rate.press("ArrowUp")
    expect(rate).to_have_value("0.1")
    rate.press("ArrowDown")
    rate.press("ArrowDown")
    expect(rate).to_have_value("0.01")


# Narrow screens ------------------------------------------------------------------------------
# The drawings follow a new size within the next picture.
FITS_WHEN_DRAWN = """() => new Promise((resolve) => {
  const look = () => resolve(document.documentElement.scrollWidth <= innerWidth);
  requestAnimationFrame(() => requestAnimationFrame(look));
})"""


@pytest.mark.parametrize("locale", ["en", "zh-CN"])
def test_nothing_sticks_out_sideways(open_page: OpenPage, locale: str) -> None:
    page = open_page(locale=locale)
    for view in VIEWS:
        visit(page, view)
        for width in (360, 768, 1024, 1440):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate(FITS_WHEN_DRAWN), width


def test_fingers_find_controls_of_forty_pixels(open_page: OpenPage) -> None:
    page = open_page(
        "#/playground", viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True
    )
    expect_drawn(page, "playground")
    small = page.evaluate(
        """() => [...document.querySelectorAll('.app button, .app select, .app input, .app a')]
          .filter((e) => e.checkVisibility() && !e.matches('.neuron, [type=checkbox]'))
          .map((e) => [e.dataset.testid ?? e.ariaLabel ?? e.textContent.trim(), e.offsetWidth,
                       e.offsetHeight])
          .filter(([, width, height]) => width < 40 || height < 40)"""
    )
    assert not small


# The address ---------------------------------------------------------------------------------
@pytest.mark.parametrize("route", ["", "#/nonsense?x=%zz"])
def test_unknown_addresses_lead_to_the_playground(open_page: OpenPage, route: str) -> None:
    page = open_page(route, ready=False)
    seen = page.get_by_test_id("tab-playground")
    expect(seen).to_have_attribute("aria-current", "page")
    for unknown in ("#", "#/playground/", "#/constructor", "#/__proto__", "#/"):
        page.get_by_test_id("tab-digits").click()
        expect(seen).not_to_have_attribute("aria-current", "page")
        page.evaluate("(hash) => { location.hash = hash; }", unknown)
        expect(seen).to_have_attribute("aria-current", "page")


def test_tabs_keep_their_settings(open_page: OpenPage) -> None:
    page = open_page("#/playground?dataset=moons&seed=9")
    expect_drawn(page, "playground")
    page.get_by_test_id("tab-digits").click()
    expect(page).to_have_url(re.compile("#/digits"))
    page.get_by_test_id("tab-playground").click()
    expect(page).to_have_url(re.compile(r"#/playground\?dataset=moons&seed=9$"))
    page.go_back()
    expect(page.get_by_test_id("tab-digits")).to_have_attribute("aria-current", "page")


# The boot ------------------------------------------------------------------------------------
BLOCKED = "blockedbyclient"
LATER = [
    "pyodide.mjs",
    "pyodide.asm.mjs",
    "pyodide-lock.json",
    "numpy-",
    "pynn_playground-",
]
NEEDED = [
    "pyodide.asm.wasm",
    "python_stdlib.zip",
    *(pytest.param(file, marks=pytest.mark.long) for file in LATER),
]


# Pyodide, too, says that a file is missing or wrong, when it gets that far before the worker is
# ended; without its library Python reports a fatal error, in several lines.
PYODIDE_COMPLAINS = (
    "(?i)wasm|WebAssembly",
    "(?i)error occurred while",
    "DownloadError",
    "Fatal Python error",
    "Python runtime state",
    "No module named 'encodings'",
    "Current thread",
    "no Python frame",
    r"console error: $",
)
COMPLAINTS = ("request failed", "ERR_BLOCKED_BY_CLIENT", "Failed to fetch", *PYODIDE_COMPLAINS)


def expect_failure(page: Page, file: str) -> None:
    wait_for_state(page, "failed")
    expect(page.get_by_test_id("error")).to_contain_text(file)
    expect(page.get_by_test_id("retry")).to_be_enabled()


@pytest.mark.parametrize("file", [*NEEDED, "files.json"])
@pytest.mark.expected_problems(*COMPLAINTS)
def test_a_blocked_file_is_named(page: Page, site_url: str, file: str) -> None:
    page.route(re.compile(rf"/{re.escape(file)}[^/]*$"), lambda route: route.abort(BLOCKED))
    page.goto(site_url)
    expect_failure(page, file)


@pytest.mark.expected_problems(*COMPLAINTS)
def test_retry_starts_again_without_a_reload(page: Page, site_url: str) -> None:
    pattern = re.compile(r"/numpy-[^/]*$")
    page.route(pattern, lambda route: route.abort(BLOCKED))
    page.goto(site_url + "#/playground?dataset=moons")
    expect_failure(page, "numpy-")
    page.unroute(pattern)
    page.get_by_test_id("retry").click()
    wait_until_ready(page)
    expect(page.get_by_test_id("error")).to_be_hidden()
    expect_drawn(page, "playground")
    expect(page.get_by_test_id("dataset")).to_have_value("moons")


@pytest.mark.parametrize("file", NEEDED)
@pytest.mark.expected_problems(*PYODIDE_COMPLAINS)
def test_an_altered_file_is_named(
    copied_site: Path, page: Page, serve_site: Callable[[Path], Server], file: str
) -> None:
    (path,) = (copied_site / "pyodide").glob(f"{file}*")
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    page.goto(serve_site(copied_site).url)
    expect_failure(page, file)
    expect(page.get_by_test_id("error")).to_contain_text("altered")


@pytest.mark.expected_problems("answer 404", "status of 404")
def test_a_missing_file_is_named(
    copied_site: Path, page: Page, serve_site: Callable[[Path], Server]
) -> None:
    (copied_site / "pyodide/python_stdlib.zip").unlink()
    page.goto(serve_site(copied_site).url)
    expect_failure(page, "python_stdlib.zip")


@pytest.mark.expected_problems(*COMPLAINTS)
def test_a_blocked_worker_script_is_told(page: Page, site_url: str) -> None:
    page.route(re.compile(r"/worker-[^/]*\.js$"), lambda route: route.abort(BLOCKED))
    page.goto(site_url)
    expect_failure(page, "worker script")


def test_a_boot_without_news_is_called_slow_and_then_failed(page: Page, site_url: str) -> None:
    page.clock.install()
    held: list[Route] = []
    page.route(re.compile(r"/python_stdlib\.zip$"), lambda route: held.append(route))
    page.goto(site_url)
    progress = page.get_by_test_id("boot-progress")
    expect(progress).to_contain_text("standard library")
    page.clock.fast_forward(20_000)
    expect(progress).to_contain_text("Still working")
    page.clock.fast_forward(60_000)
    expect_failure(page, "for a minute")
    for route in held:
        route.abort()


def test_progress_names_its_steps_and_counts_bytes(page: Page, site_url: str) -> None:
    held: list[Route] = []
    page.route(re.compile(r"/numpy-[^/]*\.whl\.gzip$"), lambda route: held.append(route))
    page.goto(site_url)
    progress = page.get_by_test_id("boot-progress")
    expect(progress).to_have_text(re.compile(r"NumPy: [1-9][\d.]* of [1-9][\d.]* MB"))
    assert 0 < int(progress.get_attribute("aria-valuenow") or 0) < 100
    for route in held:
        route.continue_()
    wait_until_ready(page)
    expect(progress).to_be_hidden()
