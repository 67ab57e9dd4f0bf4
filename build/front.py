"""The page itself: what Vite makes of web/, and the licences of what it packs."""

import json
import os
import subprocess
from pathlib import Path
from urllib.parse import urlsplit

from byte_code import node
from paths import NODE_MODULES, ROOT
from problem import Problem
from steps import run_step

# The lab shows the published programs as they stand in the package.
FRONT = [ROOT / "web", ROOT / "pynn/recipes/programs", ROOT / "pynn/recipes/originals"]
PICTURE = 'property="og:image" content="./'


def licences() -> str:
    """Names, versions and licence texts of the npm packages that are part of the site."""
    lock = json.loads((ROOT / "package-lock.json").read_text("utf-8"))
    parts = ["The page contains these packages, each under its own licence.\n"]
    for place, entry in sorted(lock["packages"].items()):
        if place and not entry.get("dev") and not entry.get("optional"):
            name = place.rpartition("node_modules/")[2]
            parts.append(f"\n── {name} {entry['version']} ({entry.get('license', 'see text')})\n")
            for file in sorted((ROOT / place).glob("[Ll][Ii][Cc][Ee][Nn][CcSs][Ee]*")):
                parts.append(file.read_text("utf-8").strip() + "\n")
    return "".join(parts)


def site_address(text: str) -> str:
    """Where the site will stand, with a slash at its end; empty where nobody has said.

    Raises Problem for what is no address of the web.
    """
    parts = urlsplit(text)
    if text and (parts.scheme not in ("http", "https") or not parts.netloc):
        raise Problem(f"PYNN_ADDRESS must be the site's https:// address, got {text!r}.")
    return text and text.rstrip("/") + "/"


def with_picture_at(page: str, address: str) -> str:
    """The page, with the picture of links to it at its whole address: few readers take another."""
    if page.count(PICTURE) != 1:
        raise Problem(f"web/index.html must hold the text `{PICTURE}` once.")
    return page.replace(PICTURE, PICTURE.replace("./", address or "./"))


def build_front(folder: Path) -> None:
    vite = NODE_MODULES / "vite/bin/vite.js"
    command = [node(), str(vite), "build", str(ROOT / "web"), "--outDir", str(folder)]
    run = subprocess.run(
        [*command, "--emptyOutDir", "--logLevel", "warn"],
        cwd=ROOT,
        env=os.environ | {"NODE_ENV": "production"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if run.returncode != 0:
        raise Problem(f"Vite could not build the page:\n{run.stdout}{run.stderr}")
    if run.stderr:
        print(run.stderr.strip())
    page = folder / "index.html"
    page.write_text(with_picture_at(page.read_text("utf-8"), address()), "utf-8")
    (folder / "LICENSES.txt").write_text(licences(), "utf-8")


def address() -> str:
    return site_address(os.environ.get("PYNN_ADDRESS", ""))


def front_folder() -> Path:
    # The lock file stands for all of node_modules, which is installed from it.
    return run_step("front", [*FRONT, ROOT / "package-lock.json"], build_front, setting=address())
