"""What is taken home of a run, a run brought back, a task for others."""

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from edited_runs import fingerprint
from garbage_links import garbage_link
from page_state import train_epochs, wait_until_ready
from playwright.sync_api import Page, expect

from pynn import load
from pynn.live import Desk

OpenPage = Callable[..., Page]
ADDRESS = "#/playground?dataset=pinwheel&seed=6&network-shape=5&features=x1,x2,x1-x2"
LANGUAGES = [
    ("en-US", "Take home", ["Notebook (.ipynb)", "The network (.npz)", "Curves (.csv)",
                            "Points (.csv)", "Picture (.png)", "Drawing (.svg)"]),
    ("zh-CN", "带走", ["笔记本（.ipynb）", "网络（.npz）", "曲线（.csv）", "数据点（.csv）",
                       "图片（.png）", "矢量图（.svg）"]),
]  # fmt: skip


def saved(page: Page, home: str, item: str) -> Path:
    page.get_by_role("button", name=home).click()
    with page.expect_download() as download:
        page.get_by_role("button", name=item, exact=True).click()
    return Path(download.value.path())


@pytest.mark.parametrize(("locale", "home", "items"), LANGUAGES)
def test_files_of_the_usual_kinds(
    open_page: OpenPage, locale: str, home: str, items: list[str]
) -> None:
    page = open_page(ADDRESS, locale=locale)
    train_epochs(page, 1, 3)
    book, model, curves, points, png, svg = (saved(page, home, item) for item in items)
    desk = Desk()
    settings = {"dataset": "pinwheel", "seed": 6, "network_shape": "5", "features": "x1,x2,x1-x2"}
    desk.call("planar", "open", settings)
    head = desk.call("planar", "advance", {"milliseconds": 60_000, "epochs": 3}).head
    wanted = fingerprint(desk._open["planar"].network)
    assert fingerprint(load(model)) == wanted  # type: ignore[arg-type]
    cells = json.loads(book.read_text("utf-8"))["cells"]
    here: dict[str, object] = {}
    for cell in cells[2:]:
        exec("".join(cell["source"]), here)
    assert fingerprint(here["network"]) == wanted  # type: ignore[arg-type]
    assert "http" in "".join(cells[1]["source"])
    last = curves.read_text("utf-8").splitlines()[-1].split(",")
    assert float(last[2]) == pytest.approx(head["test_loss"], rel=1e-6)
    assert len(points.read_text("utf-8").splitlines()) == 401
    assert png.read_bytes().startswith(b"\x89PNG") and png.stat().st_size > 5000
    drawing = ET.parse(svg).getroot()
    assert drawing.tag.endswith("svg")
    marks = drawing.findall(".//{http://www.w3.org/2000/svg}path")
    assert len(marks) == 301  # the training points, and a boundary


def test_the_notebook_stands_beside_the_script(open_page: OpenPage) -> None:
    page = open_page("#/playground?dataset=moons")
    train_epochs(page, 1, 1)
    page.get_by_test_id("show-code").click()
    script = page.get_by_test_id("script").inner_text()
    with page.expect_download() as download:
        page.get_by_test_id("notebook").click()
    book = json.loads(Path(download.value.path()).read_text("utf-8"))
    last = "".join(book["cells"][-1]["source"])
    assert last in script and download.value.suggested_filename.endswith(".ipynb")


def test_a_run_is_kept_in_a_file_and_goes_on_elsewhere(open_page: OpenPage, tmp_path: Path) -> None:
    page = open_page(ADDRESS)
    train_epochs(page, 1, 3)
    page.get_by_test_id("take-home").click()
    with page.expect_download() as download:
        page.get_by_test_id("home-run").click()
    run = tmp_path / "run.npz"
    download.value.save_as(run)
    train_epochs(page, 4, 5)
    wanted = page.get_by_test_id("test-loss").get_attribute("data-value")
    other = open_page("#/playground?dataset=moons")
    train_epochs(other, 1, 1)
    other.get_by_test_id("take-home").click()
    other.get_by_test_id("home-bring").set_input_files(run)
    expect(other.get_by_test_id("epoch")).to_have_attribute("data-value", "3")
    expect(other).to_have_url(re.compile(re.escape(ADDRESS.partition("?")[2].split("&")[0])))
    train_epochs(other, 4, 5)
    assert other.get_by_test_id("test-loss").get_attribute("data-value") == wanted
    # A model alone is no run; it and another file are refused, and nothing is lost.
    model = saved(other, "Take home", "The network (.npz)")
    other.get_by_test_id("take-home").click()
    other.get_by_test_id("home-bring").set_input_files(model)
    expect(other.get_by_test_id("error")).to_contain_text("has no run of the playground")
    bad = tmp_path / "bad.npz"
    bad.write_bytes(b"no run")
    other.get_by_test_id("take-home").click()
    other.get_by_test_id("home-bring").set_input_files(bad)
    expect(other.get_by_test_id("error")).to_contain_text("not a pynn model")
    train_epochs(other, 6, 6)


