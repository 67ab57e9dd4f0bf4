"""Learns a table, images or points in the plane, and saves the network.

{DATA}
The columns of a table are measured from their means in standard deviations, and so is the
target of a regression. These numbers, and the names of classes and columns, are kept in the
file that --save writes, where `pynn predict` and `pynn evaluate` find them. Cells of features
are numbers; a file without one is refused with its line and column.

{LAYERS}
--resume goes on with a file that --save wrote, to the same bits as without the break: with its
own options, all but --epochs, --save and DATA, if that has moved.
"""

import argparse
import time
from typing import Any

from pynn.commands import examples, layers
from pynn.commands.learning import Learning
from pynn.commands.train_words import ABOUT, FLAGS, OPTIONAL, TABLE
from pynn.commands.trainings import begun, resumed, sentence, tested
from pynn.options import add_options, option, place_to_save, print_json
from pynn.show.bars import Bar

EXAMPLE = """\
examples:
  pynn train iris.csv --epochs 30 --learning-rate 0.01 --validation-split 0.2 --save iris.npz
  pynn train houses.csv --task regression --target price --save houses.npz
  pynn train MNIST --layers conv:8:5,pool:2,dense:64 --epochs 3 --save digits.npz
  pynn train --resume digits.npz --epochs 5 --save digits.npz
"""


def _below(module: Any) -> str:
    """A module's docstring without the first line."""
    return str(module.__doc__).partition("\n\n")[2]


__doc__ = str(__doc__).format(DATA="DATA is one of\n\n" + _below(examples), LAYERS=layers.__doc__)


def add(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(command=run)
    parser.add_argument("data", metavar="DATA", nargs="?", help="what to learn from, see above")
    add_options(parser, TABLE, ABOUT)
    for setting in OPTIONAL:
        parser.add_argument(option(setting.name), metavar="X", help=ABOUT[setting.name])
    for name, about in FLAGS.items():
        parser.add_argument(option(name), action="store_true", default=None, help=about)
    parser.add_argument("--save", metavar="FILE", help="write network and training there")
    parser.add_argument("--resume", metavar="FILE", help="go on with what --save wrote")
    parser.add_argument("--json", action="store_true", help="print one JSON object, no lines")


def run(options: argparse.Namespace) -> None:
    where, start = place_to_save(options.save), time.perf_counter()
    learning = begun(options) if options.resume is None else resumed(options)
    epochs = learning.steps.epochs

    def told(epoch: int, measured: dict[str, float]) -> None:
        if not options.json:
            print(f"epoch {epoch}/{epochs}: {sentence(learning.about, measured)}", flush=True)

    bar = Bar(timed=True)
    try:
        learning.run(told, bar)
    finally:
        bar.clear()
    learning.bring_back()
    if where is not None:
        learning.save(where)
    found = {
        "epochs": learning.steps.epochs_done,
        "interrupted": learning.interrupted,
        "parameters": sum(a.size for a in learning.steps.network.parameters.values()),
        "history": learning.course.history,
        "test": {} if learning.interrupted else tested(learning),
        "seconds": round(time.perf_counter() - start, 3),
        "saved": None if where is None else str(where),
    }
    if options.json:
        print_json(found)
    else:
        report(learning, found)
    if learning.interrupted:
        raise KeyboardInterrupt


def report(learning: Learning, found: dict[str, Any]) -> None:
    if found["interrupted"]:
        print(f"interrupted after epoch {found['epochs']}")
    elif learning.is_over:
        patience, done = learning.words["patience"], found["epochs"]
        print(f"no better for {patience} epochs: ended after epoch {done}, the best network kept")
    if found["test"]:
        print(f"test: {sentence(learning.about, found['test'])}")
    if found["saved"]:
        print(f"saved {found['saved']}")
