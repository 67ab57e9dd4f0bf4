"""build/front.py: the address of the picture that links to the page show."""

import pytest
from front import site_address, with_picture_at
from paths import ROOT
from problem import Problem

PAGE = (ROOT / "web/index.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("address", "picture"),
    [
        ("", "./preview/page.png"),
        ("https://pynn.example/some/path/", "https://pynn.example/some/path/preview/page.png"),
    ],
)
def test_picture_has_the_whole_address_where_it_is_known(address: str, picture: str) -> None:
    page = with_picture_at(PAGE, address)
    assert page.count(f'property="og:image" content="{picture}"') == 1


def test_page_without_a_picture_is_refused() -> None:
    with pytest.raises(Problem, match=r"index\.html must hold the text .*og:image.* once"):
        with_picture_at(PAGE.replace("og:image", ""), "")


@pytest.mark.parametrize(
    ("text", "address"),
    [("", ""), ("https://a.example", "https://a.example/"), ("http://a.b/c//", "http://a.b/c/")],
)
def test_address_of_the_site_ends_with_a_slash(text: str, address: str) -> None:
    assert site_address(text) == address


@pytest.mark.parametrize("text", ["pynn.example", "ftp://pynn.example/", "https:///pynn", "pynn"])
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(Problem, match="PYNN_ADDRESS must be the site's https:// address, got"):
        site_address(text)