LESSONS = [
    ("en-US", "A task for others …", "Solved!", "The task, in your words", "Hidden neurons at most",
     "Lock", "Optimizer", "is locked in this task"),
    ("zh-CN", "给别人的任务…", "完成了！", "用你自己的话写任务", "隐藏神经元不超过", "锁定",
     "优化器", "锁定了"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("locale", "item", "solved", "words", "neurons", "lock", "optimizer", "locked"), LESSONS
)
def test_a_teacher_makes_a_task_and_it_is_solved(
    open_page: OpenPage,
    locale: str,
    item: str,
    solved: str,
    words: str,
    neurons: str,
    lock: str,
    optimizer: str,
    locked: str,
) -> None:
    page = open_page("#/playground?dataset=gauss&noise=0&network-shape=4", locale=locale)
    expect(page.get_by_test_id("decision-map")).to_have_attribute("tabindex", "0")
    page.get_by_test_id("take-home").click()
    page.get_by_role("button", name=item).click()
    dialog = page.get_by_test_id("task-dialog")
    dialog.get_by_label(words).fill("<img src=x onerror=document.title='run'> 50 %")
    for name, text in (("task-loss", "0,05"), ("task-neurons", "4")):
        dialog.get_by_test_id(f"set-{name}").fill(text)
    group = dialog.get_by_role("group", name=lock)
    group.get_by_role("checkbox", name=optimizer, exact=True).check()
    dialog.get_by_test_id("hide-presets").check()
    dialog.get_by_test_id("lock-hand").check()
    link = dialog.get_by_test_id("task-dialog-text").input_value()
    pupil = open_page("#" + link.partition("#")[2], locale=locale)
    lesson = pupil.get_by_test_id("task")
    expect(lesson).to_contain_text("<img src=x onerror=document.title='run'> 50 %")
    assert pupil.title() != "run" and pupil.locator("[data-testid='task'] img").count() == 0
    expect(pupil.get_by_test_id("optimizer")).to_be_disabled()
    expect(pupil.get_by_test_id("presets")).to_be_hidden()
    pupil.locator("[data-place='1/0']").click()
    field = pupil.locator("[data-testid='weight-value']").first
    field.fill("3")
    field.press("Enter")
    expect(pupil.get_by_test_id("error")).to_contain_text(locked)
    expect(lesson.locator("[data-goal='task_neurons']")).to_have_attribute("data-held", "true")
    expect(lesson.locator("[data-goal='task_loss']")).to_have_attribute("data-held", "false")
    expect(pupil.get_by_test_id("task-news")).not_to_contain_text(solved)
    pupil.get_by_test_id("pace").get_by_role("button").nth(2).click()
    pupil.get_by_test_id("play").click()
    expect(pupil.get_by_test_id("task-news")).to_contain_text(solved)
    # With one neuron more it would be none.
    pupil.get_by_test_id("network-shape").fill("5")
    pupil.get_by_test_id("network-shape").press("Enter")
    expect(lesson.locator("[data-goal='task_neurons']")).to_have_attribute("data-held", "false")
    expect(pupil.get_by_test_id("task-news")).not_to_contain_text(solved)


def test_garbage_in_links_leaves_a_page_that_works(open_page: OpenPage) -> None:
    page = open_page("#/playground?dataset=moons")
    draw = np.random.default_rng(11)
    for _ in range(60):
        query = garbage_link(draw)
        page.evaluate(
            "query => { location.hash = '#/playground?' + new URLSearchParams(query); }", query
        )
        page.wait_for_timeout(30)
    page.evaluate("location.hash = '#/playground?dataset=blobs&seed=3'")
    expect(page.get_by_test_id("dataset")).to_have_value("blobs")
    train_epochs(page, 1, 2)
    wait_until_ready(page)
