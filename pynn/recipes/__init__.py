"""Five small published programs, rebuilt on pynn, each to be laid beside its post.

Natively `python -m pynn recipe NAME`; from Python

    from pynn.recipes import skyone
    program = skyone.start(seed=0)
    program.update(1000)
    program.weights["wih"]

The programs themselves stand in `pynn/recipes/programs`.
"""

import os
from collections.abc import Mapping
from types import ModuleType
from typing import Any

from pynn.limits import check_choice, shown
from pynn.paths import as_path
from pynn.recipes import bp_mnist, eleven_lines, nielsen, quadrants, skyone
from pynn.recipes.programs import program
from pynn.settings import check

RECIPES: dict[str, ModuleType] = {
    module.__name__.rpartition(".")[2]: module
    for module in (eleven_lines, quadrants, skyone, nielsen, bp_mnist)
}


def perform(
    name: str, settings: Mapping[str, Any], folder: str | os.PathLike[str] | None = None
) -> dict[str, Any]:
    """Runs the program of a recipe, as published but for these settings; the names it has then.

    What it shows goes to the terminal, or to where `show.to` sends it. `folder` has MNIST's
    files, if they are needed. Raises ValueError, and Diverged.
    """
    script = program(check_choice("perform", "name", name, tuple(RECIPES)))
    if not isinstance(settings, Mapping):
        raise ValueError(f"perform: expected settings by name, got {shown(settings)}")
    values = check(script.table, settings)
    if folder is not None:
        values["data"] = str(as_path("mnist", folder))
    return script.run(values)


__all__ = ["RECIPES", "bp_mnist", "eleven_lines", "nielsen", "perform", "quadrants", "skyone"]
