"""What a person has drawn, read by the networks that come with the package or by another."""

from functools import lru_cache
from typing import Any, ClassVar

import numpy as np

from pynn.frame import Frame, make_frame
from pynn.live.broken import Breaks
from pynn.live.digit_networks import answered, sizes, weight_images
from pynn.live.digit_opening import OpensDigits
from pynn.live.drawings import IMAGE, PEN, PICTURE, STROKES, image_from, picture_from, strokes_from
from pynn.live.experiment import MILLISECONDS, Experiment, deadline_in
from pynn.live.folder import MNISTFolder
from pynn.live.landscape import Landscape
from pynn.live.robustness import CHANGES, robustness
from pynn.live.test_pass import TestPass
from pynn.matmul import Array
from pynn.network import Network
from pynn.optimizer import Optimizer
from pynn.optimizers import SGD
from pynn.reader import Reader, Reading
from pynn.reader.clothes import ClothesReader
from pynn.reader.evidence import evidence
from pynn.reader.hand import MOST_SIGNS
from pynn.reader.steps import steps_of
from pynn.settings import Bytes, Choice, Flag, Integer, Real, Table
from pynn.settings.kinds import within

OPENED_RATE = 0.1


class Answers:
    """What an experiment does whose network answers drawings."""

    network: Network

    def _answering(self) -> tuple[Reader, Network]:
        """Who tells where a digit ends and whether it is one, and the network that answers."""
        return reader(), self.network

    def read(self, strokes: bytes, pen: float) -> Frame:
        """The network's answers to strokes of a pen: a digit, or a whole number."""
        given, (reader, network) = strokes_from(strokes), self._answering()
        with np.errstate(over="ignore", invalid="ignore"):
            return _frame_of(reader.read(given, network, pen), reader)

    def picture(self, width: int, height: int, grey: bytes) -> Frame:
        """The network's answers to a grey picture: bytes row by row, 0 black to 255 white."""
        pixels, (reader, network) = picture_from(width, height, grey), self._answering()
        with np.errstate(over="ignore", invalid="ignore"):
            return _frame_of(reader.read_picture(pixels, network), reader)

    def prepare(
        self, strokes: bytes, pen: float, width: float, scale: bool, ink: bool, centre: bool
    ) -> Frame:
        """How the image of all strokes together is made, and what is read of it then.

        steps  (4, 28, 28), see `pynn.reader.steps`; probabilities of the last
        """
        _, network = self._answering()
        steps = steps_of(
            strokes_from(strokes), pen, width, scale=scale, ink=ink, centre=centre
        ).astype(np.float32)
        with np.errstate(over="ignore", invalid="ignore"):
            answers = np.nan_to_num(network.predict(network.as_rows(steps[-1:])))[0]
        return make_frame({"answer": int(answers.argmax())}, {"steps": steps, "answers": answers})

    def evidence(self, image: bytes, answer: int) -> Frame:
        """What in an image of 784 float32 spoke for this answer, and what against."""
        pixels, (_, network) = image_from(image), self._answering()
        within(Integer("answer", 0, 0, network.outputs - 1), answer, answer)
        with np.errstate(over="ignore", invalid="ignore"):
            return make_frame({}, {"evidence": evidence(network, pixels, answer)})


class Reads(Answers, OpensDigits, Landscape, Breaks):
    """And what it does where there are images of digits to test the network with."""

    test_set: tuple[Array, Array]

    def _answering(self) -> tuple[Reader, Network]:
        return reader(), self._now()

    def cell(self, truth: int, answer: int) -> Frame:
        """Test images of one digit that got this answer: a cell of the confusion matrix."""
        tested = self._tested()
        return make_frame({}, {} if tested is None else tested.cell(truth, answer))

    def robustness(self, change: str) -> Frame:
        """How often it is right when test images are changed; nothing where there are none."""
        images = self._test_images()
        if images is None:
            return make_frame({})
        with np.errstate(over="ignore", invalid="ignore"):
            return make_frame({}, {"robustness": robustness(self._now(), *images, change)})

    def _test_images(self) -> tuple[Array, Array] | None:
        """And their labels, where there are any."""
        return self.test_set

    def _tested(self) -> TestPass | None:
        """The last test pass that came to its end."""
        raise NotImplementedError

    def recognise(self, side: int, ink: bytes) -> Frame:
        """The network's answer to a picture of side x side bytes, 0 paper to 255 ink."""
        return answered(self.network, side, ink)


