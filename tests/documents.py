"""Markdown pages as programs: their blocks in order, and what stands below them as their output.

    ```python   runs in the page's one set of names, in a folder of the page's own
    ```sh       each line is a command: `pynn …` is run, others are known by COMMANDS
    ```text     what the block before it wrote, if one stands directly before; else a text

Numbers may differ by a little: the last bits of a sum are not the same on every processor.
"""

import contextlib
import io
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

BLOCK = re.compile(r"^(`{3,4})(\w*)\n(.*?)^\1$", re.MULTILINE | re.DOTALL)
NUMBER = re.compile(r"-?\d[\d,]*\.?\d*(?:e[+-]?\d+)?")
# Commands that set up or build; tests of their own, or `npm test` itself, run these.
COMMANDS = re.compile(
    r"pip install (\"pynn-playground\[\w+\]\"|pynn-playground|\.)( onnxruntime)?"
    r"|npm (start|test|run \w+(:long)?)|python bench/\w+\.py"
)
CLOSE, LITTLE = 0.15, 0.05  # of the number, and at least


def blocks(page: Path) -> Iterator[tuple[str, str, bool]]:
    """Kind and text of each block, and whether it stands directly below the one before."""
    end = 0
    text = page.read_text("utf-8")
    for block in BLOCK.finditer(text):
        yield block[2], block[3], not text[end : block.start()].strip()
        end = block.end()


def alike(written: str, printed: str) -> bool:
    """Whether a page's text is what was printed, but for small differences of numbers."""
    if NUMBER.sub("0", written).split() != NUMBER.sub("0", printed).split():
        return False
    pairs = zip(NUMBER.findall(written), NUMBER.findall(printed), strict=True)
    numbers = [(float(a.replace(",", "")), float(b.replace(",", ""))) for a, b in pairs]
    return all(abs(a - b) <= max(CLOSE * abs(b), LITTLE) for a, b in numbers)


def command(line: str) -> str:
    """What a line of a shell block prints; AssertionError where it fails or nobody knows it."""
    if not line.startswith("pynn "):
        assert COMMANDS.fullmatch(line), f"no test runs the command {line}"
        return ""
    words = [sys.executable, "-m", "pynn", *shlex.split(line, comments=True)[1:]]
    run = subprocess.run(words, capture_output=True, encoding="utf-8", check=False)
    assert run.returncode == 0, f"{line}: {run.stderr}"
    return run.stdout


def run(page: Path) -> int:
    """Runs a page's blocks in the working folder, and says how many; AssertionError."""
    names: dict[str, Any] = {"__name__": "__main__"}
    printed, count = "", 0
    for kind, text, directly in blocks(page):
        if kind == "python":
            out = io.StringIO()
            with contextlib.redirect_stdout(out):
                exec(compile(text, page.name, "exec", dont_inherit=True), names)
            printed, count = out.getvalue(), count + 1
        elif kind == "sh":
            lines = text.replace("\\\n", " ").splitlines()
            printed, count = "".join(map(command, lines)), count + 1
        elif kind == "text" and directly:
            assert alike(text, printed), f"{page.name} says\n{text}\nand what runs says\n{printed}"
    return count


def run_apart(page: Path, folder: Path, data: Path) -> subprocess.CompletedProcess[str]:
    """`run` in that folder and in a Python of its own, whose `mnist()` finds the data there."""
    here = Path(__file__).resolve()
    words = {"PYNN_DATA": str(data), "PYTHONPATH": str(here.parent.parent)}
    words |= {"MPLBACKEND": "Agg", "PYTHONUTF8": "1"}
    strict = ["-W", "error::UserWarning", "-W", "error::RuntimeWarning"]
    return subprocess.run(
        [sys.executable, *strict, str(here), str(page)],
        cwd=folder,
        env=os.environ | words,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


if __name__ == "__main__":
    print(run(Path(sys.argv[1])))
