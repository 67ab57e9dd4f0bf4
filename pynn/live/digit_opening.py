"""One step of a network that reads digits: with an image that was drawn, or one to train on."""

from typing import Any, ClassVar

import numpy as np

from pynn.digits import SIDE
from pynn.live.digit_networks import LOSS
from pynn.live.frame import Frame
from pynn.live.opening import Opening
from pynn.matmul import Array
from pynn.network import Network
from pynn.optimizer import Optimizer
from pynn.settings import Bytes, Integer, SettingsError
from pynn.settings.kinds import check_size


class OpensDigits(Opening):
    opening: ClassVar[dict[str, Any]] = {
        **Opening.opening,
        "open_image": (Bytes("image", 4 * SIDE * SIDE), Integer("truth", 0, 0, 9)),
        "open_example": (Integer("place", 0, 0, 2**31 - 1),),
    }

    network: Network
    optimizer: Optimizer
    train_set: tuple[Array, Array]

    def open_image(self, image: bytes, truth: int) -> Frame:
        """A step with an image of 784 float32, which is this digit."""
        check_size("image", image, 4 * SIDE * SIDE)
        pixels = np.nan_to_num(np.frombuffer(image, "<f4")).clip(0.0, 1.0)
        return self._opened_digit(pixels, truth, {"place": None})

    def open_example(self, place: int) -> Frame:
        """A step with a training image; after the last they begin anew. Raises SettingsError."""
        examples = self._training_images()
        if examples is None:
            raise SettingsError("no_images", "open_example: expected training images, got none yet")
        images, labels = examples
        place %= len(images)
        return self._opened_digit(images[place] / 255.0, int(labels[place]), {"place": place})

    def _opened_digit(self, pixels: Array, truth: int, head: dict[str, Any]) -> Frame:
        x = self.network.as_rows(pixels.reshape(1, -1).astype(np.float32))[0]
        head = {**head, "truth": truth}
        return self._open_step(self.network, LOSS, self._opened_optimizer(), x, truth, head)

    def _opened_optimizer(self) -> Optimizer:
        """The one that goes on from here."""
        return self.optimizer

    def _training_images(self) -> tuple[Array, Array] | None:
        return self.train_set
