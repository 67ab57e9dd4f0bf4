"""The rooms of the closer look: inside a layer, the confusion matrix, two networks, many runs."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from edited_runs import run_script
from page_state import count_colours, train_epochs, wait_until_ready
from playwright.sync_api import Page, expect

from pynn.live import Desk

OpenPage = Callable[..., Page]
LANGUAGES: list[dict[str, str]] = [
    {"locale": "en-US", "inside": "Inside a layer", "layer": "Layer 1", "confusion":
     "What is taken for what", "matrix": "Confusion matrix of the test points",
     "compare": "Compare two networks", "many": "Many runs", "run": "Run all", "none":
     "no hidden layer", "versus": "You against Adam", "slider": "Neuron 1, from x₁",
     "alone": "Let Adam go on alone", "share": "Challenge a friend", "seconds": "Seconds"},
    {"locale": "zh-CN", "inside": "层内视图", "layer": "第 1 层", "confusion": "混淆矩阵",
     "matrix": "测试点的混淆矩阵", "compare": "比较两个网络", "many": "多次训练", "run": "全部训练",
     "none": "没有隐藏层", "versus": "你和 Adam 比一比", "slider": "神经元 1, 来自 x₁",
     "alone": "让 Adam 自己走下去", "share": "向朋友挑战", "seconds": "秒"},
]  # fmt: skip
in_both_languages = pytest.mark.parametrize("words", LANGUAGES, ids=lambda words: words["locale"])


def opened(open_page: OpenPage, address: str, **options: Any) -> Page:
    page = open_page(f"#/playground?{address}", **options)
    expect(page.get_by_test_id("decision-map")).to_have_attribute("tabindex", "0")
    return page


def value(page: Page, testid: str) -> float:
    return float(page.get_by_test_id(testid).get_attribute("data-value") or "nan")


def native(epochs: int, **settings: Any) -> dict[str, Any]:
    """What the same run comes to in this Python."""
    desk = Desk()
    desk.call("planar", "open", settings)
    head = desk.call("planar", "advance", {"milliseconds": 60_000, "epochs": epochs}).head
    assert "error" not in head
    return head


@in_both_languages
def test_one_looks_inside_a_layer(open_page: OpenPage, words: dict[str, str]) -> None:
    page = opened(open_page, "dataset=circle&network-shape=6,3", locale=words["locale"])
    page.get_by_role("button", name=words["inside"]).click()
    room = page.get_by_role("region", name=words["inside"])
    picture = room.get_by_test_id("inside")
    expect(picture).to_be_visible()
    expect(room).to_contain_text(re.compile(r"3.*%"))
    canvas = picture.locator("canvas").first
    room.get_by_role("button", name=words["layer"], exact=True).click()
    expect(room).to_contain_text(re.compile(r"6.*%"))
    train_epochs(page, 1, 3)
    assert count_colours(canvas) > 20
    page.get_by_test_id("network-shape").fill("")
    page.get_by_test_id("network-shape").press("Enter")
    expect(room).to_contain_text(words["none"])
    page.get_by_role("button", name=words["inside"]).click()
    expect(room).to_be_hidden()


@in_both_languages
def test_the_confusion_matrix_counts_the_test_points(
    open_page: OpenPage, words: dict[str, str]
) -> None:
    page = opened(open_page, "dataset=blobs&seed=3", locale=words["locale"])
    page.get_by_role("button", name=words["confusion"]).click()
    table = page.get_by_role("table", name=re.compile(words["matrix"]))
    expect(table).to_have_attribute("data-filled", "true")
    train_epochs(page, 1, 4)
    cells = [int(text) for text in table.locator("td:not([colspan])").all_inner_texts()]
    assert len(cells) == 9 and sum(cells) == 100
    right = cells[0] + cells[4] + cells[8]
    assert right / 100 == pytest.approx(value(page, "accuracy"))
    page.get_by_test_id("dataset").select_option("quadrants")
    expect(table.locator("td:not([colspan])")).to_have_count(16)


@in_both_languages
def test_a_second_network_is_trained_along(open_page: OpenPage, words: dict[str, str]) -> None:
    page = opened(open_page, "dataset=moons&seed=2", locale=words["locale"])
    train_epochs(page, 1, 2)
    page.get_by_role("button", name=words["compare"]).click()
    expect(page.get_by_test_id("second-map").locator("canvas").first).to_be_visible()
    # It comes up to where the first is.
    wanted = native(2, dataset="moons", seed=2)["test_loss"]
    expect(page.get_by_test_id("pair-loss-2")).to_have_attribute("data-value", str(wanted))
    page.get_by_test_id("second-optimizer").select_option("sgd")
    expect(page).to_have_url(re.compile(r"compare=optimizer_sgd$"))
    wanted = native(2, dataset="moons", seed=2, optimizer="sgd")["test_loss"]
    expect(page.get_by_test_id("pair-loss-2")).to_have_attribute("data-value", str(wanted))
    train_epochs(page, 3, 5)
    wanted = native(5, dataset="moons", seed=2, optimizer="sgd")["test_loss"]
    expect(page.get_by_test_id("pair-loss-2")).to_have_attribute("data-value", str(wanted))
    mine = native(5, dataset="moons", seed=2)["test_loss"]
    expect(page.get_by_test_id("pair-loss-1")).to_have_attribute("data-value", str(mine))
    page.get_by_role("button", name=words["seconds"], exact=True).click()
    page.get_by_test_id("second-code").click()
    script = page.get_by_test_id("script").inner_text()
    assert "SGD(" in script and len(run_script(script)) == 64
    page.keyboard.press("Escape")
    # The link brings both.
    page.reload()
    wait_until_ready(page)
    expect(page.get_by_test_id("second-optimizer")).to_have_value("sgd")
    page.get_by_test_id("reset").click()
    train_epochs(page, 1, 1)
    wanted = native(1, dataset="moons", seed=2, optimizer="sgd")["test_loss"]
    expect(page.get_by_test_id("pair-loss-2")).to_have_attribute("data-value", str(wanted))


def test_what_a_second_network_cannot_have_is_said_in_its_field(open_page: OpenPage) -> None:
    page = opened(open_page, "dataset=moons")
    page.get_by_role("button", name="Compare two networks").click()
    field = page.get_by_test_id("second-learning-rate")
    field.fill("much")
    field.press("Enter")
    expect(field).to_have_attribute("aria-invalid", "true")
    field.fill("0.1")
    field.press("Enter")
    expect(field).not_to_have_attribute("aria-invalid", "true")
    expect(page).to_have_url(re.compile("compare=learning-rate_0.1$"))


@in_both_languages
def test_twenty_seeds_are_twenty_single_runs(open_page: OpenPage, words: dict[str, str]) -> None:
    page = opened(open_page, "dataset=xor", locale=words["locale"])
    page.get_by_role("button", name=words["many"]).click()
    page.get_by_test_id("sweep-epochs").fill("30")
    page.get_by_role("button", name=words["run"]).click()
    expect(page.get_by_test_id("run-map")).to_have_count(20)
    expect(page.get_by_role("button", name=words["run"])).to_be_visible()
    for place in (0, 7, 19):
        wanted = native(30, dataset="xor", seed=place + 1)["test_loss"]
        loss = page.get_by_test_id("run-loss").nth(place)
        expect(loss).to_have_attribute("data-value", str(wanted))
    expect(page.get_by_test_id("runs-chart").locator("canvas")).to_be_visible()


def test_one_setting_at_several_values(open_page: OpenPage) -> None:
    page = opened(open_page, "dataset=moons&guess=100-100_900-900&task=x")
    page.get_by_role("button", name="Many runs").click()
    page.get_by_test_id("sweep-vary").select_option("learning_rate")
    expect(page.get_by_test_id("sweep-values")).to_have_value("0.003, 0.03, 0.3")
    page.get_by_test_id("sweep-epochs").fill("4")
    page.get_by_test_id("sweep-run").click()
    expect(page.get_by_test_id("run-map")).to_have_count(3)
    for place, rate in enumerate((0.003, 0.03, 0.3)):
        wanted = native(4, dataset="moons", learning_rate=rate)["test_loss"]
        loss = page.get_by_test_id("run-loss").nth(place)
        expect(loss).to_have_attribute("data-value", str(wanted))
    page.get_by_test_id("sweep-values").fill("0.1, fast")
    page.get_by_test_id("sweep-run").click()
    expect(page.get_by_test_id("rooms").get_by_role("alert")).to_contain_text("“fast” is not")


@in_both_languages
def test_nine_weights_are_turned_against_adam(open_page: OpenPage, words: dict[str, str]) -> None:
    page = opened(
        open_page,
        "challenge=0.6",
        locale=words["locale"],
        permissions=["clipboard-read", "clipboard-write"],
    )
    room = page.get_by_role("region", name=words["versus"])
    expect(room.get_by_test_id("versus-map").locator("canvas").first).to_be_visible()
    expect(room.get_by_test_id("versus-challenge")).to_contain_text("0.6")
    sliders = room.get_by_role("slider")
    expect(sliders).to_have_count(9)
    before = value(page, "versus-you")
    assert before == value(page, "versus-adam") > 0.5
    room.get_by_role("slider", name=words["slider"], exact=True).fill("6")
    expect(room.get_by_test_id("versus-you")).not_to_have_attribute("data-value", str(before))
    expect(room.get_by_test_id("versus-adam")).not_to_have_attribute("data-value", str(before))
    for name, turned in (("w1.1.0", 6), ("b1.0", -2), ("w1.0.1", 6), ("w1.1.1", 6), ("b1.1", -9),
                         ("w2.0.0", 6), ("w2.1.0", -6), ("b2.0", -6)):  # fmt: skip
        room.locator(f"input[data-name='{name}']").fill(str(turned))
    expect(room.get_by_test_id("versus-you")).to_have_attribute(
        "data-value", re.compile(r"^0\.0\d+")
    )
    room.get_by_role("button", name=words["share"]).click()
    link = page.evaluate("navigator.clipboard.readText()")
    assert re.search(r"#/playground\?seed=1&challenge=0\.0\d+$", link)
    room.get_by_role("button", name=words["alone"]).click()
    expect(room.get_by_test_id("versus-adam")).to_contain_text("209")
