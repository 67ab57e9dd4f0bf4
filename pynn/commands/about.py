"""What a trained network does not say itself: names of classes and columns, and its units.

`pynn train` keeps it in the file that it saves, with the state of the training. Files of
other formats have none of ours in them: `pynn export` writes it beside them, FILE.json, and
there it is found again.
"""

import json
import math
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

import numpy as np

from pynn.activations import Sigmoid, Softmax
from pynn.files import load
from pynn.limits import is_int, is_number
from pynn.losses import LOSSES
from pynn.matmul import Array
from pynn.model_header import ModelFileError
from pynn.network import Network
from pynn.state import State

CLASSES, NUMBERS = "classification", "regression"
DIGIT, CLOTHES, RESIZED = "digit", "clothes", "resized"
ABOUT = "command/about"


@dataclass
class About:
    """The columns of a table are measured against `means` in `deviations`; where these are
    empty, inputs are taken as they are. A regression's targets likewise.

    prepare  how a picture becomes an input: digit, clothes or resized
    shape    of images (height, width, channels), which the network may take as rows
    sha256   of the data, so that a training goes on with the same
    """

    task: str = CLASSES
    loss: str = "cross_entropy"
    classes: list[str] = field(default_factory=list)
    columns: list[str] = field(default_factory=list)
    target: str = ""
    means: list[float] = field(default_factory=list)
    deviations: list[float] = field(default_factory=list)
    target_means: list[float] = field(default_factory=list)
    target_deviations: list[float] = field(default_factory=list)
    prepare: str = RESIZED
    shape: list[int] = field(default_factory=list)
    sha256: str = ""

    @property
    def tells_classes(self) -> bool:
        return self.task == CLASSES

    def measured(self, x: Array) -> Array:
        """Inputs (n, …) as the network takes them; those of another shape it will refuse."""
        return _against(x, self.means, self.deviations)

    def measured_targets(self, y: Array) -> Array:
        """A regression's targets (n, k) likewise."""
        return _against(y, self.target_means, self.target_deviations)

    def in_units(self, outputs: Array) -> Array:
        """A regression's outputs (n, k) in the units of its data."""
        if not self.target_means:
            return outputs
        return outputs * self.target_deviations + self.target_means

    def error_in_units(self, error: float) -> float:
        """The mean absolute error, in the units of the data."""
        return error * float(np.mean(self.target_deviations)) if self.target_means else error

    def name(self, number: int) -> str:
        """Of a class."""
        return self.classes[number] if self.classes else str(number)

    def plain(self) -> dict[str, Any]:
        return {name: value for name, value in asdict(self).items() if value not in ("", [])}


def _against(x: Array, means: list[float], deviations: list[float]) -> Array:
    fits = bool(means) and x.shape[1:] == (len(means),)
    return (x - means) / deviations if fits else x


def spread(x: Array) -> tuple[list[float], list[float]]:
    """Means and standard deviations of the columns of (n, k); of what never changes, 1."""
    deviations = x.std(axis=0)
    same = deviations <= 1e-12 * np.abs(x).max(axis=0, initial=0.0)
    return x.mean(axis=0).tolist(), np.where(same, 1.0, deviations).tolist()


def opened(path: Path) -> tuple[Network, About, State | None]:
    """The network in a model file, what is known about it, and the state of its training.

    Raises as `load` does, and ModelFileError where what is about it does not fit.
    """
    kept = load(path)
    if isinstance(kept, State):
        plain = kept.plain.get(ABOUT)
        return kept.network, read_about(plain, kept.network, str(path)), kept
    beside = beside_of(path)
    plain = None
    if beside.is_file():
        try:
            plain = json.loads(beside.read_text("utf-8"))
        except ValueError:
            raise ModelFileError("damaged", f"{beside}: expected JSON, got another file") from None
        path = beside
    return kept, read_about(plain, kept, str(path)), None


def beside_of(path: Path) -> Path:
    """Where it stands beside a file of another format."""
    return path.with_name(path.name + ".json")


def read_about(plain: Any, network: Network, name: str) -> About:
    """What `About.plain` gave, checked; without it, what the network itself tells."""
    if plain is None:
        return guessed(network)
    kinds = {one.name: str if one.type is str else list for one in fields(About)}
    if not isinstance(plain, dict) or not all(
        isinstance(plain.get(key, kind()), kind) for key, kind in kinds.items()
    ):
        raise _wrong(name, "expected texts and lists by name")
    about = About(**{key: value for key, value in plain.items() if key in kinds})
    if about.task not in (CLASSES, NUMBERS) or about.loss not in LOSSES:
        got = f"{about.task[:40]} and {about.loss[:40]}"
        raise _wrong(name, f"expected a task and a loss, got {got}")
    lengths = {
        "means": int(np.prod(network.input_shape)),
        "columns": int(np.prod(network.input_shape)),
        "deviations": len(about.means),
        "classes": network.outputs,
        "target_means": network.outputs,
        "target_deviations": len(about.target_means),
    }
    for key, length in lengths.items():
        if not _fits(key, getattr(about, key), length):
            raise _wrong(name, f"expected {length} {key.replace('_', ' ')}")
    sides = about.shape if all(map(is_int, about.shape)) else [0]
    if sides and (len(sides) != 3 or math.prod(sides) != np.prod(network.input_shape)):
        raise _wrong(name, f"expected the shape of images of {network.input_shape}")
    return about


def _fits(key: str, values: list[Any], length: int) -> bool:
    """Whether these are as many texts, numbers or deviations, or none where none are needed."""
    if key in ("classes", "columns"):
        good = all(isinstance(value, str) for value in values)
    else:
        above = 0.0 if key.endswith("deviations") else -math.inf
        good = all(is_number(value) and above < value < math.inf for value in values)
    needed = key.endswith("deviations") or bool(values)
    return good and (not needed or len(values) == length)


def guessed(network: Network) -> About:
    """Of a network that nobody has said anything about."""
    last, pixels = network.last.activation, network.units.pixels
    digits = bool(pixels) and network.outputs == 10 and np.prod(network.input_shape) == 784
    prepare = DIGIT if digits else RESIZED
    if isinstance(last, Softmax):
        return About(prepare=prepare)
    if isinstance(last, Sigmoid):
        return About(loss="binary_cross_entropy", prepare=prepare)
    # The page's networks with one output end in tanh or sigmoid where they tell classes.
    task = CLASSES if last.name == "tanh" else NUMBERS
    return About(task=task, loss="squared_error", prepare=prepare)


def _wrong(name: str, what: str) -> ModelFileError:
    return ModelFileError("wrong_shape", f"{name}: what is about the model does not fit: {what}")
