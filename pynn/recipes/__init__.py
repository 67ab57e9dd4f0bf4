"""Five small published programs, rebuilt on pynn, each to be laid beside its post.

Natively `python -m pynn recipe NAME`; from Python

    from pynn.recipes import skyone
    program = skyone.start(seed=0)
    program.update(1000)
    program.weights["wih"]
"""

import os
from collections.abc import Iterator, Mapping
from types import ModuleType
from typing import Any

from pynn.limits import check_choice, shown
from pynn.recipes import bp_mnist, eleven_lines, nielsen, quadrants, skyone
from pynn.recipes.data import read_mnist
from pynn.recipes.events import Event
from pynn.settings import check

RECIPES: dict[str, ModuleType] = {
    module.__name__.rpartition(".")[2]: module
    for module in (eleven_lines, quadrants, skyone, nielsen, bp_mnist)
}


def perform(
    name: str, settings: Mapping[str, Any], folder: str | os.PathLike[str] | None = None
) -> Iterator[Event]:
    """The run of a recipe with checked settings; `folder` has MNIST's files, if they are needed.

    MNIST is read at the first step. Raises ValueError, and Diverged.
    """
    recipe, settings = _checked("perform", name, settings)
    data = read_mnist(settings["images"], folder) if "images" in settings else None
    yield from recipe.run(data, **settings)


def changed(name: str, settings: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """What is not as published: setting, its published value, its value here. Not the seed."""
    recipe, settings = _checked("changed", name, settings)
    published = check(recipe.TABLE, {})
    return {
        key: (published[key], value)
        for key, value in settings.items()
        if key != "seed" and value != published[key]
    }


def _checked(who: str, name: str, settings: Mapping[str, Any]) -> tuple[ModuleType, dict[str, Any]]:
    recipe = RECIPES[check_choice(who, "name", name, tuple(RECIPES))]
    if not isinstance(settings, Mapping):
        raise ValueError(f"{who}: expected settings by name, got {shown(settings)}")
    return recipe, check(recipe.TABLE, settings)


__all__ = [
    "RECIPES",
    "bp_mnist",
    "changed",
    "eleven_lines",
    "nielsen",
    "perform",
    "quadrants",
    "skyone",
]
