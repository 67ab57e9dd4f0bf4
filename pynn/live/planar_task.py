"""What the playground's settings mean: its network, its learning rate.

`pynn.live.planar_script` writes the same as Python to take home.
"""

from collections.abc import Mapping
from typing import Any

from pynn.activations import hidden
from pynn.datasets import FEATURES, PLANAR
from pynn.datasets.features import PLAIN
from pynn.datasets.points import MOST_OWN
from pynn.exact.activations import EXACT_ACTIVATIONS
from pynn.initializers import FROM_PAPERS
from pynn.layers import Dense, Dropout, Layer
from pynn.live.lesson import LESSON, lesson_table
from pynn.live.planar_points import OWN, classes
from pynn.live.rates import RATE, SCHEDULES
from pynn.network import Network
from pynn.optimizers import OPTIMIZERS
from pynn.settings import Choice, Integer, Layers, Real, Subset, Table, Text, Words

MOST_POINTS = MOST_OWN
MOST_LAYERS, MOST_UNITS = 8, 32

HIDDEN = hidden(EXACT_ACTIVATIONS)

OWN_TABLE: Table = (
    Choice("dataset", "xor", (*PLANAR, OWN)),
    Text("points", "", 4 * MOST_OWN),
    Integer("count", 400, 10, MOST_POINTS),
    Real("train_share", 0.75, 0.1, 1.0),
    Real("balance", 1.0, 0.05, 20.0),
    Subset("features", ",".join(PLAIN), tuple(FEATURES)),
    Layers("network_shape", "8", 1, MOST_UNITS, most=MOST_LAYERS),
    Choice("activation", "tanh", HIDDEN),
    Words("activations", "", HIDDEN, most=MOST_LAYERS),
    Choice("optimizer", "adam", tuple(OPTIMIZERS)),
    Real("learning_rate", 0.03, 1e-5, 10.0),
    *SCHEDULES,
    Integer("batch_size", 16, 1, MOST_POINTS),
    Integer("seed", 1, 0, 2**32 - 1),
    Real("noise", 0.1, 0.0, 0.5),
    Choice("loss", "cross_entropy", ("cross_entropy", "squared_error")),
    Choice("initializer", "auto", ("auto", *FROM_PAPERS)),
    Real("gain", 1.0, 0.0, 100.0),
    Real("l1", 0.0, 0.0, 1.0),
    Real("l2", 0.0, 0.0, 1.0),
    Real("dropout", 0.0, 0.0, 0.9),
    Real("stop_at", 0.0, 0.0, 1e6),
    Text("guess", "", 4_000),
    Text("compare", "", 2_000),
    Real("challenge", 0.0, 0.0, 1e6),
    Text("edits", "", 40_000),
)

# What a teacher's link can hide and lock.
FIELDS = tuple(
    setting.name
    for setting in OWN_TABLE
    if setting.name not in {"guess", "compare", "challenge", "edits"}
)
TABLE: Table = (*OWN_TABLE, *lesson_table(FIELDS))

# What may change while it runs and has a part in what is learned …
EDITED = RATE | {"batch_size", "noise", "l1", "l2"}
# … and what has none.
ASIDE = frozenset({"stop_at", "guess", "compare", "challenge"}) | LESSON
# What says which points there are.
DATA = frozenset({"dataset", "points", "count", "train_share", "balance", "noise"})


def activations(settings: Mapping[str, Any]) -> list[str]:
    """Of each hidden layer: its own, or the one of all."""
    own, shape = settings["activations"], settings["network_shape"]
    return [own[i] if i < len(own) else settings["activation"] for i in range(len(shape))]


def output(settings: Mapping[str, Any]) -> tuple[int, str]:
    """Units and activation of the last layer."""
    count = classes(settings)
    if not count:
        return 1, "linear"
    return (1, "sigmoid") if count == 2 else (count, "softmax")


def loss(settings: Mapping[str, Any]) -> str:
    """As `pynn.losses` names it: a surface has the one that fits, two classes one output."""
    count = classes(settings)
    if not count:
        return "squared_error"
    two = settings["loss"] == "cross_entropy" and count == 2
    return "binary_cross_entropy" if two else str(settings["loss"])


def network(settings: Mapping[str, Any]) -> Network:
    """An exact one: a seed gives the same bits in every browser and to who runs the script."""
    words = {"l1": settings["l1"], "l2": settings["l2"]}
    if settings["initializer"] != "auto":
        words["weights"] = settings["initializer"]
    layers: list[Layer] = []
    for units, activation in zip(settings["network_shape"], activations(settings), strict=True):
        layers.append(Dense(units, activation, **words))
        if settings["dropout"]:
            layers.append(Dropout(settings["dropout"]))
    layers.append(Dense(*output(settings), **words))
    made = Network(layers, inputs=len(settings["features"]), seed=settings["seed"], exact=True)
    if settings["gain"] != 1.0:
        for layer in made.neurons:
            layer.params["weights"] *= settings["gain"]
    return made
