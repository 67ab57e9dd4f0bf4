"""The recipes as programs that read like their posts. To import one is to run it.

Each also runs as a file of its own, with plain `python`, wherever pynn is installed.
"""

from pathlib import Path

from pynn.show.script import Script


def program(name: str) -> Script:
    """The program of a recipe, from its text."""
    return Script.read(Path(__file__).parent / f"{name}.py")
