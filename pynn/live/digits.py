"""A network learns MNIST's digits, is tested, and reads what a person draws meanwhile."""

import math
import time
from typing import Any, ClassVar

import numpy.typing as npt

from pynn.frame import Frame, make_frame
from pynn.limits import MOST
from pynn.live.digit_keeping import KeptDigits
from pynn.live.digit_networks import (
    AUGMENT,
    LOSS,
    TABLE,
    augmentation,
    augmented,
    from_file,
    from_settings,
    sizes,
    weight_images,
)
from pynn.live.digit_tests import Tests
from pynn.live.experiment import MILLISECONDS, deadline_in
from pynn.live.folder import FASHION, MNISTFolder
from pynn.live.history import LossCurve
from pynn.live.rates import RATE
from pynn.live.reading import READS, Reads, clothes_reader, reader
from pynn.live.test_pass import TestPass
from pynn.losses import get_loss
from pynn.network import Network
from pynn.reader import Reader
from pynn.settings import Bytes, Choice, Flag, Integer, Table
from pynn.settings.architecture import plan_of
from pynn.training import train

# Training examples between two test passes at least: one costs a third of an epoch of so many.
TEST_EVERY = 10_000
# What has a part in what is learned, and may change while it is.
EDITED = RATE | AUGMENT | {"batch_size"}
# Of the training images, so many are shown as augmentation changes them.
SHOWN = 8


def wanted(settings: dict[str, Any]) -> tuple[int, int, str]:
    """What the folder is to read: how many images, drawn with which seed, of which kind."""
    return int(settings["subset"]), settings["seed"], settings["dataset"]


