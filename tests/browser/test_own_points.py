"""Points of one's own: painted by mouse, finger and keys; from a CSV file and into one."""

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest
from own_points import some_points
from page_state import train_epochs, wait_until_ready
from playwright.sync_api import Locator, Page, expect

from pynn.datasets import read_csv, read_points, write_csv, write_points
from pynn.datasets.planar import Points

OpenPage = Callable[..., Page]
LANGUAGES = [
    {"locale": "en-US", "more": "More data sets", "own": "Own points", "group": "Your own points",
     "erase": "Eraser", "undo": "Undo", "clear": "Clear", "second": "class 2", "third": "class 3",
     "empty": "The plane is empty", "hint": "Press or drag", "load": "Load CSV", "save": "Save CSV",
     "loaded": "3 points: “a” is class 1, “b” is class 2. They were scaled into the plane.",
     "bad": "Line 2: “zwei” is not a number."},
    {"locale": "zh-CN", "more": "更多数据集", "own": "自己的点", "group": "自己的点",
     "erase": "橡皮", "undo": "撤销", "clear": "清空", "second": "第 2 类", "third": "第 3 类",
     "empty": "平面上还没有点", "hint": "点按或拖动", "load": "打开 CSV", "save": "保存 CSV",
     "loaded": "3 个点：“a”是第 1 类，“b”是第 2 类。 已缩放到平面之内。",
     "bad": "第 2 行：“zwei”不是数。"},
]  # fmt: skip
in_both_languages = pytest.mark.parametrize("words", LANGUAGES, ids=lambda words: words["locale"])


def query(page: Page) -> dict[str, str]:
    found = parse_qs(urlsplit(page.url).fragment.partition("?")[2])
    return {name: values[0] for name, values in found.items()}


def points(page: Page) -> Points:
    return read_points(query(page).get("points", ""))


def expect_points(page: Page, count: int) -> Points:
    """So many of them, once the address says so."""
    pattern = rf"points=[\w-]{{{4 * count}}}(&|$)" if count else r"^((?!points=).)*$"
    expect(page).to_have_url(re.compile(pattern))
    return points(page)


def plane(page: Page) -> Locator:
    found = page.get_by_test_id("decision-map")
    expect(found).to_have_attribute("tabindex", "0")
    return found


def place(page: Page, across: float, down: float) -> tuple[float, float]:
    """Pixels, of shares of the plane's sides."""
    plane(page).scroll_into_view_if_needed()
    box = plane(page).bounding_box()
    assert box
    return box["x"] + across * box["width"], box["y"] + down * box["height"]


def drag(page: Page, start: tuple[float, float], end: tuple[float, float]) -> None:
    page.mouse.move(*place(page, *start))
    page.mouse.down()
    page.mouse.move(*place(page, *end), steps=12)
    page.mouse.up()


def click(page: Page, across: float, down: float) -> None:
    page.mouse.click(*place(page, across, down))


