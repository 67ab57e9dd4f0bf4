"""The playground's data besides own points: features, how many points, which of them train."""

import re
from collections.abc import Callable

import pytest
from page_state import train_epochs
from playwright.sync_api import Locator, Page, expect

OpenPage = Callable[..., Page]


def plane(page: Page) -> Locator:
    found = page.get_by_test_id("decision-map")
    expect(found).to_have_attribute("tabindex", "0")
    return found


@pytest.mark.parametrize(
    ("locale", "group", "title"),
    [("en-US", "What the network is told of a point", "Input"),
     ("zh-CN", "告诉网络点的哪些特征", "输入")],
)  # fmt: skip
def test_features_are_switched_at_the_diagram(
    open_page: OpenPage, locale: str, group: str, title: str
) -> None:
    page = open_page("#/playground?dataset=circle&network-shape=", locale=locale)
    plane(page)
    page.get_by_role("button", name=title, exact=True).click()
    row = page.get_by_role("group", name=group)
    for name in ("x₁²", "x₂²"):
        row.get_by_role("button", name=name, exact=True).click()
        expect(row.get_by_role("button", name=name, exact=True)).to_have_attribute(
            "aria-pressed", "true"
        )
    for name in ("x₁", "x₂"):
        row.get_by_role("button", name=name, exact=True).click()
    expect(page).to_have_url(re.compile("features=x1-squared,x2-squared&network-shape=$"))
    expect(page.locator("[data-place^='0/']")).to_have_count(2)
    expect(page.locator("[data-place='0/0']")).to_have_accessible_name(re.compile("x₁²$"))
    # A circle is a straight line to squares.
    train_epochs(page, 1, 40)
    assert float(page.get_by_test_id("accuracy").get_attribute("data-value") or 0) > 0.95
    row.get_by_role("button", name="x₁²", exact=True).click()
    expect(row.get_by_role("button", name="x₂²", exact=True)).to_be_disabled()


@pytest.mark.parametrize(
    ("locale", "labels"),
    [("en-US", ("Points", "Share to train on", "Class balance", "Test R²", "More about the data")),
     ("zh-CN", ("点数", "训练比例", "类别比例", "测试 R²", "更多数据设置"))],
)  # fmt: skip
def test_how_many_points_and_which_are_set(
    open_page: OpenPage, locale: str, labels: tuple[str, ...]
) -> None:
    count, share, balance, explained, more = labels
    page = open_page("#/playground?dataset=spiral", locale=locale)
    plane(page)
    page.get_by_text(more).click()
    for label, value, name in ((count, "50", "count"), (share, "0.5", "train-share"),
                               (balance, "3", "balance")):  # fmt: skip
        field = page.get_by_role("textbox", name=label, exact=True)
        field.fill(value)
        field.press("Enter")
        expect(page).to_have_url(re.compile(f"{name}={value}(&|$)"))
    page.get_by_test_id("dataset").select_option("hills")
    expect(page.get_by_role("textbox", name=balance, exact=True)).to_be_disabled()
    expect(page.get_by_test_id("accuracy")).to_be_visible()
    expect(page.get_by_role("button", name=explained, exact=True)).to_be_visible()
    train_epochs(page, 1, 2)
    page.get_by_test_id("dataset").select_option("xor")
    for label in (count, share, balance):
        expect(page.get_by_role("textbox", name=label, exact=True)).to_be_disabled()


@pytest.mark.parametrize(
    ("locale", "more", "fewer", "names"),
    [("en-US", "More data sets", "Fewer data sets",
      ["Rings", "Checkerboard", "Three Gaussians", "Pinwheel", "Slope, a surface",
       "Hills, a surface"]),
     ("zh-CN", "更多数据集", "收起数据集",
      ["同心环", "棋盘", "三个高斯团", "风车", "斜面（回归）", "山丘（回归）"])],
)  # fmt: skip
def test_every_set_is_chosen_by_its_picture_and_trains(
    open_page: OpenPage, locale: str, more: str, fewer: str, names: list[str]
) -> None:
    page = open_page("#/playground", locale=locale)
    plane(page)
    page.get_by_role("button", name=more).click()
    for name in names:
        page.get_by_role("button", name=name, exact=True).click()
        expect(page.get_by_role("button", name=name, exact=True)).to_have_attribute(
            "aria-pressed", "true"
        )
        train_epochs(page, 1, 1)
    page.get_by_role("button", name=fewer).click()
    expect(page.get_by_role("button", name=names[0], exact=True)).to_have_count(0)
