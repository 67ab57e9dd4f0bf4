"""Training: an iterator that runs the epochs, one mini-batch after another.

`pynn.fit` stands on `train`, and so does everything else that trains: the page, the
command line and the recipes. Nobody else loops over batches.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pynn.augmentation import Augmentation
from pynn.batches import Batches
from pynn.chance import Seed, stream
from pynn.example_weights import ClassWeight, example_weights
from pynn.limits import check_above_0, check_flag, check_whole, shown
from pynn.losses import Loss, get_loss
from pynn.mini_batch import optimizer_of, wild_parameter
from pynn.network import Network, check_network
from pynn.optimizer import Optimizer
from pynn.targets import as_examples
from pynn.training_steps import Training


def train(
    network: Network,
    x: npt.ArrayLike,
    y: npt.ArrayLike,
    *,
    loss: str | Loss,
    optimizer: str | Optimizer,
    batch_size: int = 32,
    epochs: int | None = 1,
    seed: Seed = 0,
    shuffle: bool = True,
    augment: Augmentation | None = None,
    sample_weight: npt.ArrayLike | None = None,
    class_weight: ClassWeight | None = None,
    clip_norm: float | None = None,
) -> Training:
    """Trains while it is iterated over, one mini-batch for each `Step`; `advance` does several.

    x          (n, inputs), see `Network`; uint8 stays uint8 until its batch comes
    y          class numbers, one-hot rows or real targets, as the loss asks
    optimizer  SGD(0.1) say; or a name, "adam" say, for a new one with its usual rate
    batch_size examples in a mini-batch; the last of an epoch may be shorter
    epochs     how often all examples are seen; None goes on for ever
    seed       of the order, in which rows are shuffled anew before every epoch, and of
               what layers and augmentation draw
    shuffle    False takes the rows in the order they have
    augment    changes images a little each time that they are learned from
    sample_weight, class_weight
               how much an example counts, see `example_weights`; a weight of 2 moves the
               network as the same example twice in the mini-batch would, but for the mean
    clip_norm  the gradient of all parameters together is never longer than this

    To go on later, ask the same iterator for more, or train again with the same
    optimizer and one generator, rng = np.random.default_rng(0), as every seed: each
    call goes on where rng stands. The same number again gives the same order again.
    Order, augmentation and layers draw from rng in turn; of a number, the order has a
    stream of its own.

    Input is checked at once, not at the first step. Raises ValueError, and
    Diverged (with the weights as they then are) when a loss, or a weight after the
    very last update, is not finite.
    """
    plan = planned(network, loss, optimizer, batch_size, epochs, seed, shuffle, augment, clip_norm)
    rows, targets = as_examples("train", network, x, y, plan.loss)
    weights = example_weights("train", network, targets, plan.loss, sample_weight, class_weight)
    batches = Batches(
        network, rows, targets, plan.size, plan.order, plan.augment, plan.noise, weights
    )
    return Training(network, batches, plan.loss, plan.optimizer, plan.epochs, plan.clip_norm)


@dataclass(frozen=True)
class Plan:
    """The words of a training but for its data, checked."""

    loss: Loss
    optimizer: Optimizer
    size: int  # of a mini-batch
    epochs: int | None
    order: np.random.Generator | None
    noise: np.random.Generator
    augment: Augmentation | None
    clip_norm: float | None


def planned(
    network: Network,
    loss: str | Loss,
    optimizer: str | Optimizer,
    batch_size: int,
    epochs: int | None,
    seed: Seed,
    shuffle: bool,
    augment: Augmentation | None,
    clip_norm: float | None,
) -> Plan:
    """Raises ValueError; nothing has been changed."""
    check_network("train", network)
    loss = network.arithmetic.loss(get_loss(loss))
    optimizer = optimizer_of("train", optimizer, network)
    if (name := wild_parameter(network)) is not None:
        raise ValueError(
            f"train: expected a network of finite weights, got NaN or infinity in {name}; "
            f"make a new network"
        )
    batch_size = check_whole("train", "batch_size", batch_size)
    if epochs is not None:
        epochs = check_whole("train", "epochs", epochs, least=0)
    shuffled = check_flag("train", "shuffle", shuffle)
    if augment is not None:
        if not isinstance(augment, Augmentation):
            raise ValueError(f"train: expected augment as an Augmentation, got {shown(augment)}")
        augment.shape_of("train", network.input_shape)
    if clip_norm is not None:
        clip_norm = check_above_0("train", "clip_norm", clip_norm)
    order, noise = stream("train", seed, "order"), stream("train", seed, "learning")
    drawn = order if shuffled else None
    return Plan(loss, optimizer, batch_size, epochs, drawn, noise, augment, clip_norm)
