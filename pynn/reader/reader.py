"""The reader: from the strokes of a pen to a digit, or to a whole number.

The pieces of a drawing may belong together in many ways. Each is worth the product of how much
its groups look like a digit and of how sure the network is which; the best is taken.
"""

import io
import math
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.resources import files
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from pynn.digits import SIDE, normalize
from pynn.files import load_network
from pynn.limits import check_at_least_0, shown
from pynn.matmul import Array
from pynn.network import Network, check_network
from pynn.reader.grouping import Piece, grouped
from pynn.reader.pictures import boxes_in, ink_of
from pynn.reader.strokes import Stroke, as_strokes, box_of, image_of

# A drawing that is less likely than this to be a digit is said to be none; among others that are
# digits, it is given the benefit of the doubt.
LEAST, LEAST_AMONG_OTHERS = 0.15, 0.05
# An answer is unsure below this, and where digits that touch were cut.
SURE = 0.7
# So many pieces make up a digit at most; it is at most so many times as wide as high, and a gap
# in it so wide.
MOST_PIECES, WIDEST, WIDEST_GAP = 10, 4.0, 0.5
# What a cut is worth: a digit, or what is none, is rather whole than two that touch. And what a
# straight piece is that was cut off: every corner has two of them, and a V is no 11.
CUT, CUT_ONE, ONE = 0.01, 0.05, 1
# Images whose answers are remembered while a person goes on drawing.
REMEMBERED = 256
DIGITS = tuple("0123456789")


@dataclass(frozen=True)
class Digit:
    """One digit that was read.

    answer         0 to 9: the most probable, even where it looks like none
    name           the same as text; an own sign has a name of its own
    probabilities  (10,) of each, or as many as there are signs
    likeness       0 to 1, how much it looks like a digit at all
    cut            it touched its neighbour and was cut off
    is_digit       whether it is taken for one
    box            left, top, right and bottom of the pen's places
    image          (784,), 0 to 1, what the network saw
    """

    answer: int
    name: str
    probabilities: Array
    likeness: float
    is_digit: bool
    cut: bool
    box: tuple[float, ...]
    image: npt.NDArray[np.float32]

    @property
    def unsure(self) -> bool:
        return self.cut or self.likeness < LEAST or float(self.probabilities.max()) < SURE


@dataclass(frozen=True)
class Reading:
    """digits from left to right, and the numbers of the strokes that belong to none."""

    digits: tuple[Digit, ...]
    stray: tuple[int, ...]

    @property
    def text(self) -> str:
        """The whole number, with ? for what looks like no digit."""
        return "".join(digit.name if digit.is_digit else "?" for digit in self.digits)


# Of one image: the probability of each answer, and how much it looks like any of them.
Sight = tuple[Array, float]


