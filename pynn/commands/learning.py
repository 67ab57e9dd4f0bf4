"""A training that Ctrl-C ends between two steps, and that goes on another day, bit by bit."""

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

from pynn.commands.about import ABOUT, About
from pynn.early_stopping import Best, EarlyStopping
from pynn.files import write_at_once
from pynn.history import BestNetwork, Course
from pynn.limits import is_number
from pynn.matmul import Array
from pynn.model_format import to_bytes
from pynn.show.bars import Bar
from pynn.state import State, StateError
from pynn.training_steps import Training

COURSE, WORDS = "command/course", "command/words"
# The network as it learns on, where the file's own is a better one of before.
BEST, NOW, NETWORK = "best", "now", "network"
SUMS = ("off", "squares", "sums", "spread")

Told = Callable[[int, dict[str, float]], None]


class Learning:
    """The epochs of a training, and all that has to be kept so that they go on as if nothing
    had happened in between.

    patience  as in `EarlyStopping`; None goes on until the end
    about, words  what is kept beside the training's state
    """

    def __init__(
        self,
        steps: Training,
        held_out: tuple[Array, Array] | None,
        patience: int | None,
        about: About,
        words: dict[str, Any],
    ) -> None:
        self.steps, self.about, self.words = steps, about, words
        self.course = Course(steps, held_out)
        self.best: BestNetwork | None = None
        if patience is not None:
            watch = "loss" if held_out is None else "validation_loss"
            self.best = BestNetwork(steps.network, EarlyStopping(watch, patience))
        self.interrupted = self.is_over = False

    def run(self, told: Told, bar: Bar) -> None:
        """Until the epochs, patience or the person end it; `told` hears what an epoch came to."""
        steps, whole = self.steps, self.steps.epochs
        assert whole is not None
        with asked_to_end() as asked:
            while not (self.is_over or asked()) and (done := steps.group()):
                step = done[-1]
                if bar.due:
                    share = (step.epoch - 1 + step.step / step.steps) / whole
                    bar.draw(share, f"epoch {step.epoch}/{whole}  {self._so_far()}")
                if not step.ends_epoch:
                    continue
                measured = self.course.end_epoch()
                bar.clear()
                told(step.epoch, measured)
                self.is_over = self.best is not None and self.best.is_over(measured)
            self.interrupted = asked()

    def _so_far(self) -> str:
        accuracy = self.course.tally.measures.get("accuracy")
        more = "" if accuracy is None else f"  accuracy {accuracy:.2%}"
        return f"loss {self.steps.running.value:.4f}{more}"

    def bring_back(self) -> None:
        """The best network in the place of the last, where the training is over."""
        self.now = self.steps.network.state()
        if self.best is not None and not self.interrupted:
            self.best.bring_back()

    def save(self, path: Path) -> None:
        """A model file of the network, and of all that `restore` needs."""
        state = self.steps.state()
        parts = {}
        if self.best is not None and self.best.state is not None:
            parts[BEST] = self.best.state
            if not self.interrupted:
                parts[NOW] = self.now
        tally = self.course.tally
        course: dict[str, Any] = {
            "examples": tally.examples,
            "right": tally.right,
            **{name: getattr(tally, name).tolist() for name in SUMS},
        }
        if self.best is not None:
            course |= {"best": self.best.best.value, "waited": self.best.best.waited}
        plain = {ABOUT: self.about.plain(), WORDS: self.words, COURSE: course}
        whole = state | State.join(parts) | State({}, plain)
        write_at_once(path, to_bytes(self.steps.network, whole))

    def restore(self, state: State) -> None:
        """Goes on from what `save` wrote of a training of the same words. Raises StateError."""
        now = state.part(NOW)
        if now.plain:
            kept = State(
                {k: a for k, a in state.arrays.items() if not k.startswith(f"{NETWORK}/")},
                {k: v for k, v in state.plain.items() if not k.startswith(f"{NETWORK}/")},
            )
            state = kept | State.join({NETWORK: now})
        best = state.part(BEST)
        if best.plain:
            self.steps.network.restoring(best)  # checks it
        self.steps.restore(state)
        course, tally = state.plain.get(COURSE), self.course.tally
        try:
            assert isinstance(course, dict)
            tally.examples, tally.right = int(course["examples"]), int(course["right"])
            for name in SUMS:
                setattr(tally, name, getattr(tally, name) * 0.0 + course[name])
            if self.best is not None:
                value = course["best"]
                assert value is None or is_number(value)
                stopping = self.best.stopping
                self.best.best = Best(stopping.watch, stopping.least, value, int(course["waited"]))
                self.best.state = best if best.plain else None
        except (AssertionError, KeyError, TypeError, ValueError):
            raise StateError("--resume: expected the course of a training, got another") from None


@contextmanager
def asked_to_end() -> Iterator[Callable[[], bool]]:
    """Whether Ctrl-C has come: it is heard between two steps, and the second ends all at once."""
    heard: list[int] = []

    def hear(number: int, frame: FrameType | None) -> None:
        heard.append(number)
        if len(heard) > 1:
            raise KeyboardInterrupt

    if threading.current_thread() is not threading.main_thread():
        yield lambda: False
        return
    before = signal.signal(signal.SIGINT, hear)
    try:
        yield lambda: bool(heard)
    finally:
        signal.signal(signal.SIGINT, before)
