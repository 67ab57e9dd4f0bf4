"""The states that the page goes through, and how long a test waits for them (milliseconds)."""

from playwright.sync_api import Page, expect

# Starting Python takes a second on a good day and most of a minute on a busy machine.
BOOT_TIMEOUT = 120_000
TIMEOUT = 30_000


def wait_for_state(page: Page, state: str) -> None:
    """`state` is booting, ready or failed."""
    app = page.get_by_test_id("app")
    expect(app).to_have_attribute("data-state", state, timeout=BOOT_TIMEOUT)


def wait_until_ready(page: Page) -> None:
    wait_for_state(page, "ready")
