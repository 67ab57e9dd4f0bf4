"""The five published programs in NumPy alone, line by line after their posts, in our own words.

Each computes what its neighbour in `pynn/recipes/programs` does, and ends with the same numbers.
"""

from pathlib import Path

from pynn.show.script import Script


def original(name: str) -> Script:
    """The program of a recipe in NumPy, from its text."""
    return Script.read(Path(__file__).parent / f"{name}.py")
