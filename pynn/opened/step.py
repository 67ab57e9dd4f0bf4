"""A step with one example: a copy of the network goes forward, back, and is updated."""

import copy
from typing import Any

import numpy as np
import numpy.typing as npt

from pynn.affine import Affine
from pynn.chance import stream
from pynn.layers import BatchNorm, Layer, Neurons
from pynn.limits import as_numbers
from pynn.losses import Loss, get_loss
from pynn.matmul import Array
from pynn.mini_batch import move, no_warnings, optimizer_of
from pynn.network import Network, check_network
from pynn.opened import ends, neurons, others
from pynn.opened.moment import Moment
from pynn.opened.source import Line, lines_of, lines_that_made
from pynn.optimizer import Optimizer
from pynn.targets import as_examples
from pynn.windows import convolution_gradients, convolve


class OpenedStep:
    """What one example does to the network, moment by moment.

    moments     in their order: forward, the loss, backward, the update
    input       the example, as the network takes it
    prediction  (outputs,) before the update
    loss        of the example, without penalties
    """

    def __init__(
        self,
        network: Network,
        loss: str | Loss,
        optimizer: Optimizer,
        x: npt.ArrayLike,
        y: npt.ArrayLike,
        seed: int = 0,
    ) -> None:
        """The words are `train_step`'s, for a single example.

        x     (inputs,) or as the network's inputs are shaped
        y     its class number or target row
        seed  of what layers draw by chance

        The optimizer goes on from where it is: from its velocity, say. Batch normalisation
        has no other examples to measure by: an image's pixels are its mini-batch, and of a row
        of numbers the running statistics are used. Raises ValueError.
        """
        check_network("OpenedStep", network)
        optimizer = optimizer_of("OpenedStep", optimizer, network)
        with network.lock:
            network, optimizer = copy.deepcopy((network, optimizer))
        self.network, self.optimizer = network, optimizer
        self._loss = network.arithmetic.loss(get_loss(loss))
        example, target = (
            as_numbers(f"OpenedStep: expected {name}", given)[np.newaxis]
            for name, given in (("x", x), ("y", y))
        )
        rows, targets = as_examples("OpenedStep", network, example, target, self._loss)
        self.moments: list[Moment] = []
        self._passes: list[dict[str, Any]] = []
        with no_warnings():
            x = network.scaled(rows)
            self.input = x[0]
            self._forward(x, stream("OpenedStep", seed, "learning"))
            self._measure(targets[0])
            self._backward()
            self._update()

    def _add(
        self, phase: str, at: int, letter: str, values: Array, explain: neurons.Explain,
        lines: tuple[Line, ...], name: str | None = None,
    ) -> None:  # fmt: skip
        own = self.network.layer_names[at] if at >= 0 else "loss"
        self.moments.append(Moment(phase, at, name or own, letter, values, lines, explain))

    def _forward(self, x: Array, noise: np.random.Generator) -> None:
        for layer in self.network.layers:
            known: dict[str, Any] = {"x": x[0].copy()}
            if isinstance(layer, Neurons):
                known["z"] = layer.linear(x)[0].copy()
            a = layer.forward_training(x, noise)
            known["a"] = a[0].copy()
            self._passes.append(known)
            x = a

    def _measure(self, target: Array) -> None:
        last = self._passes[-1]
        z = last["z"][np.newaxis].copy()
        dz = np.empty_like(z)
        self.loss = self._loss.value(z, target[np.newaxis], self.network.last.activation, dz)
        self.prediction, self.target = last["a"], target
        last["dz"], last["da"] = dz[0].copy(), None

    def _backward(self) -> None:
        da: Array | None = None
        for at in reversed(range(len(self._passes))):
            layer, known = self.network.layers[at], self._passes[at]
            if isinstance(layer, Neurons):
                if da is None:
                    dz = known["dz"][np.newaxis].copy()
                else:
                    known["da"] = da[0].copy()
                    dz = layer.activation_backward(da)
                    known["dz"] = dz[0].copy()
                da = layer.linear_backward(dz, need_dx=at > 0)
            else:
                assert da is not None
                known["da"] = da[0].copy()
                da = layer.backward(da, need_dx=at > 0)
            known["dx"] = None if da is None else da[0].copy()
            known["params"] = {name: array.copy() for name, array in layer.params.items()}
            known["grads"] = {name: array.copy() for name, array in layer.grads.items()}

    def _update(self) -> None:
        """The update, and then all moments, each with what is known of it."""
        kept, rate = self.optimizer.state().arrays, self.optimizer.rate()
        move(self.network, self.optimizer)
        kept_after = self.optimizer.state().arrays
        for at, layer in enumerate(self.network.layers):
            self._forward_moments(at, layer)
        lines = lines_of(type(self._loss)._plain) if hasattr(self._loss, "_plain") else ()
        lines = lines or lines_of(type(self._loss).total)
        value = np.array([self.loss])
        explain = ends.explain_loss(self._loss, self.prediction, self.target, self.loss)
        self._add("loss", -1, "L", value, explain, lines)
        for at in reversed(range(len(self.network.layers))):
            self._backward_moments(at, self.network.layers[at])
        kind = type(self.optimizer)
        move_lines = lines_that_made("W", kind.__name__, kind._move)
        for at, layer in enumerate(self.network.layers):
            for name, array in layer.params.items():
                full = f"{self.network.layer_names[at]}.{name}"
                slots = {
                    key.removeprefix(f"{full}/"): (kept.get(key, np.zeros_like(array)), after)
                    for key, after in kept_after.items()
                    if key.startswith(f"{full}/")
                }
                before, gradient = (self._passes[at][kind][name] for kind in ("params", "grads"))
                explain = ends.explain_update(
                    self.optimizer, rate, before, gradient, array.copy(), slots
                )
                self._add("update", at, "W", array.copy(), explain, move_lines, full)

    def _pass(self, at: int, layer: Neurons) -> neurons.Pass:
        known = self._passes[at]
        params, grads = known["params"], known["grads"]
        return neurons.Pass(
            layer, known["x"], known["z"], known["a"], params["weights"], params.get("bias"),
            known["dz"], known["da"], known["dx"], grads["weights"], grads.get("bias"),
        )  # fmt: skip

    def _forward_moments(self, at: int, layer: Layer) -> None:
        known = self._passes[at]
        if not isinstance(layer, Neurons):
            explain = others.explain_forward(layer, known)
            made_by = type(layer).forward_training
            if made_by is Layer.forward_training:
                made_by = type(layer).forward  # type: ignore[assignment]
            lines = lines_that_made("a", type(layer).__name__, made_by)
            self._add("forward", at, "a", known["a"], explain, lines)
            return
        p = self._pass(at, layer)
        by = (convolve, ("matmul(",)) if p.convolves else (Affine.affine, ("self.matmul", "out +="))
        self._add("forward", at, "z", p.z, neurons.explain_z(p), lines_of(by[0], *by[1]))
        formula = type(layer.activation).forward
        if layer.activation.name == "softmax":
            for letter, values, explain in ends.softmax_steps(p.z, p.a):
                lines = lines_that_made(letter, "softmax", formula)
                self._add("forward", at, letter, values, explain, lines)
        elif layer.activation.name != "linear":
            lines = lines_of(formula, *STARTS)
            self._add("forward", at, "a", p.a, neurons.explain_a(p), lines)

    def _backward_moments(self, at: int, layer: Layer) -> None:
        if not isinstance(layer, Neurons):
            self._backward_of_others(at, layer)
            return
        p = self._pass(at, layer)
        if p.da is None:
            explain = ends.explain_error(self._loss, p.a, self.target, p.dz)
            lines = lines_of(type(self._loss).total, "error", "activation.backward")
            if hasattr(self._loss, "_plain"):
                lines = lines_of(type(self._loss)._plain, "gradient -=")
            self._add("backward", at, "dz", p.dz, explain, lines)
        elif layer.activation.name != "linear":
            lines = lines_of(type(layer.activation).backward, *STARTS)
            self._add("backward", at, "dz", p.dz, neurons.explain_dz(p), lines)
        by = convolution_gradients if p.convolves else Affine.affine_gradients
        kind = "Conv2D" if p.convolves else "Dense"
        lines = lines_that_made("dW", kind, by)
        self._add("backward", at, "dW", p.d_weights, neurons.explain_d_weights(p), lines)
        if p.d_bias is not None:
            lines = lines_that_made("db", kind, by)
            self._add("backward", at, "db", p.d_bias, neurons.explain_d_bias(p), lines)
        if p.dx is not None:
            lines = lines_that_made("dx", kind, by)
            self._add("backward", at, "dx", p.dx, neurons.explain_dx(p), lines)

    def _backward_of_others(self, at: int, layer: Layer) -> None:
        known = self._passes[at]
        kind, made_by = type(layer).__name__, type(layer).backward
        for name, values in known["grads"].items():
            letter = {"scale": "dγ", "shift": "dβ"}.get(name, f"d{name}")
            if isinstance(layer, BatchNorm):
                explain = others.explain_norm_gradient(name, layer, known["da"], values)
                lines = lines_that_made(letter, kind, made_by)
                self._add("backward", at, letter, values, explain, lines)
        if known["dx"] is not None:
            explain = others.explain_backward(layer, known)
            lines = lines_that_made("dx", kind, made_by)
            self._add("backward", at, "dx", known["dx"], explain, lines)


# The lines of an activation that do it without the kernel.
STARTS = ("np.", "out ", "slope", "along", "one,")
