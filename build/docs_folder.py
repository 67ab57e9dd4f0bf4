"""The documentation: what MkDocs makes of docs/ and of the docstrings, in both languages."""

import sys
from pathlib import Path

from paths import ROOT
from run_tool import run_tool
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
    run_tool(
        [*command, "--site-dir", str(folder)],
        ROOT,
        f"Building the documentation of {config.name}",
        {"NO_MKDOCS_2_WARNING": "1"},  # the lock file keeps MkDocs 1
    )


def build_docs(folder: Path) -> None:
    mkdocs(ROOT / "mkdocs.yml", folder)
    mkdocs(CHINESE, folder / "zh")
    for pattern in UNUSED:
        for path in folder.rglob(pattern):
            path.unlink()


def docs_folder() -> Path:
    return run_step("docs", INPUTS, build_docs)
