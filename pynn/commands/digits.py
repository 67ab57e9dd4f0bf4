"""Learns MNIST's digits with the settings of the page; `pynn train` takes other data too."""

import argparse

from pynn.commands.as_page import SLICE, finish, training
from pynn.live.digits import DigitsExperiment
from pynn.live.folder import MNISTFolder
from pynn.options import add_options, checked, chosen, folder_at, place_to_save

EXAMPLE = """\
example:
  pynn digits MNIST --subset 1000 --epochs 3 --architecture 784-32-10 --save digits.npz
"""
# The folder says which images are learned.
DIGITS = [row for row in DigitsExperiment.table if row.name != "dataset"]


def add(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(command=train_digits)
    parser.add_argument("data", metavar="FOLDER", help="where MNIST's or Fashion-MNIST's files are")
    add_options(parser, DIGITS)
    parser.add_argument("--save", metavar="FILE", help="write the trained model there")


def train_digits(options: argparse.Namespace) -> None:
    settings = checked(DigitsExperiment.table, chosen(options, DIGITS))
    where = place_to_save(options.save)
    experiment = DigitsExperiment(settings, MNISTFolder(folder_at("FOLDER", options.data)))
    with training(experiment, where) as bar:
        while experiment.status not in ("finished", "diverged"):
            frame = experiment.advance(SLICE, weights=False, confusion=False)
            bar.draw(min(1.0, frame.head["epoch"] / frame.head["epochs"]))
            for epoch, accuracy, *_ in frame.array("tests"):
                bar.clear()
                print(f"epoch {epoch:.4g}: {accuracy:.2%} of the test images right", flush=True)
    finish(experiment, where)
