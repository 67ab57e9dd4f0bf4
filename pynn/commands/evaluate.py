"""What a network is worth on examples: loss and accuracy, or how far its numbers are off.

DATA is what `pynn train` takes; of sets with a part to test, that part. Of a table the columns
are found that the network has learned from, in their units.
"""

import argparse
import math
from dataclasses import asdict
from typing import Any

import numpy as np

from pynn.class_figures import ClassReport, class_report
from pynn.commands.about import About, opened
from pynn.commands.examples import Examples, examples
from pynn.commands.trainings import as_learned, sentence
from pynn.matmul import Array
from pynn.metrics import confusion_matrix, evaluate
from pynn.network import Network
from pynn.options import print_json
from pynn.paths import as_path

EXAMPLE = """\
examples:
  pynn evaluate iris.npz iris.csv --confusion
  pynn evaluate digits.npz MNIST --json
"""


def add(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(command=run)
    parser.add_argument("model", metavar="MODEL", help="a file that `pynn train` or pynn saved")
    parser.add_argument("data", metavar="DATA", help="the examples, see `pynn train --help`")
    parser.add_argument("--target", metavar="X", help="the column of what is right, as in train")
    parser.add_argument(
        "--confusion", action="store_true", help="count which class is taken for which"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(options: argparse.Namespace) -> None:
    network, about, _ = opened(as_path("MODEL", options.model))
    found = examples("DATA", options.data, "test", about.task, options.target, about)
    x, y = as_learned(about, found)
    if about.tells_classes and network.last.activation.name == "tanh" and network.outputs == 1:
        y = 2 * y - 1
    made = evaluate(network, x, y, loss=about.loss)
    told: dict[str, Any] = {"model": options.model, "examples": len(x), "loss": made.loss}
    if not about.tells_classes:
        # Of targets that are all 0 or 1 accuracy is told and no error.
        numbers = {name: value for name, value in asdict(made).items() if not math.isnan(value)}
        if "mean_absolute_error" in numbers:
            error = about.error_in_units(numbers["mean_absolute_error"])
            numbers["mean_absolute_error"] = error
        if options.json:
            print_json(told | numbers)
        else:
            print(f"{len(x)} examples: {sentence(About(), numbers)}")
        return
    report = class_report(network, x, y)
    names = names_of(network, about, found)
    counts = confusion_matrix(network, x, y)
    if options.json:
        print_json(told | plain(report, names, counts if options.confusion else None))
        return
    print(f"{len(x)} examples: loss {made.loss:.4f}, accuracy {report.accuracy:.2%}")
    print(table_of(report, names))
    if options.confusion:
        print("\nrows are the true classes, columns what is answered")
        print(
            columns(
                [
                    ["", *names],
                    *(
                        [name, *map(str, row)]
                        for name, row in zip(names, counts.tolist(), strict=True)
                    ),
                ]
            )
        )


def names_of(network: Network, about: About, found: Examples) -> list[str]:
    """Of the classes that the network tells, in their order."""
    count = max(network.outputs, 2)
    known = about.classes or found.classes
    return known if len(known) == count else [str(number) for number in range(count)]


def plain(report: ClassReport, names: list[str], counts: Array | None) -> dict[str, Any]:
    told: dict[str, Any] = {
        "accuracy": report.accuracy,
        "classes": [
            {"class": name, **asdict(one)} for name, one in zip(names, report.classes, strict=True)
        ],
        "average": asdict(report.average),
    }
    return told if counts is None else told | {"confusion": np.asarray(counts).tolist()}


def table_of(report: ClassReport, names: list[str]) -> str:
    rows = [["class", "precision", "recall", "F1", "examples"]]
    for name, one in zip([*names, "average"], [*report.classes, report.average], strict=True):
        shares = (one.precision, one.recall, one.f1)
        rows.append([name, *(f"{share:.4f}" for share in shares), str(one.examples)])
    return columns(rows)


def columns(rows: list[list[str]]) -> str:
    """Names to the left, numbers to the right, below one another."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(
            text.rjust(width) if at else text.ljust(width)
            for at, (text, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    )
