"""Trainings drawn by chance, for tests that interrupt them: networks, optimizers, data, order."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from pynn import (
    SGD,
    Adam,
    AdamW,
    Augmentation,
    BatchNorm,
    Conv2D,
    CosineDecay,
    Dense,
    Dropout,
    Flatten,
    MaxPool2D,
    Network,
    RMSprop,
    StepDecay,
    train,
)
from pynn.optimizer import Optimizer
from pynn.training_steps import Training

Draw = np.random.Generator


class OneByOne(SGD):
    """Plain SGD that never looks ahead, which is for SGD itself."""


def wide(draw: Draw) -> Network:
    """A first layer wide enough to look ahead where the optimizer is plain SGD."""
    activation = str(draw.choice(["tanh", "relu", "sigmoid"]))
    return Network(
        [Dense(48, activation, bias=bool(draw.integers(2))), Dense(3, "softmax")],
        inputs=16, seed=4, dtype=str(draw.choice(["float32", "float64"])),
    )  # fmt: skip


def deep(draw: Draw) -> Network:
    hidden = [Dense(int(units), "tanh", l2=0.01) for units in draw.integers(1, 9, 3)]
    return Network([*hidden, Dense(3, "softmax")], inputs=16, seed=4)


def convolutional(draw: Draw) -> Network:
    layers = [Conv2D(3, 3, "relu", padding=str(draw.choice(["valid", "same"]))), MaxPool2D(2)]
    return Network([*layers, Flatten(), Dense(3, "softmax")], inputs=(6, 6, 1), seed=4)


def learning(draw: Draw) -> Network:
    """Layers that draw by chance and keep statistics while they learn."""
    layers = [Dense(48, "relu"), BatchNorm(float(draw.choice([0.5, 0.9]))), Dropout(0.3)]
    return Network([*layers, Dense(8, "tanh"), Dropout(), Dense(3, "softmax")], inputs=16, seed=4)


NETWORKS: dict[str, Callable[[Draw], Network]] = {
    "wide": wide,
    "deep": deep,
    "convolutional": convolutional,
    "learning": learning,
}
OPTIMIZERS: dict[str, Callable[[], Optimizer]] = {
    "sgd": lambda: SGD(0.1),
    "sgd-steps": lambda: SGD(StepDecay(0.2, every=7, factor=0.7)),
    "momentum": lambda: SGD(0.05, momentum=0.9),
    "nesterov": lambda: SGD(CosineDecay(0.05, updates=60), momentum=0.8, nesterov=True),
    "rmsprop": lambda: RMSprop(0.01),
    "adam": lambda: Adam(0.01),
    "adamw": lambda: AdamW(StepDecay(0.02, every=10)),
}
BIT_GENERATORS = (np.random.PCG64, np.random.MT19937, np.random.Philox, np.random.SFC64)


@dataclass
class Run:
    """One training, which `make` gives anew from its beginning."""

    make: Callable[..., Training]  # of a network of its own, or of the one given
    moment: int  # mini-batches before the interruption
    more: int  # and after it
    forward: str  # how it is asked for them: one at a time, or in portions

    def go(self, training: Training, steps: int, draw: Draw) -> list[float]:
        """So many mini-batches, in portions by chance; the losses that were told."""
        losses = []
        while steps > 0:
            count = 1 if self.forward == "next" else min(steps, int(draw.integers(1, 30)))
            step = next(training) if self.forward == "next" else training.advance(count)
            assert step is not None
            losses.append(step.loss)
            steps -= count
        return losses


def training_run(number: int) -> Run:
    """The run of this number."""
    draw = np.random.default_rng([9, number])
    network, optimizer = (str(draw.choice(list(table))) for table in (NETWORKS, OPTIMIZERS))
    if draw.random() < 0.2:
        network, optimizer = "wide", str(draw.choice(["sgd", "sgd-steps"]))
    shape = (36,) if network == "convolutional" else (16,)
    rows = int(draw.integers(5, 60))
    x: Any = draw.integers(0, 256, (rows, *shape)).astype(np.uint8)
    if draw.integers(2):
        x = draw.standard_normal((rows, *shape))
    y = draw.integers(0, 3, rows)
    words: dict[str, Any] = {
        "batch_size": int(draw.integers(1, 12)),
        "shuffle": bool(draw.random() < 0.8),
    }
    if network == "convolutional" and draw.integers(2):
        words["augment"] = Augmentation(shift=1)
    bits, start, layout = draw.choice(len(BIT_GENERATORS)), int(draw.integers(99)), draw.spawn(1)[0]
    layout_state = layout.bit_generator.state

    def make(given: Network | None = None) -> Training:
        layout.bit_generator.state = layout_state
        order = np.random.Generator(BIT_GENERATORS[bits](start))
        return train(
            given or NETWORKS[network](layout), x, y, loss="cross_entropy",
            optimizer=OPTIMIZERS[optimizer](), epochs=None,
            seed=order if start % 2 else start, **words,
        )  # fmt: skip

    forward = str(draw.choice(["next", "portions"]))
    return Run(make, int(draw.integers(0, 40)), int(draw.integers(1, 40)), forward)


def weights(training: Training) -> dict[str, bytes]:
    return {name: array.tobytes() for name, array in training.network.parameters.items()}
