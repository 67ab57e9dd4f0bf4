"""The page itself: what Vite makes of web/, and the licences of what it packs."""

import json
import os
import subprocess
from pathlib import Path

from byte_code import node
from paths import NODE_MODULES, ROOT
from problem import Problem
from steps import run_step


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
    (folder / "LICENSES.txt").write_text(licences(), "utf-8")


def front_folder() -> Path:
    # The lock file stands for all of node_modules, which is installed from it.
    return run_step("front", [ROOT / "web", ROOT / "package-lock.json"], build_front)
