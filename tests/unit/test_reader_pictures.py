"""Photos of digits: on light and dark paper, unevenly lit, noisy, of any size."""

from pathlib import Path

import numpy as np
import pytest

from pynn.datasets import mnist
from pynn.reader import Reader
from pynn.reader.pictures import boxes_in, ink_of

Picture = np.ndarray


@pytest.fixture(scope="module")
def digits(mnist_folder: Path) -> tuple[np.ndarray, np.ndarray]:
    images, labels = mnist(mnist_folder)[1]
    return images, labels


def photo(images: np.ndarray, size: int, dark_paper: bool, seed: int) -> Picture:
    """Digits in a row on a sheet: light falls from the left, and the sensor makes noise."""
    rng = np.random.default_rng(seed)
    ink = np.concatenate(
        [np.kron(image / 255.0, np.ones((size, size))) for image in images], axis=1
    )
    ink = np.pad(ink, 8 * size)
    light = np.linspace(1.0, 0.7, ink.shape[1]) * np.linspace(1.0, 0.85, len(ink))[:, np.newaxis]
    paper = 0.15 + 0.7 * ink if dark_paper else 0.9 - 0.7 * ink
    grey = paper * light + rng.normal(0, 0.015, ink.shape)
    return np.rint(255 * grey.clip(0, 1)).astype(np.uint8)


@pytest.mark.parametrize("dark_paper", [False, True])
@pytest.mark.parametrize("size", [2, 5, 14])
def test_numbers_in_photos_are_read(digits, size: int, dark_paper: bool) -> None:
    images, labels = digits
    reader, right = Reader(), 0
    for first in range(0, 60, 3):
        rows = slice(first, first + 3)
        reading = reader.read_picture(photo(images[rows], size, dark_paper, first))
        right += reading.text == "".join(map(str, labels[rows]))
        assert all(0 <= side <= 6 for digit in reading.digits for side in digit.box)
    assert right >= 17


def test_one_digit_of_any_proportion_of_the_picture(digits) -> None:
    images, labels = digits
    reader = Reader()
    for margin in (0, 30, 200):
        hits = [
            reader.read_picture(np.pad(255 - image, margin, constant_values=255)).text == str(label)
            for image, label in zip(images[:30], labels[:30], strict=True)
        ]
        assert sum(hits) >= 28


def test_blank_and_noisy_paper_hold_no_digit() -> None:
    rng = np.random.default_rng(0)
    for blank in (np.full((90, 160), 200, np.uint8), rng.normal(0.8, 0.004, (90, 160)).clip(0, 1)):
        assert Reader().read_picture(blank).digits == ()


def test_ink_is_between_0_and_1_and_large_pictures_become_smaller(digits) -> None:
    ink = ink_of(photo(digits[0][:3], 20, False, 0))
    assert ink.min() == 0.0 and ink.max() == 1.0 and max(ink.shape) <= 400
    assert len(boxes_in(ink)) == 3


@pytest.mark.parametrize(
    ("picture", "got"),
    [
        (np.zeros((3, 3, 3)), r"shape \(3, 3, 3\)"),
        (np.zeros((1, 9)), r"shape \(1, 9\)"),
        (np.full((9, 9), np.nan), "NaN or infinity"),
    ],
)
def test_other_than_a_grey_picture_is_refused(picture: Picture, got: str) -> None:
    with pytest.raises(ValueError, match="ink_of: expected a grey picture.*" + got):
        Reader().read_picture(picture)