ANSWERS: dict[str, Table] = {
    "prepare": (
        STROKES,
        PEN,
        Real("width", 1.0, 0.1, 100.0),
        Flag("scale", True),
        Flag("ink", True),
        Flag("centre", True),
    ),
    "read": (STROKES, PEN),
    "picture": PICTURE,
    "evidence": (IMAGE, Integer("answer", 0, 0, MOST_SIGNS)),
}
READS: dict[str, Table] = {
    **ANSWERS,
    **OpensDigits.opening,
    **Landscape.landscapes,
    **Breaks.breaking,
    "robustness": (Choice("change", "turn", tuple(CHANGES)),),
    "cell": (Integer("truth", 0, 0, 9), Integer("answer", 0, 0, 9)),
    "recognise": (Integer("side", 28, 1, 2000), Bytes("ink", 2000 * 2000)),
}


class ReadingExperiment(Reads, Experiment):
    """The shipped network: it reads at once, and is tested once MNIST's test images are there."""

    actions: ClassVar = {**READS, "advance": (MILLISECONDS,)}

    def __init__(self, settings: dict[str, Any], folder: MNISTFolder) -> None:
        self.folder = folder
        self.network = reader().digits
        self.test: TestPass | None = None

    def opened(self) -> Frame:
        return self._frame({})

    def advance(self, milliseconds: float) -> Frame:
        """Tests the network for about that long, where there are images to test it with."""
        images = self._test_images()
        if self.test is None and images is not None:
            self.test = TestPass(self.network, *images)
        if self.test is not None:
            self.test.go_on(deadline_in(milliseconds))
        return self._frame({})

    def _test_images(self) -> tuple[Array, Array] | None:
        images: tuple[Array, Array] | None = self.folder.test_set
        return images

    def _training_images(self) -> tuple[Array, Array] | None:
        images: tuple[Array, Array] | None = self.folder.train_set
        return images

    def _opened_optimizer(self) -> Optimizer:
        return SGD(OPENED_RATE)  # it is trained no further here: a plain one

    def _tested(self) -> TestPass | None:
        return self.test if self.test is not None and self.test.done == 1.0 else None

    def _frame(self, head: dict[str, Any]) -> Frame:
        tested = self._tested()
        arrays = {"weight_images": weight_images(self.network)}
        if tested is not None:
            arrays |= tested.pictures()
        return make_frame(
            {
                **head,
                "layers": sizes(self.network),
                "parameters": sum(array.size for array in self.network.parameters.values()),
                "test_accuracy": None if tested is None else tested.accuracy,
                "test_done": self.test.done if self.test else 0.0,
            },
            arrays,
        )


@lru_cache(maxsize=1)
def reader() -> Reader:
    """One for all: its networks do not change, and it knows what it has read before."""
    return Reader()


@lru_cache(maxsize=1)
def clothes_reader() -> ClothesReader:
    return ClothesReader(reader())


def _frame_of(reading: Reading, reader: Reader) -> Frame:
    digits = [
        {
            "answer": digit.answer,
            "name": digit.name,
            "is_digit": digit.is_digit,
            "unsure": digit.unsure,
            "likeness": digit.likeness,
            "box": list(digit.box),
        }
        for digit in reading.digits
    ]
    head = {
        "text": reading.text,
        "names": list(reader.names),
        "digits": digits,
        "stray": list(reading.stray),
    }
    probable = [digit.probabilities for digit in reading.digits]
    arrays = {
        "images": np.array([digit.image for digit in reading.digits]).reshape(-1, 28, 28),
        "probabilities": np.array(probable).reshape(-1, len(reader.names)),
    }
    return make_frame(head, arrays)