@in_both_languages
def test_points_are_painted_moved_erased_undone_and_cleared(
    open_page: OpenPage, words: dict[str, str]
) -> None:
    page = open_page("#/playground?dataset=circle", locale=words["locale"])
    plane(page)
    page.get_by_role("button", name=words["more"]).click()
    page.get_by_role("button", name=words["own"], exact=True).click()
    palette = page.get_by_role("group", name=words["group"], exact=True)
    expect(palette).to_contain_text(words["empty"])
    click(page, 0.25, 0.25)
    x, y = expect_points(page, 1)
    np.testing.assert_allclose(x, [[-0.65, 0.65]], atol=0.02)
    assert list(y) == [0] and query(page)["dataset"] == "own" and query(page)["train-share"] == "1"
    # Of another class, a row of them; the plane is another one now.
    palette.get_by_role("button", name=words["second"]).click()
    drag(page, (0.2, 0.8), (0.8, 0.8))
    expect(page).to_have_url(re.compile(r"points=[\w-]{24,}(&|$)"))
    x, y = points(page)
    count = len(x)
    assert list(y) == [0] + [1] * (count - 1) and 6 < count < 40
    np.testing.assert_allclose(x[1:, 1], -0.3 * 2.6, atol=0.02)
    assert (np.diff(x[1:, 0]) > 0).all()
    # The first is taken and moved.
    at = (x[0] + 1.3) / 2.6
    drag(page, (at[0], 1 - at[1]), (0.5, 0.5))
    expect(page).not_to_have_url(re.compile(re.escape(write_points(x, y))))
    moved, labels = expect_points(page, count)
    np.testing.assert_allclose(moved[0], [0, 0], atol=0.02)
    np.testing.assert_array_equal(moved[1:], x[1:])
    np.testing.assert_array_equal(labels, y)
    # A third class, then the eraser over the row.
    palette.get_by_role("button", name=words["third"]).click()
    click(page, 0.9, 0.1)
    expect_points(page, count + 1)
    expect(page.locator("[data-place='2/2']")).to_be_visible()  # an output each
    palette.get_by_role("button", name=words["erase"]).click()
    drag(page, (0.15, 0.8), (0.85, 0.8))
    expect_points(page, 2)
    for left in (count + 1, count, count):
        palette.get_by_role("button", name=words["undo"]).click()
        expect_points(page, left)
    expect(page).to_have_url(re.compile(re.escape(write_points(x, y))))
    palette.get_by_role("button", name=words["clear"]).click()
    expect(palette).to_contain_text(words["empty"])
    palette.get_by_role("button", name=words["undo"]).click()
    expect(palette).to_contain_text(words["hint"])
    expect_points(page, count)
    train_epochs(page, 1, 2)


def test_points_are_painted_by_the_keyboard_alone(open_page: OpenPage) -> None:
    page = open_page("#/playground?dataset=moons")
    plane(page)
    page.get_by_test_id("more-sets").press("Enter")
    page.get_by_role("button", name="Own points", exact=True).press("Enter")
    plane(page).focus()
    keys = page.keyboard
    for key in ("ArrowRight", "ArrowUp", "Enter"):
        keys.press(key)
    x, y = expect_points(page, 1)
    np.testing.assert_allclose(x, [[0.13, 0.13]], atol=0.001)
    keys.press("2")
    keys.press("ArrowRight")
    keys.press("Enter")
    x, y = expect_points(page, 2)
    assert list(y) == [0, 1]
    np.testing.assert_allclose(x[1], [0.26, 0.13], atol=0.001)
    # Taken up, carried and put down.
    for key in ("Enter", "ArrowDown", "ArrowDown", "Enter"):
        keys.press(key)
    expect(page).not_to_have_url(re.compile(re.escape(write_points(x, y))))
    np.testing.assert_allclose(expect_points(page, 2)[0][1], [0.26, -0.13], atol=0.001)
    keys.press("Delete")
    expect_points(page, 1)
    keys.press("Control+z")
    expect_points(page, 2)


def test_points_are_painted_by_a_finger(open_page: OpenPage) -> None:
    phone = {"has_touch": True, "is_mobile": True, "viewport": {"width": 390, "height": 844}}
    page = open_page("#/playground?dataset=circle", **phone)
    plane(page)
    page.get_by_role("button", name="Paint points").tap()
    before = page.evaluate("scrollY")
    page.touchscreen.tap(*place(page, 0.5, 0.5))
    # Those that were there, and the new one.
    x, y = expect_points(page, 401)
    np.testing.assert_allclose(x[-1], [0, 0], atol=0.02)
    assert y[-1] == 0 and abs(page.evaluate("scrollY") - before) < 400


def test_points_that_are_there_are_added_to_and_the_share_comes_back(open_page: OpenPage) -> None:
    page = open_page("#/playground?dataset=gauss&count=20")
    plane(page)
    page.get_by_role("button", name="Paint points").click()
    click(page, 0.9, 0.1)
    expect_points(page, 21)
    assert query(page)["train-share"] == "1"
    page.get_by_test_id("dataset").select_option("spiral")
    expect(page).to_have_url(re.compile(r"dataset=spiral&count=20$"))
    # One's own are kept.
    page.get_by_role("button", name="Own points", exact=True).click()
    expect_points(page, 21)