class Reader:
    """Reads drawings with the two networks that come with the package.

    names    of the answers
    network  that gives them, with a probability for each
    """

    names: Sequence[str] = DIGITS

    def __init__(self, like: "Reader | None" = None) -> None:
        """like  another one, whose networks it shares"""
        if not isinstance(like, Reader | None):
            raise ValueError(f"Reader: expected like as a Reader, got {shown(like)}")
        self.digits: Network = shipped("digits") if like is None else like.digits
        self.likeness: Network = shipped("likeness") if like is None else like.likeness
        self.network = self.digits
        self._known: OrderedDict[bytes, Sight] = OrderedDict()

    def see(self, images: Array) -> list[Sight]:
        """What images (n, 28, 28, 1), 0 to 1, look like."""
        found = zip(self.digits.predict(images), self.likeness.predict(images), strict=True)
        # Of what is no digit, the other network is rarely sure which it would be.
        return [(probable, float(like[0] * probable.max())) for probable, like in found]

    def read(
        self, strokes: Sequence[npt.ArrayLike], network: Network | None = None, pen: float = 0.0
    ) -> Reading:
        """What these strokes are, each (n, 2) places of the pen to the right and down.

        network  one of your own for the answers; it takes images of 28 x 28 and gives ten
                 probabilities. What looks like a digit, and where it ends, is told by the
                 package's networks all the same.
        pen      its width on the paper, in the places' unit: how large a dot is

        No strokes give no digits. Raises ValueError for anything else.
        """
        self._check(network)
        pen = check_at_least_0("Reader", "pen", pen)
        pieces, stray = grouped(as_strokes("Reader", strokes), pen)
        spans = self._best(pieces)
        images = list(spans.values())
        boxes = [box_of(_strokes(pieces[first:end])) for first, end in spans]
        cuts = [self._is_cut(pieces, *span) for span in spans]
        return Reading(self._digits(images, boxes, cuts, network), tuple(stray))

    def read_picture(self, picture: npt.ArrayLike, network: Network | None = None) -> Reading:
        """What a grey picture (height, width) shows, bytes or 0 to 1: see `ink_of`.

        Boxes are in heights of the picture. Raises ValueError.
        """
        self._check(network)
        ink = ink_of(picture)
        boxes = boxes_in(ink)
        images = [normalize(ink[top:bottom, left:right]) for left, top, right, bottom in boxes]
        places = [tuple(side / len(ink) for side in box) for box in boxes]
        return Reading(self._digits(images, places, [False] * len(images), network), ())

    def _check(self, network: Network | None) -> None:
        """ValueError unless the network, if there is one, answers images by these names."""
        if network is None:
            return
        check_network("Reader", network)
        if math.prod(network.input_shape) != SIDE * SIDE or network.outputs > len(self.names):
            raise ValueError(
                f"Reader: expected a network of 28 x 28 inputs and at most {len(self.names)} "
                f"outputs, got {network.input_shape} and {network.outputs}"
            )

    def _digits(
        self,
        images: Sequence[Array],
        boxes: Iterable[tuple[float, ...]],
        cuts: Sequence[bool],
        network: Network | None,
    ) -> tuple[Digit, ...]:
        looks = self._look(images)
        answers = [probable for probable, _ in looks]
        if network is not None and network is not self.network and images:
            answers = list(np.nan_to_num(network.predict(network.as_rows(np.stack(images)))))
        among_others = any(likeness >= LEAST for _, likeness in looks)
        least = LEAST_AMONG_OTHERS if among_others else LEAST
        return tuple(
            self._digit(probable, like, like >= least, cut, tuple(box), image)
            for probable, (_, like), cut, box, image in zip(
                answers, looks, cuts, boxes, images, strict=True
            )
        )

    def _digit(self, probabilities: Array, *others: Any) -> Digit:
        answer = int(probabilities.argmax())
        return Digit(answer, self.names[answer], probabilities, *others)

    @staticmethod
    def _is_cut(pieces: Sequence[Piece], first: int, end: int) -> bool:
        return pieces[first].cut or (end < len(pieces) and pieces[end].cut)

    def _best(self, pieces: Sequence[Piece]) -> dict[tuple[int, int], Array]:
        """Where each digit's pieces begin and end, as they are worth most, and its image."""
        count = len(pieces)
        spans = [
            (first, end)
            for first in range(count)
            for end in range(first + 1, min(first + MOST_PIECES, count) + 1)
            if end == first + 1 or _may_be_one(pieces[first:end])
        ]
        images = {(first, end): image_of(_strokes(pieces[first:end])) for first, end in spans}
        looks = self._look(list(images.values()))
        worth = {}
        for (first, end), (probable, likeness) in zip(spans, looks, strict=True):
            whole = max(likeness, 1e-6) * (CUT if pieces[first].cut else 1.0)
            if self._is_cut(pieces, first, end) and probable.argmax() == ONE:
                whole *= CUT_ONE
            worth[first, end] = math.log(whole)
        # The best way to each end: by what it is worth, and where its last group begins.
        best: list[tuple[float, int]] = [(0.0, 0)]
        for end in range(1, count + 1):
            ways = [
                (best[first][0] + worth[first, end], first)
                for first in range(end)
                if (first, end) in worth
            ]
            best.append(max(ways))
        chosen: list[tuple[int, int]] = []
        end = count
        while end:
            chosen.insert(0, (best[end][1], end))
            end = chosen[0][0]
        return {span: images[span] for span in chosen}

    def _look(self, images: Sequence[Array]) -> list[Sight]:
        """The same, and what was seen before is remembered."""
        keys = [image.tobytes() for image in images]
        new = {
            key: image for key, image in zip(keys, images, strict=True) if key not in self._known
        }
        if new:
            seen = self.see(np.stack(list(new.values())).reshape(-1, SIDE, SIDE, 1))
            self._known.update(zip(new, seen, strict=True))
        looks = []
        for key in keys:
            self._known.move_to_end(key)
            looks.append(self._known[key])
        while len(self._known) > REMEMBERED:
            self._known.popitem(last=False)
        return looks


def shipped(name: str) -> Network:
    """A network that comes with the package: "digits" or "likeness"."""
    return load_network(io.BytesIO((files("pynn.reader") / f"{name}.npz").read_bytes()))


def _strokes(group: Sequence[Piece]) -> list[Stroke]:
    return [stroke for piece in group for stroke in piece.strokes]


def _may_be_one(group: Sequence[Piece]) -> bool:
    """Not wider than any digit, and without a gap that none has."""
    left, top, right, bottom = box_of(_strokes(group))
    height = bottom - top
    gaps = [after.box[0] - before.box[2] for before, after in pairwise(group)]
    return right - left <= WIDEST * height and max(gaps, default=0.0) <= WIDEST_GAP * height
