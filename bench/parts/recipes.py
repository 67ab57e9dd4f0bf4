"""The five recipes against plain transcriptions: what bench/recipes.py prints."""

import subprocess
import sys
from pathlib import Path

from chrome import Chrome

SCRIPT = Path(__file__).resolve().parent.parent / "recipes.py"


def run(chrome: Chrome, quick: bool) -> list[str]:
    del chrome  # natively
    rounds = ["--rounds", "3"] if quick else []
    command = [sys.executable, str(SCRIPT), *rounds]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=1800)
    printed = done.stdout.rstrip() or done.stderr.rstrip().splitlines()[-1]
    return ["## Recipes", "", "```", printed, "```"]
