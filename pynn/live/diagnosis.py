"""What holds a training up, told by the numbers that show it, and one change that helps.

The limits are tried: see tests/unit/test_live_diagnosis.py for runs that are made to have each of
these and for healthy ones.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from pynn.live.planar_task import activations
from pynn.matmul import Array
from pynn.network import Network

# A training that has hardly begun has no history to read.
LEAST_STEPS, LEAST_EPOCHS = 300, 30
# How long a loss must have stood still before that means something.
STILL_STEPS, STILL_EPOCHS = 2000, 300
# What counts as learned, or well on the way, and needs no advice about how to learn.
LEARNED, ON_THE_WAY = 0.97, 0.9
# From this gap between right answers to training and to test examples on, it learns by heart.
GAP = 0.06
# A unit's answer so near to the end of its range moves no more.
ENDS = {"tanh": (-0.99, 0.99), "sigmoid": (0.01, 0.99)}


@dataclass(frozen=True)
class Diagnosis:
    """
    code    diverging, symmetric, linear, dead, saturated, overfitting, restless, slow or stuck
    values  the numbers that show it
    change  settings that help, the one to be named first
    """

    code: str
    values: Mapping[str, float] = field(default_factory=dict)
    change: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Case:
    """A run at one moment.

    rows      training inputs
    accuracy  on the training examples, 0 to 1
    tested    the same on the test examples
    curve     (n, …) epochs, training and test losses first, from the start to now
    """

    settings: Mapping[str, Any]
    network: Network
    rows: Array
    steps: int
    accuracy: float
    tested: float
    curve: Array
    diverged: bool


def diagnose(case: Case) -> Diagnosis | None:
    """The first that holds; None for a run that is well, or that has hardly begun."""
    if case.diverged:
        rate = case.settings["learning_rate"]
        return Diagnosis("diverging", {"rate": rate}, {"learning_rate": _tidy(rate / 10)})
    epochs = float(case.curve[-1, 0]) if len(case.curve) else 0.0
    if case.steps < LEAST_STEPS or epochs < LEAST_EPOCHS:
        return None
    if found := _overfitting(case):
        return found
    if case.accuracy >= LEARNED:
        return None
    for look in (_symmetric, _linear, _dead, _saturated, _restless, _stuck):
        if found := look(case):
            return found
    return None


def _hidden(case: Case) -> list[Array]:
    """What the units of each hidden layer say to the training rows, (rows, units)."""
    with case.network.lock, np.errstate(over="ignore", invalid="ignore"):
        case.network.forward(case.network.scaled(case.rows))
        return [layer.output.copy() for layer in case.network.neurons[:-1]]


def _recent(case: Case, column: int, share: float = 0.5) -> Array:
    """The last part of a curve."""
    losses: Array = case.curve[:, column]
    return losses[int(len(losses) * (1 - share)) :]


def _fall(losses: Array) -> float:
    """By what share of itself a curve has come down, its ends smoothed."""
    part = max(1, len(losses) // 5)
    before, now = float(losses[:part].mean()), float(losses[-part:].mean())
    return (before - now) / before if before > 0 else 0.0


def _symmetric(case: Case) -> Diagnosis | None:
    """Units of a layer that are all alike: the same gradient keeps them so for ever."""
    for place, layer in enumerate(case.network.neurons[:-1]):
        weights = layer.params["weights"]
        if weights.shape[1] > 1 and (weights == weights[:, :1]).all():
            change: dict[str, Any] = {"initializer": "auto"}
            if case.settings["gain"] == 0.0:
                change = {"gain": 1.0, **change}
            return Diagnosis("symmetric", {"units": weights.shape[1], "layer": place + 1}, change)
    return None


def _linear(case: Case) -> Diagnosis | None:
    """Straight lines only: no hidden layer, or none that bends."""
    bends = set(activations(case.settings)) - {"linear"}
    if bends or _fall(_recent(case, 1)) > 0.05:
        return None
    change: dict[str, Any] = {"network_shape": "4"}
    if case.settings["network_shape"]:
        change = {"activation": "tanh", "activations": ""}
    return Diagnosis("linear", {"accuracy": case.accuracy}, change)


def _dead(case: Case) -> Diagnosis | None:
    """ReLUs that answer zero to every example: no gradient passes through them."""
    for place, (kind, said) in enumerate(_kinds(case)):
        dead = int((said <= 0).all(axis=0).sum())
        if kind == "relu" and 2 * dead >= said.shape[1]:
            values = {"dead": dead, "units": said.shape[1], "layer": place + 1}
            return Diagnosis("dead", values, {"activation": "leaky_relu", "activations": ""})
    return None


def _saturated(case: Case) -> Diagnosis | None:
    """Units at the ends of their range, where the slope is next to nothing."""
    if case.accuracy >= ON_THE_WAY:
        return None
    rate, gain = case.settings["learning_rate"], case.settings["gain"]
    for place, (kind, said) in enumerate(_kinds(case)):
        if kind not in ENDS:
            continue
        low, high = ENDS[kind]
        share = float(((said < low) | (said > high)).mean())
        if share > 0.9:
            values = {"share": share, "layer": place + 1, "rate": rate}
            change = {"gain": 1.0} if gain > 2.0 else {"learning_rate": _tidy(rate / 10)}
            return Diagnosis("saturated", values, change)
    return None


def _kinds(case: Case) -> list[tuple[str, Array]]:
    """Each hidden layer's activation, and what its units say."""
    return list(zip(activations(case.settings), _hidden(case), strict=True))


