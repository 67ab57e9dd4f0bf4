"""Training: an iterator that runs the epochs, one mini-batch after another.

`pynn.fit` stands on `train`, and so does everything else that trains: the page, the
command line and the recipes. Nobody else loops over batches.
"""

import math
from collections.abc import Iterator
from contextlib import closing

import numpy.typing as npt

from pynn.augmentation import Augmentation
from pynn.batches import Batches
from pynn.chance import Seed, stream
from pynn.limits import MOST, check_flag, check_whole, shown
from pynn.lookahead import LookAhead
from pynn.losses import Loss, get_loss
from pynn.mini_batch import check_optimizer, no_warnings, update, wild_parameter
from pynn.network import Network, check_network
from pynn.optimizer import Optimizer
from pynn.state import State, StateError, generator_like, generator_state
from pynn.steps import Diverged, RunningLoss, Step
from pynn.targets import as_examples


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
    augment: Augmentation | None = None,
) -> "Training":
    """Trains while it is iterated over, one mini-batch for each `Step`; `advance` does several.

    x          (n, inputs), see `Network`; uint8 stays uint8 until its batch comes
    y          class numbers, one-hot rows or real targets, as the loss asks
    batch_size examples in a mini-batch; the last of an epoch may be shorter
    epochs     how often all examples are seen; None goes on for ever
    seed       of the order, in which rows are shuffled anew before every epoch, and of
               what layers and augmentation draw
    shuffle    False takes the rows in the order they have
    augment    changes images a little each time that they are learned from

    To go on later, ask the same iterator for more, or train again with the same
    optimizer and one generator, rng = np.random.default_rng(0), as every seed: each
    call goes on where rng stands. The same number again gives the same order again.
    Order, augmentation and layers draw from rng in turn; of a number, the order has a
    stream of its own.

    Input is checked at once, not at the first step. Raises ValueError, and
    Diverged (with the weights as they then are) when a loss, or a weight after the
    very last update, is not finite.
    """
    check_network("train", network)
    loss = network.arithmetic.loss(get_loss(loss))
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
    if augment is not None:
        if not isinstance(augment, Augmentation):
            raise ValueError(f"train: expected augment as an Augmentation, got {shown(augment)}")
        augment.shape_of("train", network.input_shape)
    order, noise = stream("train", seed, "order"), stream("train", seed, "learning")
    order_or_none = order if shuffled else None
    batches = Batches(network, rows, targets, batch_size, order_or_none, augment, noise)
    return Training(network, batches, loss, optimizer, epochs)


