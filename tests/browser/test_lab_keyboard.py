"""A long program from a link, edited, run, stopped, saved and opened again, by keyboard alone."""

import base64
import zlib
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode

import pytest
from lab_page import TYPED_OVER, expect_end, expect_output
from playwright.sync_api import Page, expect

OpenPage = Callable[..., Page]
pytestmark = pytest.mark.expected_problems(TYPED_OVER)
LINES = [f"value_{k} = {k} ** 2  # line {k + 1} of two hundred" for k in range(199)]
PROGRAM = "\n".join([*LINES, "print(sum([value_1, value_2, value_198]))"])
FOCUSED = """() => {
  let element = document.activeElement;
  return element?.closest('[data-testid]')?.dataset.testid ?? '';
}"""


def link_to(text: str, name: str) -> str:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(text.encode()) + packer.flush()
    code = base64.urlsafe_b64encode(packed).decode().rstrip("=")
    return f"#/lab?{urlencode({'name': name, 'code': code})}"


def tab_to(page: Page, testid: str) -> None:
    """With the Tab key, as often as it takes."""
    for _ in range(60):
        if page.evaluate(FOCUSED) == testid:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab never comes to {testid}")


def test_long_program_by_keyboard_alone(open_page: OpenPage, tmp_path: Path) -> None:
    page = open_page(link_to(PROGRAM, "two_hundred.py"))
    expect(page.get_by_test_id("program-note")).to_contain_text("came with the link")
    expect(page.get_by_test_id("program")).to_have_value("two_hundred.py")
    tab_to(page, "editor")
    # Run as it came.
    page.keyboard.press("Control+Enter")
    expect_output(page, str(1 + 4 + 198**2))
    expect_end(page, "finished")
    # Edited, run again, stopped.
    page.keyboard.press("Control+End")
    page.keyboard.insert_text("\nprint('edited')\nwhile True: pass")
    page.keyboard.press("Control+Enter")
    expect_output(page, "edited")
    page.keyboard.press("Control+.")
    expect_end(page, "stopped")
    # Saved, and opened again beside it.
    with page.expect_download() as download:
        page.keyboard.press("Control+s")
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    assert file.name == "two_hundred.py"
    assert file.read_text("utf-8") == f"{PROGRAM}\nprint('edited')\nwhile True: pass"
    page.keyboard.press("Escape")
    page.keyboard.press("Shift+Tab")
    assert page.evaluate(FOCUSED) != "editor"
    for _ in range(30):
        if page.evaluate(FOCUSED) == "program-menu":
            break
        page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED) == "program-open"
    file.write_text("print('opened again')", "utf-8")
    page.get_by_test_id("program-open").set_input_files(file)
    expect(page.get_by_test_id("program")).to_have_value("two_hundred-2.py")
    tab_to(page, "editor")
    page.keyboard.press("Control+Enter")
    expect_output(page, "opened again")