def _overfitting(case: Case) -> Diagnosis | None:
    """The test loss has come up again while the training loss went on down."""
    if case.accuracy - case.tested < GAP:
        return None
    train, test = case.curve[:, 1], case.curve[:, 2]
    best = int(test.argmin())
    now = float(np.median(_recent(case, 2, 0.05)))
    rises = now > 1.3 * test[best] and now - test[best] > 0.05
    if not rises or len(test) - best < 20 or train[-1] > 0.9 * train[best]:
        return None
    values = {"best": float(test[best]), "epoch": float(case.curve[best, 0]), "now": now}
    l2 = case.settings["l2"]
    return Diagnosis("overfitting", values, {"l2": 0.003 if l2 == 0 else min(1.0, 3 * l2)})


def _restless(case: Case) -> Diagnosis | None:
    """A loss that jumps up and down: the steps are too long."""
    losses = _recent(case, 1, 0.3)
    jumps = np.abs(np.diff(losses))
    size = float(np.median(jumps) / losses.mean()) if len(jumps) else 0.0
    if size < 0.1 or _fall(losses) > 0.1:
        return None
    rate = case.settings["learning_rate"]
    return Diagnosis("restless", {"jump": size, "rate": rate}, {"learning_rate": _tidy(rate / 10)})


def _stuck(case: Case) -> Diagnosis | None:
    """A loss that is still high and hardly moves: too short steps, or too small a network."""
    losses = _recent(case, 1)
    fall, now = _fall(losses), float(losses[-1])
    if case.accuracy > ON_THE_WAY or now < 0.25:
        return None
    rate = case.settings["learning_rate"]
    steady = float((np.diff(losses) <= 0).mean()) if len(losses) > 1 else 0.0
    if fall < 0.1 and steady > 0.6 and rate <= 0.01:
        values = {"fall": fall, "rate": rate}
        return Diagnosis("slow", values, {"learning_rate": _tidy(rate * 10)})
    epochs = float(case.curve[-1, 0])
    if fall > 0.02 or case.steps < STILL_STEPS or epochs < STILL_EPOCHS:
        return None
    shape = [min(32, units + 4) for units in case.settings["network_shape"]] or [4]
    values = {"loss": now, "epochs": epochs - float(case.curve[-len(losses), 0])}
    return Diagnosis("stuck", values, {"network_shape": ",".join(map(str, shape))})


def _tidy(rate: float) -> float:
    """Two digits, within what the setting takes."""
    return float(f"{min(max(rate, 1e-5), 10.0):.2g}")
