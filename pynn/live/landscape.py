"""What a layer makes of images, as points of the plane: those that it finds alike lie together."""

import time
from typing import Any, ClassVar

import numpy as np
import numpy.typing as npt

from pynn.digits import SIDE
from pynn.embedding import Neighbours, Principal
from pynn.frame import Frame, make_frame
from pynn.live.drawings import IMAGE, image_from
from pynn.live.experiment import MILLISECONDS, deadline_in
from pynn.matmul import Array
from pynn.network import Network
from pynn.settings import Choice, Integer, SettingsError
from pynn.settings.kinds import within

# Test images that are shown, and steps of t-SNE in all.
SHOWN, STEPS = 400, 500
PRINCIPAL, NEIGHBOURS = "principal", "neighbours"


class Landscape:
    """An experiment whose network takes images of digits."""

    landscapes: ClassVar[dict[str, Any]] = {
        "landscape": (
            Integer("layer", 0, 0, 1000),
            Choice("method", PRINCIPAL, (PRINCIPAL, NEIGHBOURS)),
        ),
        "landscape_step": (MILLISECONDS,),
        "landscape_place": (IMAGE,),
    }

    network: Network
    shown: Principal | Neighbours | None = None
    layer = 0

    def landscape(self, layer: int, method: str) -> Frame:
        """Where the images lie as the layer of that number sees them; 0 is the pixels.

        places (n, 2), labels (n,), and images (n, 28, 28); of principal axes the share of all
        spread that they show. Nothing where there are no test images yet.
        """
        within(Integer("layer", 0, 0, len(self.network.layers)), layer, layer)
        tests = self._test_images()
        if tests is None:
            return make_frame({"layers": self._layer_names()})
        images, labels = tests[0][:SHOWN], tests[1][:SHOWN]
        rows = np.nan_to_num(seen_by(self.network, layer, images))
        same = layer == self.layer
        before = self.shown if same and isinstance(self.shown, Principal) else None
        self.layer = layer
        self.shown = Principal(rows, before) if method == PRINCIPAL else Neighbours(rows)
        more = {"labels": labels, "images": images.reshape(-1, SIDE, SIDE) / 255.0}
        return self._landscape_frame({"layers": self._layer_names()}, more)

    def landscape_step(self, milliseconds: float) -> Frame:
        """On with t-SNE for about that long."""
        shown = self.shown
        deadline = deadline_in(milliseconds)
        while isinstance(shown, Neighbours) and shown.steps < STEPS:
            shown.step()
            if time.perf_counter() >= deadline:
                break
        return self._landscape_frame({})

    def landscape_place(self, image: bytes) -> Frame:
        """Where an image of 784 float32 lies among them."""
        pixels = image_from(image)
        if self.shown is None:
            raise SettingsError("no_images", "landscape: expected one that is shown, got none")
        row = seen_by(self.network, self.layer, pixels[np.newaxis])[0]
        return make_frame({}, {"place": self.shown.place(np.nan_to_num(row))})

    def _landscape_frame(
        self, head: dict[str, Any], arrays: dict[str, npt.NDArray[Any]] | None = None
    ) -> Frame:
        shown = self.shown
        if shown is None:
            return make_frame(head)
        steps = shown.steps if isinstance(shown, Neighbours) else STEPS
        told = {"done": steps / STEPS, "share": getattr(shown, "share", None)}
        return make_frame({**head, **told}, {"places": shown.places, **(arrays or {})})

    def _layer_names(self) -> list[str]:
        """Of the layers that change something; the first is the pixels."""
        return ["pixels", *self.network.layer_names]

    def _test_images(self) -> tuple[Array, Array] | None:
        raise NotImplementedError


def seen_by(network: Network, layer: int, images: Array) -> Array:
    """(n, m) what the layer of that number makes of images; 0 is the pixels."""
    rows = network.as_rows(images)
    with network.lock, np.errstate(over="ignore", invalid="ignore"):
        x = network.scaled(rows)
        for one in network.layers[:layer]:
            x = one.forward(x)
        return x.reshape(len(rows), -1).copy()
