"""The command line: `pynn recipe`, `pynn run`, `pynn digits`, `pynn planar`, `pynn info`.

Options are made from the tables of settings that the page's controls are made from,
and are checked by them. What cannot be used gets one sentence and exit code 2.
"""

import argparse
import io
import os
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import TextIO

from pynn import __version__
from pynn.files import load_network, save
from pynn.live.digits import DigitsExperiment
from pynn.live.experiment import Experiment
from pynn.live.folder import MNISTFolder
from pynn.live.planar import PlanarExperiment
from pynn.live.planar_task import ASIDE
from pynn.options import Parser, add_options, chosen
from pynn.paths import as_path
from pynn.recipes import RECIPES, perform
from pynn.recipes.programs import program
from pynn.settings import Integer, SettingsError, check
from pynn.show.bars import Bar
from pynn.show.command import add_run
from pynn.steps import Diverged

EPOCHS = Integer("epochs", 200, 1, 100_000)
# Of the playground's settings, those that have a part in what is learned.
LEARNED = [row for row in PlanarExperiment.table if row.name not in ASIDE] + [EPOCHS]
# The folder says which images are learned.
DIGITS = [row for row in DigitsExperiment.table if row.name != "dataset"]
SLICE = 250.0  # milliseconds of training between two looks at how it goes
REASONS = {
    "loss_not_finite": "the loss is no longer a finite number; try a smaller learning rate",
    "weights_not_finite": "a weight is no longer a finite number; try a smaller learning rate",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns the exit code.

    In silence where the standard streams are missing or closed, as in a program with windows.
    """
    with ExitStack() as streams:
        if missing(sys.stdout):
            streams.enter_context(redirect_stdout(io.StringIO()))
        if missing(sys.stderr):
            streams.enter_context(redirect_stderr(io.StringIO()))
        return run(arguments)


def missing(stream: TextIO | None) -> bool:
    return stream is None or getattr(stream, "closed", False)


def run(arguments: Sequence[str] | None) -> int:
    if isinstance(sys.stdout, io.TextIOWrapper):
        # The posts' titles are Chinese; a terminal that cannot show them gets question marks.
        sys.stdout.reconfigure(errors="replace")
    options = make_parser().parse_args(arguments)
    try:
        options.command(options)
    except BrokenPipeError:
        # Whoever read our output has had enough; Python must not try to flush the rest.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        return refuse(f"{error.filename}: {error.strerror}" if error.filename else str(error))
    except (ValueError, Diverged) as error:
        return refuse(str(error))
    except KeyboardInterrupt:
        return 130
    return 0


def refuse(sentence: str) -> int:
    print(f"pynn: {sentence}", file=sys.stderr)
    return 2


def make_parser() -> Parser:
    parser = Parser(prog="pynn", description="A small neural-network package in pure NumPy.")
    parser.add_argument("--version", action="version", version=f"pynn {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    recipe = commands.add_parser(
        "recipe", help="run a published program; without a name, list them"
    )
    recipe.set_defaults(command=list_recipes)
    names = recipe.add_subparsers(metavar="NAME")
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

    add_run(commands)

    digits = commands.add_parser("digits", help="learn MNIST's digits, as on the page")
    digits.set_defaults(command=train_digits)
    digits.add_argument("data", metavar="FOLDER", help="where MNIST's or Fashion-MNIST's files are")
    add_options(digits, DIGITS)

    planar = commands.add_parser("planar", help="learn points in the plane, as on the page")
    planar.set_defaults(command=train_planar)
    add_options(planar, LEARNED)
    for trained in (digits, planar):
        trained.add_argument("--save", metavar="FILE", help="write the trained model there")

    info = commands.add_parser("info", help="what is in a model file")
    info.set_defaults(command=tell_model)
    info.add_argument("model", metavar="MODEL", help="a file that pynn saved")
    return parser


def list_recipes(options: argparse.Namespace) -> None:
    for name, module in RECIPES.items():
        about = (module.__doc__ or "").partition("\n")[0].partition(": ")[2]
        print(f"{name:<14}{about}\n{'':<14}{module.TITLE} ({module.SOURCE})")
    print("\nRun one with `pynn recipe NAME`; `pynn recipe NAME --help` tells all about it.")


def run_recipe(options: argparse.Namespace) -> None:
    name, module = options.recipe, RECIPES[options.recipe]
    script = program(name)
    shorter = script.short if getattr(options, "short", False) else {}
    settings = check(script.table, shorter | chosen(options, script.table))
    began = time.perf_counter()
    print(f"{module.TITLE} ({module.SOURCE})")
    for key, (original, value) in script.changed(settings).items():
        print(f"Not as published: {key} {value} instead of {original}.")
    perform(name, settings, getattr(options, "data", None))
    print(f"seed {settings['seed']}, {time.perf_counter() - began:.1f} s")


def train_digits(options: argparse.Namespace) -> None:
    settings = check(DigitsExperiment.table, chosen(options, DIGITS))
    where = place_to_save(options.save)
    experiment = DigitsExperiment(settings, MNISTFolder(options.data))
    with training(experiment, where) as bar:
        while experiment.status not in ("finished", "diverged"):
            frame = experiment.advance(SLICE, weights=False, confusion=False)
            bar.draw(min(1.0, frame.head["epoch"] / frame.head["epochs"]))
            for epoch, accuracy, *_ in frame.array("tests"):
                bar.clear()
                print(f"epoch {epoch:.4g}: {accuracy:.2%} of the test images right", flush=True)
    finish(experiment, where)


def train_planar(options: argparse.Namespace) -> None:
    settings = check([*PlanarExperiment.table, EPOCHS], chosen(options, LEARNED))
    where, epochs = place_to_save(options.save), settings.pop("epochs")
    experiment = PlanarExperiment(settings, MNISTFolder("."))
    with training(experiment, where) as bar:
        while experiment.status != "diverged" and experiment.epoch < epochs:
            experiment.advance(SLICE, epochs - experiment.epoch)
            bar.draw(experiment.epoch / epochs)
    losses = f"train loss {experiment.train_loss:.6g}, test loss {experiment.test_loss:.6g}"
    share = experiment.accuracy
    told = f"{share:.2%} of the test points right" if experiment.classes else f"R^2 {share:.4f}"
    print(f"epoch {experiment.epoch}: {losses}, {told}")
    finish(experiment, where)


@contextmanager
def training(experiment: DigitsExperiment | PlanarExperiment, where: Path | None) -> Iterator[Bar]:
    """A bar to draw on; when Ctrl-C comes, what was trained until then is saved."""
    bar = Bar()
    try:
        yield bar
        bar.clear()
    except KeyboardInterrupt:
        bar.clear()
        print(f"interrupted after epoch {experiment.epoch}")
        finish(experiment, where)
        raise


def finish(experiment: Experiment, where: Path | None) -> None:
    """Saves what was trained. Raises Diverged where that makes no sense."""
    if experiment.reason is not None:
        raise Diverged(REASONS[experiment.reason])
    if where is not None:
        save(experiment.network, where)
        print(f"saved {where}")


def place_to_save(file: str | None) -> Path | None:
    """Where the model will be written; refused now rather than after the training."""
    if file is None:
        return None
    path = as_path("--save", file)
    if path.is_dir() or not path.parent.is_dir():
        raise SettingsError("save", f"--save: expected a file in a folder that exists, got {file}")
    return path


def tell_model(options: argparse.Namespace) -> None:
    network = load_network(options.model)
    print(f"{options.model}: inputs {' x '.join(map(str, network.input_shape))}, {network.dtype}")
    print(network.summary())