@in_both_languages
def test_a_csv_file_is_loaded_pasted_and_dropped(
    open_page: OpenPage, tmp_path: Path, words: dict[str, str]
) -> None:
    page = open_page("#/playground", locale=words["locale"])
    plane(page)
    page.get_by_test_id("paint-points").click()
    file = tmp_path / "points.csv"
    file.write_text("length,width,kind\n10,5,a\n20,9,b\n30,7,a\n", "utf-8")
    page.get_by_label(words["load"]).set_input_files(file)
    x, y = expect_points(page, 3)
    np.testing.assert_allclose(x, [[-1, -1], [0, 1], [1, 0]], atol=0.001)
    assert list(y) == [0, 1, 0]
    expect(page.get_by_test_id("points-news")).to_have_text(re.compile(words["loaded"]))
    file.write_text("0,0,a\n0,zwei,b\n", "utf-8")
    page.get_by_label(words["load"]).set_input_files(file)
    expect(page.get_by_test_id("error")).to_contain_text(words["bad"])
    assert len(points(page)[0]) == 3  # nothing is lost
    page.evaluate(
        """text => {
          const data = new DataTransfer();
          data.setData('text/plain', text);
          const event = new ClipboardEvent('paste', { clipboardData: data, bubbles: true });
          document.body.dispatchEvent(event);
        }""",
        "0;0,5;1\n0,5;0;2\n-1;-1;3\n1;1;4",
    )
    x, y = expect_points(page, 4)
    np.testing.assert_allclose(x, [[0, 0.5], [0.5, 0], [-1, -1], [1, 1]], atol=0.001)
    assert list(y) == [0, 1, 2, 3]
    page.evaluate(
        """text => {
          const data = new DataTransfer();
          data.items.add(new File([text], 'more.csv', { type: 'text/csv' }));
          document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true }));
        }""",
        "0,0,x\n0.25,0.25,y",
    )
    expect_points(page, 2)


@in_both_languages
def test_points_are_saved_as_csv(open_page: OpenPage, words: dict[str, str]) -> None:
    x, y = read_points(write_points(*some_points(30)))
    page = open_page(
        f"#/playground?dataset=own&points={write_points(x, y)}", locale=words["locale"]
    )
    plane(page)
    page.get_by_test_id("paint-points").click()
    with page.expect_download() as download:
        page.get_by_role("button", name=words["save"]).click()
    assert download.value.suggested_filename == f"{words['own']}.csv"
    found = read_csv(Path(download.value.path()).read_text("utf-8"))
    both = lambda x, y: sorted(map(tuple, np.column_stack([x, y]).tolist()))  # noqa: E731
    assert both(found.x, found.y) == both(x, y)
    assert write_csv(found.x, found.y).startswith("x1,x2,label\n")


def test_a_link_with_two_thousand_points_gives_its_run_again(open_page: OpenPage) -> None:
    text = write_points(*some_points(2000))
    page = open_page(f"#/playground?dataset=own&points={text}&features=x1,x2,sin-x1&seed=7")
    plane(page)
    train_epochs(page, 1, 3)
    numbers = ("train-loss", "test-loss", "accuracy")
    before = [page.get_by_test_id(name).get_attribute("data-value") for name in numbers]
    assert query(page)["points"] == text
    page.reload()
    wait_until_ready(page)
    plane(page)
    train_epochs(page, 1, 3)
    after = [page.get_by_test_id(name).get_attribute("data-value") for name in numbers]
    assert after == before and None not in before


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("dataset=own", "There are no own points yet"),
        ("dataset=own&points=AA*A", "Own points: “AA*A” cannot be read."),
        ("dataset=own&points=AAA", "Own points: “AAA” cannot be read."),
        ("features=x9", "Input features: “x9” is not available"),
        ("dataset=own&points=" + "AAAA" * 2001, "8,004 characters are too many"),
        ("dataset=spiral&count=0&balance=-3", "Points: 0 is outside the allowed range"),
    ],
    ids=lambda text: text[:30],
)
def test_a_damaged_link_gives_a_page_that_works_and_a_message(
    open_page: OpenPage, address: str, message: str
) -> None:
    page = open_page(f"#/playground?{address}")
    plane(page)
    expect(page.get_by_test_id("error")).to_contain_text(message)
    train_epochs(page, 1, 1)
