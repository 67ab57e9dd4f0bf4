"""`pynn run PROGRAM.py`: a program that shows, on a terminal or with figures."""

import argparse
from pathlib import Path
from typing import Any

from pynn.paths import as_path
from pynn.show.figures import Figures
from pynn.show.script import Script
from pynn.show.stage import Stage


def add_run(commands: Any) -> None:
    """The command, among others."""
    run = commands.add_parser("run", help="run a program, and draw what it shows")
    run.set_defaults(command=run_program)
    run.add_argument("program", metavar="PROGRAM.py", help="a Python file")
    run.add_argument("--figures", action="store_true", help="draw in windows, with matplotlib")
    run.add_argument("--pictures", metavar="FOLDER", help="write PNG files there, with matplotlib")


def run_program(options: argparse.Namespace) -> None:
    """Runs it as `python PROGRAM.py` does. Raises ValueError where matplotlib is missing."""
    path: Path = as_path("run", options.program)
    script = Script.read(path)
    if not (options.figures or options.pictures):
        script.run()
        return
    figures = Figures(options.pictures)
    with Stage(figures):
        script.run()
    figures.close()
