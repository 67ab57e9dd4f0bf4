"""One step of a network that reads digits: with an image that was drawn, or one to train on."""

from typing import Any, ClassVar

from pynn.frame import Frame
from pynn.live.digit_networks import LOSS
from pynn.live.drawings import IMAGE, image_from
from pynn.live.opening import Opening
from pynn.matmul import Array
from pynn.network import Network
from pynn.opened import OpenedStep
from pynn.optimizer import Optimizer
from pynn.settings import Integer, SettingsError


class OpensDigits(Opening):
    opening: ClassVar[dict[str, Any]] = {
        **Opening.opening,
        "open_image": (IMAGE, Integer("truth", 0, 0, 9)),
    }

    network: Network
    optimizer: Optimizer
    train_set: tuple[Array, Array]

    def open_image(self, image: bytes, truth: int) -> Frame:
        """A step with an image of 784 float32, which is this digit."""
        return self._opened_digit(image_from(image), truth, {"place": None})

    def open_example(self, place: int) -> Frame:
        """A step with a training image; after the last they begin anew. Raises SettingsError."""
        examples = self._training_images()
        if examples is None:
            raise SettingsError("no_images", "open_example: expected training images, got none yet")
        images, labels = examples
        place %= len(images)
        return self._opened_digit(images[place] / 255.0, int(labels[place]), {"place": place})

    def _opened_digit(self, pixels: Array, truth: int, head: dict[str, Any]) -> Frame:
        step = OpenedStep(self.network, LOSS, self._opened_optimizer(), pixels.ravel(), truth)
        return self._opened_step(step, {**head, "truth": truth})

    def _opened_optimizer(self) -> Optimizer:
        """The one that goes on from here."""
        return self.optimizer

    def _training_images(self) -> tuple[Array, Array] | None:
        return self.train_set
