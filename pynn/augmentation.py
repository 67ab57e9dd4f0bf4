"""Augmentation: images change a little, otherwise each time they are learned from.

A shifted or turned 7 is still a 7, and a network that has seen many forms of each image
knows more of what may come. The set stays as it is; a mini-batch is changed when it is taken.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from pynn.chance import check_generator
from pynn.layers import Shape
from pynn.limits import MOST, as_numbers, check_at_least_0, check_share, check_whole, shown
from pynn.matmul import Array


@dataclass(frozen=True)
class Augmentation:
    """Changes each image by numbers drawn evenly between limits.

    shift        at most so many pixels up or down, and as many to the left or right
    turn         at most so many degrees about the centre, either way
    scale        larger or smaller by at most this share, 0 <= scale < 1
    thickness    bright lines thicker or thinner, by at most so many pixels on each side,
                 0 <= thickness < 1
    noise        the deviation of normal noise on each number; of 255 where they are bytes
    image_shape  (height, width) or (height, width, channels) of images that are laid out
                 as rows; None where the inputs themselves have such a shape

    Between pixels the new image is interpolated (bilinear), and what comes in from beyond
    the edge is 0. Raises ValueError.
    """

    shift: float = 2.0
    turn: float = 10.0
    scale: float = 0.1
    thickness: float = 0.0
    noise: float = 0.0
    image_shape: Shape | None = None

    def __post_init__(self) -> None:
        checked = {
            "shift": check_at_least_0("Augmentation", "shift", self.shift),
            "turn": check_at_least_0("Augmentation", "turn", self.turn),
            "scale": check_share("Augmentation", "scale", self.scale),
            "thickness": check_share("Augmentation", "thickness", self.thickness),
            "noise": check_at_least_0("Augmentation", "noise", self.noise),
            "image_shape": _checked_shape(self.image_shape),
        }
        for name, value in checked.items():
            object.__setattr__(self, name, value)

    def __call__(self, images: Array, noise: np.random.Generator) -> Array:
        """The images (n, height, width[, channels]), or rows of them, changed, as a new array.

        Bytes (uint8) stay bytes.
        """
        given = as_numbers("Augmentation: expected images", images)
        shape = self.shape_of("Augmentation", given.shape[1:])
        if not np.isfinite(given).all():
            raise ValueError("Augmentation: expected images as finite numbers, got NaN or infinity")
        check_generator("Augmentation", "noise", noise)
        dtype = given.dtype if given.dtype.kind == "f" else np.dtype(np.float32)
        full = 255.0 if given.dtype == np.uint8 else 1.0
        changed = self._changed(given.reshape(len(given), *shape).astype(dtype), noise, full)
        if given.dtype == np.uint8:
            changed = np.rint(changed.clip(0, 255)).astype(np.uint8)
        return changed.reshape(given.shape)

    def shape_of(self, who: str, inputs: Shape) -> tuple[int, int, int]:
        """(height, width, channels) of such inputs; ValueError where they are no images."""
        shape = inputs if self.image_shape is None else self.image_shape
        if len(shape) not in (2, 3) or inputs not in (shape, (math.prod(shape),)):
            raise ValueError(
                f"{who}: expected images (height, width) or (height, width, channels) to augment, "
                f"got inputs of shape {inputs}; image_shape=(28, 28) says how rows are images"
            )
        height, width, channels = (*shape, 1)[:3]
        return height, width, channels

    def _changed(self, images: Array, noise: np.random.Generator, full: float) -> Array:
        down, right, turn, growth = noise.uniform(-1.0, 1.0, (4, len(images)))
        images = moved(
            images, down * self.shift, right * self.shift, turn * self.turn, 1 + growth * self.scale
        )
        if self.thickness:
            images = thickened(images, noise.uniform(-self.thickness, self.thickness, len(images)))
        if self.noise:
            drawn = noise.normal(0.0, self.noise * full, images.shape)
            images = images + drawn.astype(images.dtype)
        return images


def thickened(images: Array, more: Array) -> Array:
    """Images (n, height, width, channels) on the way to their lines thicker by a pixel on each
    side (more = 1), or thinner (-1); one number for each image.
    """
    framed = np.pad(images, ((0, 0), (1, 1), (1, 1), (0, 0)))
    height, width = images.shape[1:3]
    around = [framed[:, y : y + height, x : x + width] for y, x in ((0, 1), (2, 1), (1, 0), (1, 2))]
    thick, thin = images.copy(), images.copy()
    for neighbour in around:
        np.maximum(thick, neighbour, out=thick)
        np.minimum(thin, neighbour, out=thin)
    share = np.abs(more).astype(images.dtype).reshape(-1, 1, 1, 1)
    wanted = np.where((more > 0).reshape(-1, 1, 1, 1), thick, thin)
    changed: Array = images + share * (wanted - images)
    return changed


def moved(images: Array, down: Array, right: Array, turn: Array, size: Array) -> Array:
    """Images (n, height, width, channels) scaled by `size`, turned and then shifted.

    One number each for every image: pixels down and to the right, degrees clockwise, and
    the factor of its size.
    """
    n, height, width, channels = images.shape
    middle = (height - 1) / 2, (width - 1) / 2
    down, right, size = (np.reshape(values, (n, 1, 1)) for values in (down, right, size))
    angle = np.reshape(np.deg2rad(turn), (n, 1, 1))
    # Where each pixel of the new image comes from in the old one: all of it backwards.
    y = np.arange(height)[:, np.newaxis] - middle[0] - down
    x = np.arange(width) - middle[1] - right
    from_y = (np.cos(angle) * y - np.sin(angle) * x) / size + middle[0]
    from_x = (np.sin(angle) * y + np.cos(angle) * x) / size + middle[1]
    # A margin of zeros: what lies beyond it is clipped to it.
    framed = np.zeros((n, height + 2, width + 2, channels), images.dtype)
    framed[:, 1:-1, 1:-1] = images
    from_y, from_x = (from_y + 1).clip(0, height + 1), (from_x + 1).clip(0, width + 1)
    top, left = (np.floor(from_y).clip(max=height), np.floor(from_x).clip(max=width))
    share_y, share_x = (
        (at - corner).astype(images.dtype)[..., np.newaxis]
        for at, corner in ((from_y, top), (from_x, left))
    )
    numbers = (np.arange(n).reshape(n, 1, 1) * (height + 2) + top) * (width + 2) + left
    corner, pixels = numbers.astype(np.intp), framed.reshape(-1, channels)

    def between(start: Array) -> Array:
        """Along a row of pixels."""
        one = pixels[start]
        return one + share_x * (pixels[start + 1] - one)

    above = between(corner)
    return above + share_y * (between(corner + width + 2) - above)


def _checked_shape(shape: object) -> Shape | None:
    if shape is None:
        return None
    if not isinstance(shape, (tuple, list)) or len(shape) not in (2, 3):
        raise ValueError(
            f"Augmentation: expected image_shape as (height, width) or (height, width, channels), "
            f"got {shown(shape)}"
        )
    return tuple(check_whole("Augmentation", "image_shape", side, most=MOST) for side in shape)
