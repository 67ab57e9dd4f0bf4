"""The documentation: what MkDocs makes of docs/ and of the docstrings, in both languages."""

import os
import subprocess
import sys
from pathlib import Path

from paths import ROOT
from problem import Problem
from steps import run_step

CHINESE = ROOT / "docs/zh.yml"
INPUTS = [ROOT / "mkdocs.yml", ROOT / "docs", ROOT / "pynn", ROOT / "requirements.txt"]
# Of the theme's own files, those that no reader of these pages fetches.
UNUSED = (
    "*.map",
    "404.html",
    "assets/javascripts/lunr/wordcut.js",
    "assets/javascripts/lunr/tinyseg.js",
)


def mkdocs(config: Path, folder: Path) -> None:
    command = [sys.executable, "-m", "mkdocs", "build", "--config-file", str(config)]
    run = subprocess.run(
        [*command, "--site-dir", str(folder)],
        cwd=ROOT,
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1", "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if run.returncode != 0:
        raise Problem(f"MkDocs could not build {config.name}:\n{run.stdout}{run.stderr}")


def build_docs(folder: Path) -> None:
    mkdocs(ROOT / "mkdocs.yml", folder)
    mkdocs(CHINESE, folder / "zh")
    for pattern in UNUSED:
        for path in folder.rglob(pattern):
            path.unlink()


def docs_folder() -> Path:
    return run_step("docs", INPUTS, build_docs)
