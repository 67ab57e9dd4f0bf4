"""A network with some of its units switched off, or noise on its weights; and how its layers do."""

import copy
from typing import Any, ClassVar

import numpy as np

from pynn.chance import stream
from pynn.frame import Frame, make_frame
from pynn.layers import Neurons
from pynn.live.digit_networks import LOSS
from pynn.losses import get_loss
from pynn.matmul import Array
from pynn.metrics import accuracy
from pynn.network import Network
from pynn.settings import Real, SettingsError, Text
from pynn.targets import as_examples

# Test images that tell how much is lost, and those whose gradients and activations are measured.
TESTED, MEASURED = 1000, 300
# What makes a sigmoid, which is never 0, as good as that.
NEVER = -30.0

Off = dict[str, list[int]]


class Breaks:
    """An experiment whose network can be broken: only its answers are then others."""

    breaking: ClassVar[dict[str, Any]] = {
        "break_network": (Text("off", "", 4000), Real("noise", 0.0, 0.0, 5.0)),
        "health": (),
    }

    network: Network
    step: int
    off: Off | None = None
    noise = 0.0
    # Of which network, after how many steps of it, and what became of it.
    _broken: tuple[Network, int, Network] | None = None

    def break_network(self, off: str, noise: float) -> Frame:
        """Units off from now on, "dense_1:3,5 conv2d_1:0", and noise on all weights.

        noise  its deviation, in deviations of each layer's weights; 0 and no units mend all

        `before` and `after` are the shares of 1,000 test images that are read; None without them.
        """
        self.off, self.noise, self._broken = units_of(off, self.network), noise, None
        tests = self._test_images()
        if tests is None:
            return make_frame({"before": None, "after": None})
        x, y = tests[0][:TESTED], tests[1][:TESTED]
        return make_frame(
            {"before": accuracy(self.network, x, y), "after": accuracy(self._now(), x, y)}
        )

    def _now(self) -> Network:
        """The network that answers: as it is, or as it is broken."""
        if not self.off and not self.noise:
            return self.network
        # It may have learned since.
        known = self._broken
        if known is None or known[0] is not self.network or known[1] != self.step:
            made = broken(self.network, self.off or {}, self.noise)
            known = self._broken = self.network, self.step, made
        return known[2]

    def health(self) -> Frame:
        """Of each layer of neurons: its name, units, which of them none of 300 test images excites,
        and the mean size of its weights' gradients; without test images only the first two.
        """
        tests = self._test_images()
        rows: list[dict[str, Any]] = [
            {"name": name, "units": layer.output_shape[-1]}
            for name, layer in neurons_of(self.network).items()
        ]
        if tests is not None:
            for row, told in zip(rows, measured(self.network, tests), strict=True):
                row |= told
        return make_frame({"layers": rows})

    def _test_images(self) -> tuple[Array, Array] | None:
        raise NotImplementedError


def neurons_of(network: Network) -> dict[str, Neurons]:
    """The layers of neurons by their names."""
    named = zip(network.layer_names, network.layers, strict=True)
    return {name: layer for name, layer in named if isinstance(layer, Neurons)}


def copied(network: Network) -> Network:
    """As it is between two steps, whoever trains it."""
    with network.lock:
        return copy.deepcopy(network)


def units_of(text: str, network: Network) -> Off:
    """What "dense_1:3,5 conv2d_1:0" says. Raises SettingsError."""
    sizes = {name: layer.output_shape[-1] for name, layer in neurons_of(network).items()}
    off: Off = {}
    for part in text.split():
        name, _, numbers = part.partition(":")
        units = [int(n) if n.isascii() and n.isdigit() else -1 for n in numbers.split(",")]
        if name not in sizes or not all(0 <= unit < sizes[name] for unit in units):
            raise SettingsError(
                "units_off",
                f"break_network: expected units of this network, got {part[:40]}",
                got=part[:40],
            )
        off[name] = units
    return off


def broken(network: Network, off: Off, noise: float) -> Network:
    """A copy with these units at 0, as far as there are such, and noise on its weights."""
    made, rng = copied(network), stream("broken", 0, "noise")
    for name, layer in neurons_of(made).items():
        weights, bias = layer.params["weights"], layer.params.get("bias")
        if noise:
            weights += (noise * weights.std() * rng.standard_normal(weights.shape)).astype(
                weights.dtype
            )
        # An answer that is off is never given.
        never = layer is made.last or layer.activation.name == "sigmoid"
        for unit in off.get(name, []):
            if unit >= weights.shape[-1]:
                continue
            weights[..., unit] = 0.0
            if bias is not None:
                bias[unit] = NEVER if never else 0.0
    return made


def measured(network: Network, tests: tuple[Array, Array]) -> list[dict[str, Any]]:
    """Of each layer of neurons, the silent units and the mean size of its weights' gradients."""
    made, loss = copied(network), get_loss(LOSS)
    rows, targets = as_examples("health", made, tests[0][:MEASURED], tests[1][:MEASURED], loss)
    told: list[dict[str, Any]] = []
    with np.errstate(over="ignore", invalid="ignore"):
        x = made.scaled(rows)
        silent = []
        for layer in made.layers:
            x = layer.forward(x)
            if isinstance(layer, Neurons):
                most = x.reshape(-1, x.shape[-1]).max(axis=0)
                silent.append(np.flatnonzero(~(most > 0.0)).tolist())
        made.backpropagate(made.scaled(rows), targets, loss, stream("health", 0, "learning"))
        for layer, units in zip(made.neurons, silent, strict=True):
            gradient = float(np.abs(layer.grads["weights"]).mean())
            told.append({"silent": units, "gradient": gradient if np.isfinite(gradient) else None})
    return told
