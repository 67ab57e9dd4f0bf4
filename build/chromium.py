"""A Chromium for the browser tests: one that is there, else one that can be installed.

Run as a script it provides one (part of `npm test`); the tests themselves only look for it.
"""

import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright
from problem import Problem, run_main

ON_THE_PATH = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def runs(program: str | Path) -> bool:
    """Whether it starts at all: a downloaded browser may lack the system's libraries."""
    try:
        done = subprocess.run([program, "--version"], capture_output=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def find_chromium(playwrights_own: str) -> tuple[str, str | None] | None:
    """How it was found, and its path (None for Playwright's own, which Playwright finds itself)."""
    if chosen := os.environ.get("PYNN_CHROMIUM"):
        if not runs(chosen):
            raise Problem(f"PYNN_CHROMIUM={chosen} does not start as a browser.")
        return "PYNN_CHROMIUM", chosen
    if runs(playwrights_own):
        return "Playwright's own", None
    for name in ON_THE_PATH:
        if (path := shutil.which(name)) and runs(path):
            return "on the PATH", path
    return None


def install_with_playwright() -> None:
    patience = {"PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT": "15000"}
    command = [sys.executable, "-m", "playwright", "install", "chromium"]
    subprocess.run(command, env=os.environ | patience, capture_output=True, check=False)


def install_with_apt() -> None:
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update"], ["install", "-y", "--no-install-recommends", "chromium"]):
        subprocess.run(
            ["apt-get", "-q", *command], env=os.environ | quiet, capture_output=True, check=False
        )


def can_use_apt() -> bool:
    if platform.system() != "Linux" or shutil.which("apt-get") is None or os.geteuid() != 0:
        return False
    return platform.freedesktop_os_release().get("ID") == "debian"


def provide_chromium() -> None:
    with sync_playwright() as playwright:
        playwrights_own = playwright.chromium.executable_path
    ways = {"`playwright install chromium`": install_with_playwright}
    if can_use_apt():
        ways["`apt-get install chromium`"] = install_with_apt
    found = find_chromium(playwrights_own)
    for name, install in ways.items():
        if found:
            break
        print(f"No Chromium found: trying {name}", flush=True)
        install()
        found = find_chromium(playwrights_own)
    if not found:
        raise Problem(
            f"The browser tests need Chromium; {' and '.join(ways)} did not give one: install it "
            "(on Debian `apt-get install chromium`) or put its path into PYNN_CHROMIUM."
        )
    print(f"Chromium: {found[0]}{f', {found[1]}' if found[1] else ''}")


if __name__ == "__main__":
    run_main(provide_chromium)
