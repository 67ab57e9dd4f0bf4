"""Learns points in the plane with the settings of the page; `pynn train` takes other data too."""

import argparse

from pynn.commands.as_page import SLICE, finish, training
from pynn.live.folder import MNISTFolder
from pynn.live.planar import PlanarExperiment
from pynn.live.planar_task import ASIDE
from pynn.options import add_options, checked, chosen, place_to_save
from pynn.settings import Integer

EXAMPLE = """\
example:
  pynn planar --dataset circle --epochs 30 --network-shape 8,4 --save circle.npz
"""
EPOCHS = Integer("epochs", 200, 1, 100_000)
# Of the playground's settings, those that have a part in what is learned.
LEARNED = [row for row in PlanarExperiment.table if row.name not in ASIDE] + [EPOCHS]


def add(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(command=train_planar)
    add_options(parser, LEARNED)
    parser.add_argument("--save", metavar="FILE", help="write the trained model there")


def train_planar(options: argparse.Namespace) -> None:
    settings = checked([*PlanarExperiment.table, EPOCHS], chosen(options, LEARNED))
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
