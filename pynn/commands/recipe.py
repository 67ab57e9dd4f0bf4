"""Runs a published program, as it was published but for the options that are given."""

import argparse
import time

from pynn.options import add_options, checked, chosen, folder_at
from pynn.recipes import RECIPES, perform
from pynn.recipes.programs import program
from pynn.show.stage import Stage
from pynn.show.terminal import Terminal

EXAMPLE = """\
example:
  pynn recipe quadrants --seeds 0
"""


def add(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(command=list_recipes)
    names = parser.add_subparsers(metavar="NAME")
    for name, module in RECIPES.items():
        one = names.add_parser(
            name,
            help=module.TITLE,
            description=module.__doc__,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        one.set_defaults(command=run_recipe, recipe=name)
        script = program(name)
        add_options(one, script.table)
        if script.short:
            shorter = ", ".join(f"{key} {value}" for key, value in script.short.items())
            one.add_argument("--short", action="store_true", help=f"a shorter version: {shorter}")
        if any(setting.name == "images" for setting in script.table):
            one.add_argument("--data", metavar="FOLDER", help="where MNIST's four files are")


def list_recipes(options: argparse.Namespace) -> None:
    for name, module in RECIPES.items():
        about = (module.__doc__ or "").partition("\n")[0].partition(": ")[2]
        print(f"{name:<14}{about}\n{'':<14}{module.TITLE} ({module.SOURCE})")
    print("\nRun one with `pynn recipe NAME`; `pynn recipe NAME --help` tells all about it.")


def run_recipe(options: argparse.Namespace) -> None:
    name, module = options.recipe, RECIPES[options.recipe]
    script = program(name)
    shorter = script.short if getattr(options, "short", False) else {}
    settings = checked(script.table, shorter | chosen(options, script.table))
    data = getattr(options, "data", None)
    if data is not None:
        folder_at("--data", data)
    began = time.perf_counter()
    print(f"{module.TITLE} ({module.SOURCE})")
    for key, (original, value) in script.changed(settings).items():
        print(f"Not as published: {key} {value} instead of {original}.")
    with Stage(Terminal()):  # a new one has not printed its head yet
        perform(name, settings, data)
    print(f"seed {settings['seed']}, {time.perf_counter() - began:.1f} s")
