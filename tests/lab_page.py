"""What tests of the lab do again and again: type a program, wait for its end, read its output."""

from playwright.sync_api import Page, expect

# Chromium styles text that is typed in the place of coloured text: the policy forbids it, and
# the editor draws the line anew.
TYPED_OVER = "Applying inline style"


def type_program(page: Page, text: str) -> None:
    """In the place of what stands in the editor, at one stroke: brackets are not closed for us."""
    page.get_by_test_id("editor").locator(".cm-content").click()
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    page.keyboard.insert_text(text)


def expect_end(page: Page, status: str, timeout: int = 30_000) -> None:
    place = page.get_by_test_id("code-status")
    expect(place).to_have_attribute("data-status", status, timeout=timeout)


def expect_output(page: Page, text: str) -> None:
    expect(page.get_by_test_id("code-output")).to_contain_text(text, timeout=30_000)
