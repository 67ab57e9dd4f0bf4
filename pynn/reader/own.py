"""The reader learns a person's own hand: signs of their own, and digits as they write them.

The convolutions stay as they came (`pynn.reader.transfer`), so a few examples of a sign and a
moment of training are enough.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np

from pynn.augmentation import Augmentation
from pynn.chance import stream
from pynn.limits import as_numbers, shown
from pynn.matmul import Array
from pynn.optimizers import Adam
from pynn.reader.hand import Hand, HandError
from pynn.reader.nearness import Nearness
from pynn.reader.reader import DIGITS, LEAST, Reader, Sight
from pynn.reader.transfer import features, head_of, joined
from pynn.training import train

EPOCHS, BATCH_SIZE, LEARNING_RATE = 10, 64, 0.002
# No two are written alike: each example is learned from in so many forms, in fewer where there
# are many examples.
VARIED = Augmentation(shift=1.0, turn=12.0, scale=0.1, thickness=0.4)
FORMS, MOST_FORMS = 30, 3000
# MNIST's images that are mixed in, and those that tell what has become of the digits.
MIXED, TOLD = 2000, 2000

Examples = tuple[Array, Array]


class Teaching:
    """Each step of it is an epoch, after which `own` and `digits` say how good it is.

    signs   the names of its answers
    own     the share of the person's test examples that are read, 0 to 1; None without any
    digits  the share of MNIST's test images that are read; None where there are none, or no
            digit among the signs
    """

    def __init__(
        self,
        hand: Hand,
        mixed: Examples | None = None,
        told: Examples | None = None,
        base: Reader | None = None,
        seed: int = 0,
    ) -> None:
        """Raises HandError for fewer than two signs, ValueError for other words that are wrong.

        hand   what is learned from, but for its examples `for_testing`
        mixed  MNIST's images and labels, of which the first 2,000 are learned from as well:
               the ten digits are among the signs then
        told   such, of which the first 2,000 are tested
        base   whose convolutions are kept
        """
        if not isinstance(hand, Hand):
            raise ValueError(f"Teaching: expected hand as a Hand, got {shown(hand)}")
        if not isinstance(base, Reader | None):
            raise ValueError(f"Teaching: expected base as a Reader, got {shown(base)}")
        mixed, told = _examples("mixed", mixed), _examples("told", told)
        self.base, self.hand, self.epoch = Reader() if base is None else base, hand, 0
        own = hand.signs
        self.signs = own if mixed is None else [*DIGITS, *(s for s in own if s not in DIGITS)]
        if len(self.signs) < 2 or not own:
            raise HandError(
                "few",
                f"Teaching: expected examples of two signs or more, or one besides the digits, "
                f"got {len(own)}",
            )
        self.truth, tested = hand.numbers(self.signs), hand.for_testing
        self.examples = features(self.base.digits, hand.images)
        self.forms, self.owners = self._varied(np.flatnonzero(~tested), seed)
        x, y = self._learned(tested, mixed)
        self._own = self.examples[tested], self.truth[tested]
        self._told = self._digits_of(told)
        self.head = head_of(self.base.digits, self.signs, seed)
        adam = Adam(LEARNING_RATE)
        self._steps = train(
            self.head, x, y, loss="cross_entropy", optimizer=adam, batch_size=BATCH_SIZE,
            epochs=EPOCHS, seed=seed,
        )  # fmt: skip
        self._test()

    def __iter__(self) -> Iterator[int]:
        """The number of each epoch, once it has been learned."""
        for step in self._steps:
            if step.ends_epoch:
                self.epoch += 1
                self._test()
                yield self.epoch

    def reader(self) -> "OwnReader":
        """One that answers with these signs, as well as they have been learned by now."""
        return OwnReader(self)

    def _varied(self, learned: Array, seed: int) -> tuple[Array, Array]:
        """Features of many forms of these examples, and of which each is one."""
        forms = min(FORMS, max(1, MOST_FORMS // max(1, len(learned))))
        owners = np.tile(learned, forms)
        images = VARIED(self.hand.images[owners], stream("Teaching", seed, "noise"))
        return features(self.base.digits, images), owners

    def _learned(self, tested: Array, mixed: Examples | None) -> Examples:
        """All that is learned from, and which sign each is."""
        x, y = [self.examples[~tested], self.forms], [self.truth[~tested], self.truth[self.owners]]
        if mixed is not None:
            x.append(features(self.base.digits, mixed[0][:MIXED]))
            y.append(np.asarray(mixed[1][:MIXED], np.intp))
        return np.concatenate(x), np.concatenate(y)

    def _digits_of(self, told: Examples | None) -> Examples | None:
        """Features of MNIST's images and their places among the signs, -1 for none."""
        if told is None or not set(DIGITS) & set(self.signs):
            return None
        places = np.array([self.signs.index(d) if d in self.signs else -1 for d in DIGITS])
        return features(self.base.digits, told[0][:TOLD]), places[np.asarray(told[1][:TOLD])]

    def _test(self) -> None:
        self.own, self.digits = self._share(self._own), self._share(self._told)

    def _share(self, tests: Examples | None) -> float | None:
        if tests is None or not len(tests[0]):
            return None
        return float(np.mean(self.head.predict(tests[0]).argmax(axis=1) == tests[1]))


def _examples(name: str, given: Any) -> Examples | None:
    """Images and labels 0 to 9, as many as there are images; None where there are none."""
    if given is None:
        return None
    if not isinstance(given, (tuple, list)) or len(given) != 2:
        raise ValueError(
            f"Teaching: expected {name} as a pair (images, labels), got {shown(given)}"
        )
    images, labels = (
        as_numbers(f"Teaching: expected {name} {what}", one)
        for what, one in zip(("images", "labels"), given, strict=True)
    )
    if labels.shape != images.shape[:1] or not np.isin(labels, range(10)).all():
        raise ValueError(
            f"Teaching: expected {name} with a label 0 to 9 for each image, "
            f"got images {images.shape} and labels {labels.shape}"
        )
    return images, labels.astype(np.intp)


class OwnReader(Reader):
    """Reads the signs that a person has taught it."""

    def __init__(self, taught: Teaching) -> None:
        super().__init__(taught.base)
        self.names = tuple(taught.signs)
        self.network = joined(self.digits, taught.head)
        self._head = taught.head
        self._nearness = Nearness(taught.examples, taught.hand.names, taught.forms, taught.owners)

    def see(self, images: Array) -> list[Sight]:
        """What they look like: any digit, where those are among the signs, or an own sign."""
        seen = features(self.digits, images)
        own = self._nearness.likeness(seen, LEAST)
        if set(DIGITS) <= set(self.names):
            own = np.maximum(own, [like for _, like in super().see(images)])
        return list(zip(self._head.predict(seen), own.tolist(), strict=True))
