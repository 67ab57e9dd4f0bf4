"""What a network answers: the class and its probability, or numbers.

FILE is a picture, an array (.npy, or x in .npz), a table (.csv) or a folder of these. A
picture of a digit or of clothes is prepared as on the page, dark on light or light on dark;
any other is scaled to the size that the network takes. Of a table the columns are found that
the network has learned from.
"""

import argparse
from typing import Any

import numpy as np

from pynn.classes import class_numbers, cut_between
from pynn.commands.about import About, opened
from pynn.commands.pictures import inputs_in
from pynn.matmul import Array
from pynn.network import Network
from pynn.options import print_json
from pynn.paths import as_path

EXAMPLE = """\
examples:
  pynn predict iris.npz flowers.csv
  pynn predict digits.npz seven.pgm pictures --json
"""


def add(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(command=run)
    parser.add_argument("model", metavar="MODEL", help="a file that `pynn train` or pynn saved")
    parser.add_argument("files", metavar="FILE", nargs="+", help="what to answer, see above")
    parser.add_argument(
        "--probabilities", action="store_true", help="print those of all classes, not of one"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(options: argparse.Namespace) -> None:
    network, about, _ = opened(as_path("MODEL", options.model))
    found: list[dict[str, Any]] = []
    for names, x in inputs_in(network, about, options.files):
        answered = answers(network, about, network.predict(x))
        for name, answer in zip(names, answered, strict=True):
            if options.json:
                found.append({"name": name, **answer})
            else:
                print("\t".join([name, *_texts(answer, options.probabilities)]))
    if options.json:
        print_json({"model": options.model, "predictions": found})


def answers(network: Network, about: About, outputs: Array) -> list[dict[str, Any]]:
    """The class and all probabilities of each row, or its numbers. NaN is refused."""
    if not np.isfinite(outputs).all():
        raise ValueError("MODEL: expected outputs that are numbers, got NaN or infinity")
    if not about.tells_classes:
        return [{"numbers": row} for row in about.in_units(outputs).tolist()]
    last = network.last.activation
    chosen = class_numbers(outputs, cut_between(np.ones(1), last))
    shares = outputs.astype(np.float64)
    if network.outputs == 1:  # tanh goes from -1 to 1
        second = (shares + 1.0) / 2.0 if last.name == "tanh" else shares
        shares = np.hstack([1.0 - second, second])
    return [
        {
            "class": about.name(number),
            "probability": row[number],
            "probabilities": {about.name(at): share for at, share in enumerate(row)},
        }
        for number, row in zip(chosen.tolist(), shares.tolist(), strict=True)
    ]


def _texts(answer: dict[str, Any], all_of_them: bool) -> list[str]:
    if "numbers" in answer:
        return [f"{number:.6g}" for number in answer["numbers"]]
    if all_of_them:
        named = answer["probabilities"].items()
        return [answer["class"], *(f"{name} {share:.4f}" for name, share in named)]
    return [answer["class"], f"{answer['probability']:.4f}"]
