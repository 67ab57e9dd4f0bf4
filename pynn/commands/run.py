"""Runs a program that shows, on a terminal or with figures."""

import argparse
from pathlib import Path

from pynn.paths import as_path
from pynn.show.figures import Figures
from pynn.show.script import Script
from pynn.show.stage import Stage

EXAMPLE = """\
example:
  pynn run PROGRAM.py --pictures .
"""


def add(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(command=run_program)
    parser.add_argument("program", metavar="PROGRAM.py", help="a Python file")
    parser.add_argument("--figures", action="store_true", help="draw in windows, with matplotlib")
    parser.add_argument(
        "--pictures", metavar="FOLDER", help="write PNG files there, with matplotlib"
    )


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
