"""A person's own hand on a page: examples come and go, are learned, and drawings are read."""

import time
from typing import Any, ClassVar

import numpy as np

from pynn.digits import normalize
from pynn.frame import Frame, make_frame
from pynn.live.drawings import PEN, PICTURE, STROKES, picture_from, strokes_from
from pynn.live.experiment import MILLISECONDS, Experiment, deadline_in
from pynn.live.folder import MNISTFolder
from pynn.live.reading import ANSWERS, Answers, reader
from pynn.matmul import Array
from pynn.network import Network
from pynn.reader import Hand, OwnReader, Reader, Teaching
from pynn.reader.hand import LONGEST, MOST, HandError, check_name
from pynn.reader.own import EPOCHS
from pynn.reader.pictures import ink_of
from pynn.reader.strokes import image_of
from pynn.settings import Bytes, Flag, Integer, Text

NAME = Text("name", "", LONGEST)
# So many changes can be taken back.
UNDONE = 20
NO_DIGITS = "expected MNIST's images to mix in, got none yet"


class HandExperiment(Answers, Experiment):
    """Every frame tells what there is; `images` are in it when they are others than before.

    status  ready, learning, or learned
    reads   something was learned, be it before
    stale   the examples are others than those that were learned
    """

    actions: ClassVar = {
        **ANSWERS,
        "add": (NAME, STROKES, PEN),
        "add_picture": (NAME, *PICTURE),
        "remove": (Integer("place", 0, 0, MOST - 1),),
        "clear": (),
        "undo": (),
        "file": (),
        "take": (Bytes("file", 1 << 26), Flag("again", False)),
        "learn": (Flag("mixed", True),),
        "advance": (MILLISECONDS,),
    }

    def __init__(self, settings: dict[str, Any], folder: MNISTFolder) -> None:
        self.folder = folder
        self.hand, self.before = Hand(), list[Hand]()
        self.teaching: Teaching | None = None
        self.own: OwnReader | None = None
        self.mixed, self.stale, self.results = True, False, list[tuple[float, ...]]()

    def opened(self) -> Frame:
        return self._frame({}, self._images())

    def add(self, name: str, strokes: bytes, pen: float) -> Frame:
        """All strokes together are one example. Raises HandError."""
        given = strokes_from(strokes)
        if not given:
            raise HandError("blank", "add: expected a drawing, got none")
        return self._added(name, image_of(given))

    def add_picture(self, name: str, width: int, height: int, grey: bytes) -> Frame:
        """All that a picture shows is one example. Raises HandError."""
        return self._added(name, normalize(ink_of(picture_from(width, height, grey))))

    def _added(self, name: str, image: Array) -> Frame:
        if not image.any():
            raise HandError("blank", "add: expected a drawing, got none")
        return self._become(self.hand + Hand(np.rint(image * 255.0), [check_name(name)]))

    def remove(self, place: int) -> Frame:
        return self._become(self.hand.without(place) if place < len(self.hand) else self.hand)

    def clear(self) -> Frame:
        return self._become(Hand())

    def undo(self) -> Frame:
        """What was before the last change."""
        if self.before:
            self.hand, self.stale = self.before.pop(), self.own is not None
        return self.opened()

    def _become(self, hand: Hand) -> Frame:
        self.before = [*self.before[1 - UNDONE :], self.hand]
        self.hand, self.stale = hand, self.own is not None
        return self.opened()

    def file(self) -> Frame:
        """All examples, as the frame's blob."""
        return make_frame({}, blob=self.hand.to_bytes())

    def take(self, file: bytes, again: bool) -> Frame:
        """The examples of a file besides those that are there. Raises HandError.

        again  they were here before, in another Python: there is nothing to take back
        """
        hand = self.hand + Hand.from_bytes(file)
        if not again:
            return self._become(hand)
        self.hand = hand
        return self.opened()

    def learn(self, mixed: bool) -> Frame:
        """From the start, with MNIST's digits mixed in or without. Raises HandError."""
        digits, told = self.folder.train_set, self.folder.test_set
        if mixed and digits is None:
            raise HandError("no_digits", f"learn: {NO_DIGITS}")
        self.teaching = Teaching(self.hand, digits if mixed else None, told, reader())
        self.mixed, self.results, self.stale = mixed, [], False
        self._note()
        return self._frame({})

    def advance(self, milliseconds: float) -> Frame:
        """Learns for about that long, at least one epoch."""
        deadline = deadline_in(milliseconds)
        if (teaching := self.teaching) is not None:
            for epoch in teaching:
                self._note()
                if epoch == EPOCHS:
                    self.own, self.teaching = teaching.reader(), None
                if time.perf_counter() >= deadline:
                    break
        return self._frame({})

    def _note(self) -> None:
        assert self.teaching is not None
        own, digits = self.teaching.own, self.teaching.digits
        shares = [np.nan if share is None else share for share in (own, digits)]
        self.results.append((float(self.teaching.epoch), *shares))

    def _answering(self) -> tuple[Reader, Network]:
        if self.own is None:
            raise HandError("not_learned", "read: expected examples that were learned, got none")
        return self.own, self.own.network

    def _images(self) -> dict[str, Array]:
        return {"images": self.hand.images / 255.0}

    def _frame(self, head: dict[str, Any], arrays: dict[str, Array] | None = None) -> Frame:
        learning = self.teaching is not None
        return make_frame(
            {
                **head,
                "names": self.hand.names,
                "signs": self.hand.signs,
                "for_testing": self.hand.for_testing.tolist(),
                "can_undo": bool(self.before),
                "status": "learning" if learning else "learned" if self.own else "ready",
                "reads": self.own is not None,
                "stale": self.stale,
                "mixed": self.mixed,
                "epoch": len(self.results) - 1 if self.results else 0,
                "epochs": EPOCHS,
            },
            {**(arrays or {}), "results": np.array(self.results).reshape(-1, 3)},
        )
