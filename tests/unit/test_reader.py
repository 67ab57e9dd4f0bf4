"""The reader on MNIST's test digits as people draw them, and on what is no digit."""

import json
from pathlib import Path

import numpy as np
import pytest
from odd_drawings import PEN, number, single

from pynn import Dense, Network, accuracy
from pynn.datasets import mnist
from pynn.reader import Reader, shipped
from pynn.reader.strokes import image_of


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


@pytest.fixture(scope="module")
def test_set(mnist_folder: Path):
    return mnist(mnist_folder)[1]


def test_shipped_networks_are_small_and_read_mnist(test_set) -> None:
    images, labels = test_set
    assert accuracy(shipped("digits"), images, labels) >= 0.992
    likeness = shipped("likeness").predict(images)[:, 0]
    assert (likeness < 0.5).mean() <= 0.03, "real digits that are refused"
    folder = Path(__file__).parents[2] / "pynn/reader"
    assert sum((folder / f"{name}.npz").stat().st_size for name in ("digits", "likeness")) < 300e3
    told = json.loads((folder / "provenance.json").read_text("utf-8"))
    assert told["command"].endswith("python build/train_reader.py")
    assert told["measured"]["MNIST's 10,000 test images, read"] == pytest.approx(
        accuracy(shipped("digits"), images, labels), abs=2e-4
    )


def test_digits_anywhere_of_any_size_turned_stretched_and_with_a_dot_are_read(
    reader: Reader, test_set
) -> None:
    images, labels = test_set
    rng = np.random.default_rng(11)
    right = sure = 0
    for row in rng.integers(0, len(images), 300):
        drawing = single(images[row], labels[row], rng)
        reading = reader.read(drawing.strokes, pen=PEN)
        hit = reading.text == drawing.text
        right += hit
        sure += not hit and any(
            digit.is_digit and digit.probabilities.max() > 0.9 for digit in reading.digits
        )
    assert right >= 0.93 * 300 and sure <= 5


def test_numbers_in_a_row_are_read_whole(reader: Reader, test_set) -> None:
    images, labels = test_set
    rng = np.random.default_rng(12)
    right = 0
    for _ in range(100):
        rows = rng.integers(0, len(images), rng.integers(2, 6))
        drawing = number(images[rows], labels[rows], rng)
        reading = reader.read(drawing.strokes, pen=PEN)
        right += reading.text == drawing.text
        lefts = [digit.box[0] for digit in reading.digits]
        assert lefts == sorted(lefts)
    assert right >= 80


def test_nothing_and_a_lone_dot_are_no_digit(reader: Reader) -> None:
    nothing = reader.read([])
    assert nothing.text == "" and nothing.digits == ()
    dot = reader.read([[[0.5, 0.5]]], pen=PEN)
    assert dot.text == "?" and len(dot.digits) == 1


def test_the_same_strokes_give_the_same_reading_whatever_was_read_before(
    reader: Reader, test_set
) -> None:
    images, labels = test_set
    drawing = number(images[:3], labels[:3], np.random.default_rng(0))
    known, fresh = reader.read(drawing.strokes), Reader().read(drawing.strokes)
    assert known.text == fresh.text
    for one, other in zip(known.digits, fresh.digits, strict=True):
        np.testing.assert_array_equal(one.image, other.image)
        np.testing.assert_allclose(one.probabilities, other.probabilities, atol=1e-6)


def test_a_network_of_ones_own_answers_for_digits_that_the_reader_finds(
    reader: Reader, test_set
) -> None:
    images, labels = test_set
    drawing = number(images[:2], labels[:2], np.random.default_rng(0))
    own = Network([Dense(10, activation="softmax")], inputs=784, seed=0)
    reading = reader.read(drawing.strokes, own)
    assert len(reading.digits) == 2
    for digit in reading.digits:
        np.testing.assert_allclose(
            digit.probabilities, own.predict(digit.image[np.newaxis])[0], atol=1e-6
        )
        assert digit.answer == digit.probabilities.argmax()


def test_what_the_network_sees_is_kept_with_each_digit(reader: Reader) -> None:
    strokes = [np.array([[0.2, 0.1], [0.2, 0.9]])]
    [digit] = reader.read(strokes).digits
    np.testing.assert_array_equal(digit.image, image_of(strokes))
    assert digit.box == (0.2, 0.1, 0.2, 0.9)
    assert digit.answer == 1 and digit.is_digit and not digit.unsure


def test_other_than_strokes_is_refused(reader: Reader) -> None:
    with pytest.raises(ValueError, match="Reader: expected strokes"):
        reader.read([[1.0, 2.0]])
