"""The options of `pynn train` as values, and what they are the words of."""

from typing import Any

from pynn.activations import ACTIVATIONS
from pynn.gradual import OneCycle, ReduceOnPlateau, WarmUp
from pynn.optimizer import Optimizer
from pynn.optimizers import OPTIMIZERS
from pynn.schedules import CosineDecay, Schedule, StepDecay
from pynn.settings import Choice, Integer, Real, Table, Text

SCHEDULES = ("constant", "step", "cosine", "warm-up", "one-cycle", "plateau")
HIDDEN = tuple(name for name in ACTIVATIONS if name != "softmax")

TABLE: Table = [
    Choice("task", "classification", ("classification", "regression")),
    Text("layers", "dense:64", 1000),
    Choice("activation", "relu", HIDDEN),
    Integer("epochs", 10, 1, 100_000),
    Integer("batch_size", 32, 1, 1_000_000),
    Choice("optimizer", "adam", tuple(OPTIMIZERS)),
    Choice("schedule", "constant", SCHEDULES),
    Real("l1", 0.0, 0.0, 10.0),
    Real("l2", 0.0, 0.0, 10.0),
    Real("dropout", 0.0, 0.0, 0.95),
    Integer("seed", 0, 0, 2**32 - 1),
    Choice("dtype", "float32", ("float32", "float64")),
    Choice("standardise", "tables", ("tables", "yes", "no")),
]
# None where they are not given: something is left out, or as usual. Their defaults do nothing.
OPTIONAL: Table = [
    Text("target", "", 200),
    Real("learning_rate", 0.001, 1e-8, 100.0),
    Real("validation_split", 0.2, 0.001, 0.999),
    Text("validation", "", 4096),
    Integer("patience", 5, 1, 100_000),
    Real("clip_norm", 1.0, 1e-6, 1e6),
]
FLAGS = {
    "augment": "shift, turn and scale images a little each time that they are learned from",
    "exact": "the same bits on every processor: dense layers and dropout only",
}
ABOUT = {
    "layers": "hidden layers, see above",
    "activation": "of layers that name none",
    "schedule": "of the learning rate: step is a tenth after each third of the epochs, cosine "
    "falls to 0, warm-up rises over a tenth of all updates, one-cycle rises and falls, plateau "
    "halves it after 3 epochs without a better loss",
    "dropout": "behind every dense layer",
    "l2": "l2/2 of the sum of all squared weights",
    "standardise": "columns measured from their mean in standard deviations",
    "seed": "of the first weights, the order and the split",
    "target": "the column that is learned, its name or number from 1; the last by default",
    "learning_rate": "the optimizer's usual by default",
    "validation_split": "this share is measured after each epoch and never learned from",
    "validation": "the same of other examples, DATA in a file of their own",
    "patience": "ends it after so many epochs without a better loss (of validation, if there is "
    "one) and keeps the best network",
    "clip_norm": "the gradient is never longer than this",
}


def optimizer_for(words: dict[str, Any], steps: int, validated: bool) -> Optimizer:
    """A new optimizer at the rate that the options say, of epochs of so many mini-batches."""
    optimizer = OPTIMIZERS[words["optimizer"]]()
    rate = words["learning_rate"] or optimizer.rate()  # its usual
    optimizer.learning_rate = _rate(words, rate, steps, validated)
    return optimizer


def _rate(words: dict[str, Any], rate: float, steps: int, validated: bool) -> float | Schedule:
    updates = steps * words["epochs"]
    match words["schedule"]:
        case "step":
            return StepDecay(rate, every=steps * max(1, -(-words["epochs"] // 3)))
        case "cosine":
            return CosineDecay(rate, updates)
        case "warm-up":
            return WarmUp(rate, max(1, updates // 10))
        case "one-cycle":
            return OneCycle(rate, max(2, updates))
        case "plateau":
            watch = "validation_loss" if validated else "loss"
            return ReduceOnPlateau(rate, watch, factor=0.5, patience=3)
    return rate
