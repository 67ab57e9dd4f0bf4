"""Is every backward pass right? Each part by itself, so that a wrong one is named.

Every layer, activation and loss is pushed a little, and what that does is held against the
gradient that it computes. A part is given inputs, weights and upstream gradients drawn from
a fixed seed, in float64; it runs twice, since a second pass must replace the gradients of the
first. Layers are tried without an activation and losses at the last layer's z, so a mistake in
one part shows in that part.
"""

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np

from pynn import layers as layer_kinds
from pynn.activations import ACTIVATIONS, Activation
from pynn.gradient_check import relative_error, slopes
from pynn.layers import LAYERS, Layer
from pynn.losses import LOSSES, Loss
from pynn.matmul import Array
from pynn.network import Network

RIGHT = 1e-6
H = 1e-5
ROWS = 4

# Layers with the shape of their inputs; those with weights also with penalties.
CASES: tuple[tuple[str, Callable[[], Layer], tuple[int, ...]], ...] = (
    ("", lambda: layer_kinds.Dense(3), (4,)),
    ("without bias", lambda: layer_kinds.Dense(3, bias=False), (4,)),
    ("with penalties", lambda: layer_kinds.Dense(3, l1=0.3, l2=0.7), (4,)),
    ("", lambda: layer_kinds.Conv2D(3, 3), (5, 6, 2)),
    ("with stride", lambda: layer_kinds.Conv2D(2, 3, stride=2), (7, 7, 2)),
    ("with padding", lambda: layer_kinds.Conv2D(2, 3, padding="same"), (4, 5, 1)),
    ("with penalties", lambda: layer_kinds.Conv2D(2, 2, l1=0.3, l2=0.7), (4, 4, 1)),
    ("", lambda: layer_kinds.MaxPool2D(2), (4, 4, 2)),
    ("", lambda: layer_kinds.AvgPool2D(2), (4, 4, 2)),
    ("", lambda: layer_kinds.Flatten(), (3, 2, 2)),
    ("", lambda: layer_kinds.Dropout(0.4), (6,)),
    ("", lambda: layer_kinds.BatchNorm(), (5,)),
    ("of images", lambda: layer_kinds.BatchNorm(), (3, 3, 2)),
)


@dataclass(frozen=True)
class Finding:
    """A gradient that is not what a small push says.

    part   the class, "Dense"
    case   how it was tried, "with penalties"; "" for the plain one
    what   of which numbers: "inputs", "weights", "z", …
    error  relative, 0 to 1; None where the part raised `raised` instead
    again  the first pass was right, and the second was not
    """

    part: str
    case: str
    file: str
    what: str
    error: float | None
    raised: str = ""
    again: bool = False


def check_package() -> tuple[list[Finding], int]:
    """Everything that is wrong, and how many gradients were looked at."""
    findings: list[Finding] = []
    looked = 0
    for part, case, check in _parts():
        try:
            for what, errors in check():
                looked += 1
                wrong = [error for error in errors if not error < RIGHT]
                if wrong:
                    again = errors[0] < RIGHT
                    findings.append(
                        Finding(part.__name__, case, _file(part), what, wrong[0], again=again)
                    )
        except Exception as error:
            told = f"{type(error).__name__}: {error}"
            findings.append(Finding(part.__name__, case, _file(part), "", None, told))
    if not findings:  # the parts are right: is their chain?
        looked += 1
        largest = _chain()
        if not largest < RIGHT:
            findings.append(Finding("Network", "", "network.py", "weights", largest))
    return list(dict.fromkeys(_placed(findings))), looked


def _placed(findings: list[Finding]) -> Iterator[Finding]:
    """What all of a kind have from one place is that place's mistake.

    Layers have their penalties from `Neurons`, losses their mean from `Loss`.
    """
    wrong = {finding.part for finding in findings if not finding.case}
    sums = {finding.part for finding in findings if finding.case == "as a sum"}
    losses = {loss.__name__ for loss in LOSSES.values()}
    plainly = {(finding.part, finding.what) for finding in findings if not finding.case}
    for finding in findings:
        if finding.case and (finding.part, finding.what) in plainly:
            continue  # said already
        if finding.case == "with penalties" and finding.part not in wrong:
            yield replace(finding, part="Neurons", file="layers/neurons.py", error=None)
        elif finding.part in losses and losses <= wrong and not losses & sums:
            yield replace(finding, part="Loss", file="losses.py")
        else:
            yield finding


Errors = Iterator[tuple[str, list[float]]]


