"""Training: one function does one mini-batch, one iterator runs the epochs.

`pynn.fit` stands on `train`, and so does everything else that trains: the page, the
command line and the recipes. Nobody else loops over batches.
"""

import math
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from pynn.batches import Batches
from pynn.chance import Seed, stream
from pynn.limits import check_flag, check_whole, shown
from pynn.lookahead import LookAhead
from pynn.losses import Loss, get_loss
from pynn.matmul import Array
from pynn.network import Network, check_network
from pynn.optimizer import Optimizer
from pynn.steps import Diverged, Step
from pynn.targets import as_examples


def train_step(
    network: Network, x: npt.ArrayLike, y: npt.ArrayLike, loss: str | Loss, optimizer: Optimizer
) -> float:
    """One mini-batch, all of x and y: one update, from the loss that is returned.

    The words are `train`'s, and so are the checks.
    """
    check_network("train_step", network)
    loss = get_loss(loss)
    check_optimizer("train_step", optimizer, network)
    rows, targets = as_examples("train_step", network, x, y, loss)
    network.units.learn(rows)
    with network.lock, _no_warnings():
        return _update(network, network.scaled(rows), targets, loss, optimizer)


def _update(network: Network, x: Array, targets: Array, loss: Loss, optimizer: Optimizer) -> float:
    value = network.backpropagate(x, targets, loss)
    optimizer.update(network.parameters, network.gradients)
    return value


def _no_warnings() -> np.errstate:
    """An overflow shows in the loss, and is reported from there in words."""
    return np.errstate(over="ignore", invalid="ignore", divide="ignore")


def train(
    network: Network,
    x: npt.ArrayLike,
    y: npt.ArrayLike,
    *,
    loss: str | Loss,
    optimizer: Optimizer,
    batch_size: int = 32,
    epochs: int | None = 1,
    seed: Seed = 0,
    shuffle: bool = True,
) -> "Training":
    """Trains while it is iterated over, one mini-batch for each `Step`.

    x          (n, inputs), see `Network`; uint8 stays uint8 until its batch comes
    y          class numbers, one-hot rows or real targets, as the loss asks
    batch_size examples in a mini-batch; the last of an epoch may be shorter
    epochs     how often all examples are seen; None goes on for ever
    seed       of the order: rows are shuffled anew before every epoch
    shuffle    False takes the rows in the order they have

    To go on later, ask the same iterator for more, or train again with the same
    optimizer and one generator, rng = np.random.default_rng(0), as every seed: each
    call goes on where rng stands. The same number again gives the same order again.

    Input is checked at once, not at the first step. Raises ValueError, and
    Diverged (with the weights as they then are) when a loss, or a weight after the
    very last update, is not finite.
    """
    check_network("train", network)
    loss = get_loss(loss)
    check_optimizer("train", optimizer, network)
    if (name := wild_parameter(network)) is not None:
        raise ValueError(
            f"train: expected a network of finite weights, got NaN or infinity in {name}; "
            f"make a new network"
        )
    rows, targets = as_examples("train", network, x, y, loss)
    batch_size = check_whole("train", "batch_size", batch_size)
    if epochs is not None:
        epochs = check_whole("train", "epochs", epochs, least=0)
    shuffled = check_flag("train", "shuffle", shuffle)
    order = stream("train", seed, "order")
    batches = Batches(network, rows, targets, batch_size, order if shuffled else None)
    return Training(network, batches, loss, optimizer, epochs)


def check_optimizer(who: str, optimizer: object, network: Network) -> None:
    """ValueError unless this is an optimizer, and not another network's."""
    if not isinstance(optimizer, Optimizer):
        raise ValueError(f"{who}: expected an optimizer, SGD(0.1) say, got {shown(optimizer)}")
    optimizer.check_owner(network.parameters)


def wild_parameter(network: Network) -> str | None:
    """The name of a parameter that is not finite, if there is one."""
    for name, array in network.parameters.items():
        if not np.isfinite(array).all():
            return name
    return None


class Training(Iterator[Step]):
    """A training under way: each time it is asked for the next step, it does one."""

    def __init__(
        self,
        network: Network,
        batches: Batches,
        loss: Loss,
        optimizer: Optimizer,
        epochs: int | None,
    ) -> None:
        self.network, self.batches = network, batches
        self.loss, self.optimizer = loss, optimizer
        self.epochs = epochs
        self.diverged = False
        together = LookAhead.batches_for(network, optimizer, batches.size)
        self.ahead = LookAhead(network, optimizer, batches.size, together) if together > 1 else None

    def __next__(self) -> Step:
        if not self._left():
            raise StopIteration
        x, t = self.batches.take()
        with self.network.lock, _no_warnings():
            value = _update(self.network, x, t, self.loss, self.optimizer)
        return self._step(self.batches.taken, len(x), value)

    def advance(self, steps: int) -> Step | None:
        """So many steps, or fewer where the epochs end, and returns the last.

        The weights are then those after as many `next`, but for rounding. Where the
        mini-batches are small and the optimizer is plain SGD this is faster by far,
        see `LookAhead`; the gradient of the first layer's weights is then left out.
        """
        steps, step = check_whole("advance", "steps", steps, least=0), None
        while steps > 0 and (left := self._left()):
            ahead = self.ahead if LookAhead.suits(self.optimizer) else None
            count = min(steps, left, ahead.together if ahead else 1)
            step = self._together(ahead, count) if ahead else next(self)
            steps -= count
        return step

    def _left(self) -> int:
        """Mini-batches left of this epoch, or of the next, which then begins."""
        if self.diverged:
            return 0
        batches = self.batches
        if not batches.left and (self.epochs is None or batches.epoch < self.epochs):
            batches.begin_epoch()
        return batches.left

    def _together(self, ahead: LookAhead, count: int) -> Step:
        first, size = self.batches.taken, self.batches.size
        x, t = self.batches.take(count)
        with self.network.lock, _no_warnings():
            ahead.look(x)
            try:
                for start in range(0, len(x), size):
                    rows = slice(start, start + size)
                    value = _update(ahead.network, x[rows], t[rows], self.loss, self.optimizer)
                    if not math.isfinite(value):
                        break
            finally:
                ahead.catch_up()
        return self._step(first + 1 + start // size, len(x) - start, value)

    def _step(self, number: int, examples: int, value: float) -> Step:
        epoch = self.batches.epoch
        if not math.isfinite(value):
            self.diverged = True  # nothing comes after it
            raise Diverged(
                f"train: the loss became {value} in epoch {epoch}, step {number}; "
                f"try a smaller learning rate"
            )
        # What the last update did, no later loss will show.
        ends = epoch == self.epochs and number == self.batches.steps
        if ends and (name := wild_parameter(self.network)) is not None:
            self.diverged = True
            raise Diverged(
                f"train: {name} became NaN or infinite in epoch {epoch}, step {number}; "
                f"try a smaller learning rate"
            )
        return Step(epoch, number, self.batches.steps, examples, value)
