"""A person's own examples: kept, filed, learned with the convolutions as they came, and read."""

from pathlib import Path

import numpy as np
import pytest
from own_signs import drawn
from reader.others import scribble

from pynn.datasets import mnist
from pynn.reader import Hand, Reader, Teaching, image_of
from pynn.reader.hand import LONGEST, MOST, MOST_SIGNS, HandError
from pynn.reader.transfer import features, head_of, joined, split


def hand_of(signs: str, count: int, rng: np.random.Generator) -> Hand:
    strokes = [drawn(sign, rng) for sign in signs for _ in range(count)]
    images = [np.rint(image_of(s) * 255) for s in strokes]
    return Hand(images, [sign for sign in signs for _ in range(count)])


@pytest.fixture(scope="module")
def base() -> Reader:
    return Reader()


@pytest.fixture(scope="module")
def digits(mnist_folder: Path):
    return mnist(mnist_folder, train=2000)


@pytest.mark.parametrize("mixed", [True, False])
@pytest.mark.parametrize("signs", ["AK", "@T+", "dx"])
def test_twenty_examples_of_a_sign_are_enough(base, digits, rng, signs, mixed) -> None:
    teaching = Teaching(hand_of(signs, 20, rng), digits[0] if mixed else None, digits[1], base)
    assert teaching.own == 0.0 or not mixed
    epochs = list(teaching)
    assert epochs == list(range(1, 11)) and teaching.own == 1.0
    assert (teaching.digits or 0) > 0.98 if mixed else teaching.digits is None
    reader = teaching.reader()
    asked = [(sign, drawn(sign, rng)) for sign in signs for _ in range(40)]
    right = [reader.read(strokes, pen=0.045).text == sign for sign, strokes in asked]
    assert np.mean(right) >= 0.9
    refused = [reader.read([s + 1 for s in scribble(rng)]).text.count("?") for _ in range(40)]
    assert np.mean(np.array(refused) > 0) > 0.9
    with_digits = reader.read([np.array([[0.5, y] for y in np.linspace(0.1, 0.8, 9)])], pen=0.045)
    assert with_digits.text == ("1" if mixed else "?")


def test_signs_and_digits_are_read_in_a_row(base, digits, rng) -> None:
    teaching = Teaching(hand_of("A", 20, rng), digits[0], None, base)
    for _ in teaching:
        pass
    row = [*drawn("A", rng), np.array([[0.9, 0.2], [0.9, 0.3], [0.9, 0.45]])]
    assert teaching.reader().read(row, pen=0.045).text == "A1"


def test_a_digit_as_a_person_writes_it_is_that_digit(base, digits, rng) -> None:
    """A house is this person's 8."""
    houses = [np.rint(image_of(drawn("house", rng)) * 255) for _ in range(20)]
    teaching = Teaching(Hand(houses, ["8"] * 20), *digits, base)
    assert (teaching.own or 0) < 0.5  # four test examples, by the network as it came
    for _ in teaching:
        pass
    assert teaching.signs == list("0123456789") and teaching.own == 1.0
    assert (teaching.digits or 0) > 0.98


def test_digits_that_are_not_learned_from_are_forgotten(base, digits, rng) -> None:
    hand = Hand(digits[0][0][:40], [str(label % 2) for label in digits[0][1][:40]])
    teaching = Teaching(hand, None, digits[1], base)
    for _ in teaching:
        pass
    assert teaching.signs == ["0", "1"] and 0.0 < (teaching.digits or 0) < 0.3


def test_the_same_examples_give_the_same_network(base, rng) -> None:
    hand = hand_of("AK", 5, rng)
    heads = []
    for _ in range(2):
        teaching = Teaching(hand, None, None, base)
        list(teaching)
        heads.append(teaching.head.predict(teaching.examples))
    np.testing.assert_array_equal(*heads)


def test_the_pretrained_layers_are_kept(base) -> None:
    head = head_of(base.digits, ["1", "A", "0"])
    whole = joined(base.digits, head)
    kept, _ = split(base.digits)
    for layer, known in zip(whole.layers, kept, strict=False):
        for name, array in known.params.items():
            np.testing.assert_array_equal(layer.params[name], array)
    images = np.random.default_rng(0).integers(0, 256, (3, 28, 28), dtype=np.uint8)
    plain = head.predict(features(base.digits, images))
    np.testing.assert_allclose(whole.predict(images), plain, rtol=1e-5)
    # What was known of 1 against 0 is known still.
    before, now = base.digits.predict(images), whole.predict(images)
    np.testing.assert_allclose(now[:, 0] / now[:, 2], before[:, 1] / before[:, 0], rtol=1e-3)


def test_every_fifth_of_a_sign_is_for_testing() -> None:
    hand = Hand(np.arange(12 * 784) % 251, ["a"] * 6 + ["b"] * 4 + ["a"] * 2)
    assert np.flatnonzero(hand.for_testing).tolist() == [4]
    assert hand.signs == ["a", "b"] and len(hand) == 12


def test_digits_come_first_among_signs() -> None:
    hand = Hand(np.ones((4, 784)), ["b", "7", "a", "0"])
    assert hand.signs == ["0", "7", "b", "a"]
    assert hand.numbers(hand.signs).tolist() == [2, 1, 3, 0]


def test_a_file_brings_all_back(rng) -> None:
    hand = Hand(rng.integers(0, 256, (3, 28, 28)), ["猫", "A", "A"])
    again = Hand.from_bytes(hand.to_bytes())
    np.testing.assert_array_equal(again.images, hand.images)
    assert again.names == hand.names
    assert len(hand + again) == 3  # the same are not taken twice
    assert (hand.without(1) + again).names == ["猫", "A", "A"]
    empty = Hand.from_bytes(Hand().to_bytes())
    assert len(empty) == 0 and empty.images.shape == (0, 28, 28)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"\x93NUMPY", b"hello" * 100])
def test_another_file_is_refused(content: bytes) -> None:
    with pytest.raises(HandError, match="Hand: expected a file of examples, got another"):
        Hand.from_bytes(content)


def test_another_archive_is_refused(tmp_path: Path) -> None:
    for arrays in ({"images": np.zeros((1, 28, 28))}, {"format": np.array("pynn hand 1")}):
        np.savez(tmp_path / "x.npz", **arrays)
        with pytest.raises(HandError, match="got another"):
            Hand.from_bytes((tmp_path / "x.npz").read_bytes())


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: Hand(np.zeros((1, 784)), [""]), "name"),
        (lambda: Hand(np.zeros((1, 784)), ["a" * (LONGEST + 1)]), "name"),
        (lambda: Hand(np.zeros((1, 784)), ["a\nb"]), "name"),
        (lambda: Hand(np.zeros((1, 783)), ["a"]), "images"),
        (lambda: Hand(np.zeros((MOST + 1, 784)), ["a"] * (MOST + 1)), "many"),
        (lambda: Hand(np.zeros((65, 784)), list(map(str, range(MOST_SIGNS + 1)))), "many"),
        (lambda: Teaching(Hand(np.ones((3, 784)), ["a"] * 3)), "few"),
        (lambda: Teaching(Hand()), "few"),
    ],
)
def test_a_mistake_is_told_in_one_sentence(make, code: str) -> None:
    with pytest.raises(HandError, match=r"^\w+: expected .*, got ") as caught:
        make()
    assert caught.value.code == code