class Training(Iterator[Step]):
    """A training under way: each time it is asked for the next step, it does one.

    `running` is the loss of the present epoch so far. `state` keeps where the training is,
    and `restore` goes on from there bit by bit, in this training or in one of the same
    network, loss, optimizer, rows and shuffle; `pynn.save` writes the state to a file.
    """

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
        self.epochs, self.noise = epochs, batches.noise
        self.diverged = False
        self.running = RunningLoss(loss)
        self._look()
        self._failure: Diverged | None = None

    def __next__(self) -> Step:
        if not (steps := self.group(1)):
            raise StopIteration
        return steps[0]

    def advance(self, steps: int) -> Step | None:
        """So many steps, or fewer where the epochs end, and returns the last."""
        steps, done = check_whole("advance", "steps", steps, least=0), None
        while made := self.group(steps):
            steps -= len(made)
            done = made[-1]
        return done

    def group(self, most: int = MOST) -> list[Step]:
        """The steps that are best done together, `most` at most; none where the epochs end.

        That is one, or several of an epoch where they are small and the optimizer is plain
        SGD (`LookAhead`), which is faster by far; the gradient of the first layer's weights
        is then left out. How a training is cut into groups changes no bit of it.
        """
        if self._failure is not None:
            failure, self._failure = self._failure, None
            raise failure
        if most < 1 or not self._left():
            return []
        source, batches = self._looking_ahead() or self.batches, self.batches
        epoch, steps, made = batches.epoch, batches.steps, []
        with self.network.lock, no_warnings(), closing(source.group(most)) as group:
            for x, t in group:
                value = update(source.network, x, t, self.loss, self.optimizer, self.noise)
                made.append(Step(epoch, batches.taken, steps, len(x), value))
                if not math.isfinite(value):
                    break
                self.running.add(value, len(x))
        return self._sound(made)

    def _looking_ahead(self) -> LookAhead | None:
        if self._looked_for != (self.batches.size, self.batches.augment):
            self._look()
        return self.ahead if LookAhead.suits(self.network, self.optimizer) else None

    def _look(self) -> None:
        self._looked_for = (self.batches.size, self.batches.augment)
        self.ahead = LookAhead.suiting(self.network, self.optimizer, self.batches)

    @property
    def epochs_done(self) -> int:
        """Epochs that are over."""
        return self.batches.epoch - (1 if self.batches.left else 0)

    def _left(self) -> int:
        """Mini-batches left of this epoch, or of the next, which then begins."""
        if self.diverged:
            return 0
        batches = self.batches
        if not batches.left and (self.epochs is None or batches.epoch < self.epochs):
            batches.begin_epoch()
            self.running = RunningLoss(self.loss)
        return batches.left

    def _sound(self, made: list[Step]) -> list[Step]:
        """The steps until the training diverged, if it has; then comes Diverged."""
        last = made[-1]
        if not math.isfinite(last.loss):
            what = f"the loss became {last.loss}"
        else:
            # What the very last update did, no later loss will show.
            ends = last.epoch == self.epochs and last.ends_epoch
            if not ends or (name := wild_parameter(self.network)) is None:
                return made
            what = f"{name} became NaN or infinite"
        self.diverged = True  # nothing comes after it
        failure = Diverged(
            f"train: {what} in epoch {last.epoch}, step {last.step}; try a smaller learning rate"
        )
        if len(made) == 1:
            raise failure
        self._failure = failure
        return made[:-1]

    def state(self) -> State:
        """Where the training is, as plain arrays and numbers; the data is not among them."""
        with self.network.lock:
            own = {
                "loss": self._loss_words(),
                "total": self.running.total,
                "examples": self.running.examples,
                "diverged": int(self.diverged),
                "noise": "order" if self._one_generator else generator_state(self.noise),
            }
            parts = {
                "network": self.network.state(),
                "optimizer": self.optimizer.state(),
                "batches": self.batches.state(),
                "training": State({}, own),
            }
            if self.ahead is not None:
                parts["ahead"] = self.ahead.state()
            return State.join(parts)

    def restore(self, state: State) -> None:
        """Goes on from where a training was when `state` was taken.

        Rates, batch size and whatever else may change while it runs are put back too.
        Raises StateError, with nothing changed, for the state of another training.
        """
        if not isinstance(state, State):
            raise StateError(f"restore: expected a State, got {shown(state)}")
        own = state.part("training")
        own.same("loss", self._loss_words())
        total, examples = own.number("total"), own.whole("examples", 0)
        diverged = own.whole("diverged", 0, 1) == 1
        if self._one_generator:
            own.same("noise", "order")
        else:
            noise = generator_like(self.noise, own, "noise")
        restoring = [
            self.network.restoring(state.part("network")),
            self.optimizer.restoring(state.part("optimizer"), self.network.parameters),
            self.batches.restoring(state.part("batches")),
        ]
        ahead = LookAhead.check(self.network, state.part("ahead"))
        with self.network.lock:
            for put_back in restoring:
                put_back()
            self.running = RunningLoss(self.loss)
            self.running.total, self.running.examples = total, examples
            self.diverged = diverged
            if not self._one_generator:
                self.noise.bit_generator.state = noise
            self._failure = None
            self._look()
            if self.ahead is not None:
                self.ahead.restore(ahead)

    @property
    def _one_generator(self) -> bool:
        """Whether order and noise are drawn in turn from the generator that was given."""
        return self.noise is self.batches.order

    def _loss_words(self) -> str:
        return f"{self.loss.name or type(self.loss).__name__} {self.loss.reduction}"
