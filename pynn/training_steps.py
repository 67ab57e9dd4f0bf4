"""A training under way: the epochs, one mini-batch after another."""

import math
from collections.abc import Iterator
from contextlib import closing

from pynn.batches import Batches
from pynn.limits import MOST, check_whole, shown
from pynn.lookahead import LookAhead
from pynn.losses import Loss
from pynn.mini_batch import no_warnings, update, wild_parameter
from pynn.network import Network
from pynn.optimizer import Optimizer
from pynn.state import State, StateError, generator_like, generator_state
from pynn.steps import Diverged, RunningLoss, Step


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
        clip_norm: float | None = None,
    ) -> None:
        self.clip_norm = clip_norm
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
        clip_norm = self.clip_norm
        epoch, steps, made = batches.epoch, batches.steps, []
        with self.network.lock, no_warnings(), closing(source.group(most)) as group:
            for x, t, weights in group:
                value = update(
                    source.network, x, t, self.loss, self.optimizer, self.noise, weights, clip_norm
                )
                made.append(Step(epoch, batches.taken, steps, len(x), value))
                if not math.isfinite(value):
                    break
                self.running.add(value, len(x))
        return self._sound(made)

    def _looking_ahead(self) -> LookAhead | None:
        if self._looked_for != (self.batches.size, self.batches.augment):
            self._look()
        suits = self.clip_norm is None and LookAhead.suits(self.network, self.optimizer)
        return self.ahead if suits else None

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