class DigitsExperiment(Reads, KeptDigits):
    """Training and test passes in slices of time; see TABLE for what can be chosen."""

    table: ClassVar[Table] = TABLE
    actions: ClassVar = {
        "advance": (
            MILLISECONDS,
            Flag("weights", False),
            Flag("confusion", False),
            Integer("until", MOST, 0, MOST),
            Integer("batches", MOST, 1, MOST),
        ),
        **READS,
        "augmented": (Integer("seed", 0, 0, 2**32 - 1),),
        "more": (Integer("epochs", 5, 1, 1000),),
        "reset": (),
        "keep": (),
        "save": (Choice("format", "npz", ("npz", "safetensors")),),
        "load": (Bytes("model", 1 << 28),),
        "script": (),
    }
    live: ClassVar = EDITED | {"epochs", "patience"}
    edited: ClassVar = EDITED

    def __init__(self, settings: dict[str, Any], folder: MNISTFolder) -> None:
        self.settings = settings
        self.train_set, self.test_set = folder.read(*wanted(settings))
        self._start()

    @staticmethod
    def needs(settings: dict[str, Any], folder: MNISTFolder) -> list[str]:
        return folder.needs(*wanted(settings))

    def _start(self) -> None:
        self._take(from_settings(self.settings))
        self.loaded = False

    def _take(self, network: Network) -> None:
        """Everything from the beginning, with this network."""
        settings = self.settings
        self.network = network
        self.loss = get_loss(LOSS)
        self.steps = train(
            network,
            *self.train_set,
            loss=self.loss,
            optimizer=self._new_optimizer(),
            batch_size=settings["batch_size"],
            epochs=None,
            seed=settings["seed"],
            augment=augmentation(settings, network.input_shape),
        )
        self.goal: int = settings["epochs"]
        self.examples = 0
        self.last_loss: float | None = None
        self.speed = 0.0
        self.history = LossCurve(self.loss)
        self.tests = Tests(network, self.test_set, self.train_set)

    def opened(self) -> Frame:
        head = {
            "settings": dict(self.settings),
            "layers": sizes(self.network),
            "plan": [] if self.loaded else plan_of(self.settings["architecture"]),
            "examples": len(self.train_set[0]),
            "test_examples": len(self.test_set[0]),
            "loaded": self.loaded,
        }
        return self._frame(head, weights=True, confusion=True)

    def _take_effect(self, changed: frozenset[str] | set[str]) -> None:
        super()._take_effect(changed)
        if changed & AUGMENT:
            images = self.network.input_shape
            self.steps.batches.augment = augmentation(self.settings, images)
        if "epochs" in changed:
            # An epoch that has begun is brought to its end.
            self.goal = max(self.settings["epochs"], math.ceil(self._epochs_done()))
            if self.status == "finished" and self.epoch < self.goal:
                self.status = "ready"

    def advance(
        self,
        milliseconds: float,
        weights: bool,
        confusion: bool,
        until: int = MOST,
        batches: int = MOST,
    ) -> Frame:
        """Trains or tests for about that long; asks for arrays only where they are seen.

        It trains no further than to the end of epoch `until`, and on so many mini-batches.
        """
        deadline, last = deadline_in(milliseconds), self.step + batches
        if self.status == "ready":
            self.status = "training"
        while self.status in ("training", "testing"):
            if self.status == "training":
                if self.epoch >= until or self.step >= last:
                    break
                self._train_until(deadline, until, last - self.step)
            else:
                self._test_until(deadline)
            if time.perf_counter() >= deadline:
                break
        return self._frame({}, weights, confusion)

    def _train_until(self, deadline: float, until: int, batches: int) -> None:
        began, examples = time.perf_counter(), 0
        if self.epoch >= self.goal:
            self._end()
            return
        for step in self._train(deadline, batches):
            examples += step.examples
            self.examples += step.examples
            self.tests.untested += step.examples
            self.last_loss = self.steps.running.value
            self.history.note(step, self._epochs_done())
            if step.ends_epoch and not self._weights_are_finite():
                self._diverge("weights_not_finite")
                break
            due = self.tests.untested >= TEST_EVERY or self.epoch >= self.goal
            if step.ends_epoch and due:
                self._begin_test()
                break
            if step.ends_epoch and self.epoch >= until:
                break
        now = examples / max(time.perf_counter() - began, 1e-9)
        self.speed = now if not self.speed else 0.8 * self.speed + 0.2 * now

    def _tested(self) -> TestPass | None:
        return self.tests.last

    def _end(self) -> None:
        """The goal is reached: the weights as they are must have been tested."""
        if self.tests.untested:
            self._begin_test()
        else:
            self.status = "finished"

    def _begin_test(self) -> None:
        self.status = "testing"
        self.tests.begin()

    def _test_until(self, deadline: float) -> None:
        epoch = self._epochs_done()
        if self.tests.go_on(deadline, epoch):
            stops = self.tests.out_of_patience(self.settings["patience"], epoch)
            self.status = "finished" if stops or self.epoch >= self.goal else "training"

    def _answering(self) -> tuple[Reader, Network]:
        clothes = self.settings["dataset"] == FASHION
        return (clothes_reader() if clothes else reader()), self._now()

    def augmented(self, seed: int) -> Frame:
        """Some training images as they are, and each as it may be learned from."""
        return make_frame({}, augmented(self.settings, self.train_set[0][:SHOWN], seed))

    def more(self, epochs: int) -> Frame:
        """Goes on for so many epochs after the last."""
        self.goal = (self.epoch if self.status == "finished" else self.goal) + epochs
        self.tests.patient_from = self._epochs_done()
        if self.status == "finished":
            self.status = "ready"
        return self._frame({})

    def load(self, model: bytes) -> Frame:
        """Puts a saved network in this one's place and tests it. Raises ModelFileError."""
        network = from_file(model)
        self._take(network)
        self.loaded = True
        self.tests.begin()
        self._test_until(float("inf"))
        self.status = "ready"
        return self.opened()

    def _epochs_done(self) -> float:
        return self.examples / len(self.train_set[0])

    def _frame(self, head: dict[str, Any], weights: bool = False, confusion: bool = False) -> Frame:
        arrays: dict[str, npt.NDArray[Any]] = {
            "history": self.history.fresh(),
            "tests": self.tests.points.fresh(),
        }
        if weights:
            arrays["weight_images"] = weight_images(self.network)
        if confusion and self.tests.last is not None:
            arrays |= self.tests.last.pictures()
        return make_frame(
            {
                **head,
                "epoch": self._epochs_done(),
                "epochs": self.goal,
                "step": self.step,
                "loss": self.last_loss,
                **self.tests.head(),
                "speed": self.speed,
                "status": self.status,
                "reason": self.reason,
            },
            arrays,
        )