def _parts() -> Iterator[tuple[type, str, Callable[[], Errors]]]:
    for activation in ACTIVATIONS.values():
        yield activation, "", partial(_activation, activation)
    for case, make, shape in CASES:
        yield type(make()), case, partial(_layer, make, shape)
    tried = {type(make()) for _, make, _ in CASES}
    for kind in LAYERS.values():
        if kind not in tried:  # one of the person's own
            yield kind, "", partial(_layer, kind, (5,))
    for loss in LOSSES.values():
        yield loss, "", partial(_loss, loss, "mean")
        yield loss, "as a sum", partial(_loss, loss, "sum")


def _file(part: type) -> str:
    return inspect.getmodule(part).__name__.removeprefix("pynn.").replace(".", "/") + ".py"  # type: ignore[union-attr]


def _draw(*shape: int, seed: int = 0) -> Array:
    """Numbers away from 0, where rectifiers have their corner, and no two the same."""
    rng = np.random.default_rng(seed)
    size = int(np.prod(shape))
    numbers = rng.permutation(np.linspace(0.2, 1.7, size)) * rng.choice([-1.0, 1.0], size)
    return numbers.reshape(shape)


def _measured(total: Callable[[], float], array: Array) -> Array:
    """The gradient of `total` with respect to the array, by pushing each number."""
    return slopes(total, array.reshape(-1), np.arange(array.size), H).reshape(array.shape)


def _layer(make: Callable[[], Layer], shape: tuple[int, ...]) -> Errors:
    layer = make()
    layer.build(shape, np.random.default_rng(1), np.float64)
    for k, parameter in enumerate(layer.params.values()):
        parameter[...] = _draw(*parameter.shape, seed=10 + k)
    x = _draw(ROWS, *shape, seed=2)
    upstream = _draw(ROWS, *layer.output_shape, seed=3)
    statistics = {name: array.copy() for name, array in layer.statistics.items()}

    def forward() -> Array:
        layer.statistics.update(statistics)
        return layer.forward_training(x.copy(), np.random.default_rng(4))

    def total() -> float:
        return float(np.vdot(forward(), upstream)) + layer.penalty()

    arrays = {"inputs": x, **layer.params}
    expected = {name: _measured(total, array) for name, array in arrays.items()}
    errors: dict[str, list[float]] = {name: [] for name in arrays}
    for _ in range(2):
        forward()
        dx = layer.backward(upstream.copy())
        for name in arrays:
            got = dx if name == "inputs" else layer.grads[name]
            errors[name].append(_error(got, expected[name]))
    yield from errors.items()


def _activation(make: Callable[[], Activation]) -> Errors:
    activation = make()
    z, upstream = _draw(ROWS, 5, seed=5), _draw(ROWS, 5, seed=6)

    def total() -> float:
        return float(np.vdot(activation.forward(z, out=np.empty_like(z)), upstream))

    expected = _measured(total, z)
    errors = []
    for _ in range(2):
        a = activation.forward(z, out=np.empty_like(z))
        told = z if activation.needs_z else a
        got = activation.backward(told, upstream.copy(), out=np.empty_like(z))
        errors.append(_error(got, expected))
    yield "z", errors


def _loss(make: Callable[[str], Loss], reduction: str) -> Errors:
    loss = make(reduction)
    output = loss.output() if loss.output is not None else ACTIVATIONS["linear"]()
    z = _draw(ROWS, 3, seed=7)
    targets = np.eye(3)[[0, 2, 1, 1]]

    def total() -> float:
        return loss.value(z, targets, output)

    expected = _measured(total, z)
    errors = []
    for _ in range(2):
        gradient = np.empty_like(z)
        loss.value(z, targets, output, gradient=gradient)
        errors.append(_error(gradient, expected))
    yield "z", errors


def _chain() -> float:
    """The largest error in a network of several layers."""
    words: dict[str, Any] = {"inputs": (6, 6, 1), "seed": 8, "dtype": "float64"}
    network = Network(
        [
            layer_kinds.Conv2D(2, 3, "tanh"),
            layer_kinds.Flatten(),
            layer_kinds.Dense(4, "sigmoid"),
            layer_kinds.Dense(3, "softmax"),
        ],
        **words,
    )
    loss, targets = LOSSES["cross_entropy"](), np.eye(3)
    x = network.as_input(_draw(3, 6, 6, 1, seed=9))

    def total() -> float:
        return loss.value(
            network.pre_activation_training(x, None), targets, network.last.activation
        )

    expected = {
        layer: {name: _measured(total, array) for name, array in layer.params.items()}
        for layer in network.layers
    }
    network.backpropagate(x, targets, loss)
    return max(
        _error(layer.grads[name], measured)
        for layer, named in expected.items()
        for name, measured in named.items()
    )


def _error(got: Array | None, expected: Array) -> float:
    """1 where nothing comes, or numbers of another shape, or none that are finite."""
    if got is None or got.shape != expected.shape or not np.isfinite(got).all():
        return 1.0
    return relative_error(np.asarray(got, float), expected)
