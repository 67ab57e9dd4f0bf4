"""`digits.normalize`: MNIST's own images stay, and a drawing's place and size do not count."""

from pathlib import Path

import numpy as np
import pytest

from pynn.datasets import read_idx
from pynn.digits import BOX, SIDE, coverage, normalize, shrink


def image(ink: np.ndarray) -> np.ndarray:
    """The normalized drawing, with what holds for every one of them checked."""
    flat = normalize(ink)
    assert flat.shape == (784,) and flat.dtype == np.float32
    assert np.isfinite(flat).all() and flat.min() >= 0.0 and flat.max() in (0.0, 1.0)
    square = flat.reshape(SIDE, SIDE)
    inked = np.argwhere(square > 0)
    if len(inked):
        height, width = np.ptp(inked, axis=0) + 1
        assert max(height, width) <= BOX
    return square


def centre(square: np.ndarray) -> np.ndarray:
    return (np.indices(square.shape) * square).sum(axis=(1, 2)) / square.sum()


def seven(size: int, top: int = 0, left: int = 0, side: int = 400) -> np.ndarray:
    """A 7 of about `size` pixels, its strokes an eighth of that wide."""
    ink = np.zeros((side, side))
    thick = size // 8
    ink[top : top + thick, left : left + size * 3 // 4] = 1.0
    for row in range(size):
        across = left + (size * 3 // 4 - thick) - row // 2
        ink[top + row, across : across + thick] = 1.0
    return ink


def test_mnist_test_images_come_back_unchanged(mnist_folder: Path) -> None:
    images = read_idx(mnist_folder / "t10k-images-idx3-ubyte")[:2000]
    same = 0
    for pixels in images:
        scaled = pixels / pixels.max()  # a drawing's darkest place becomes full ink
        same += np.abs(image(pixels) - scaled).max() < 1e-6
    assert same / len(images) > 0.995  # 99.8 % of all 10,000


def test_mnist_training_images_come_back_unchanged(mnist_folder: Path) -> None:
    images = read_idx(mnist_folder / "train-images-idx3-ubyte")[30_000:30_500]
    same = sum(np.abs(image(p) - p / p.max()).max() < 1e-6 for p in images)
    assert same / len(images) > 0.99


def test_same_drawing_elsewhere_gives_the_same_bits() -> None:
    wanted = image(seven(160, 10, 70))
    for top, left in ((0, 60), (200, 100), (239, 279), (13, 171)):
        np.testing.assert_array_equal(image(seven(160, top, left)), wanted)
    np.testing.assert_array_equal(image(np.pad(seven(160, 10, 70), ((5, 300), (77, 0)))), wanted)


@pytest.mark.parametrize("size", [80, 120, 240, 320])
def test_same_drawing_in_another_size_gives_nearly_the_same(size: int) -> None:
    difference = np.abs(image(seven(size, 3, 60)) - image(seven(160, 3, 60)))
    assert difference.mean() < 0.02 and centre(difference).shape == (2,)


def test_bytes_give_the_same_as_shares() -> None:
    pixels = (seven(160, 10, 70) * np.linspace(40, 255, 400)).astype(np.uint8)
    np.testing.assert_array_equal(normalize(pixels), normalize(pixels / 255.0))
    flags = seven(160, 10, 70) > 0
    np.testing.assert_array_equal(normalize(flags), normalize(flags.astype(float)))
    np.testing.assert_array_equal(normalize(flags.astype(int)), normalize(flags.tolist()))
    np.testing.assert_array_equal(normalize(flags), normalize(flags.astype(int)))


def test_faint_drawing_gives_the_same_as_a_strong_one() -> None:
    strong = seven(160, 10, 70)
    np.testing.assert_allclose(image(strong * 0.2), image(strong), atol=1e-6)


def test_faintest_traces_are_no_drawing() -> None:
    assert not image(np.full((50, 50), 0.01)).any()
    assert image(np.full((50, 50), 0.011)).any()


@pytest.mark.parametrize("shape", [(1, 1), (28, 28), (1000, 3), (3, 1000)])
def test_blank_drawing_gives_zeros(shape: tuple[int, int]) -> None:
    assert not image(np.zeros(shape)).any()
    assert not image(np.zeros(shape, np.uint8)).any()


@pytest.mark.parametrize(
    "shape", [(1, 1), (2, 5), (27, 29), (28, 28), (280, 280), (1000, 3), (3, 1000)]
)
def test_all_ink_fills_the_box_and_is_centred(shape: tuple[int, int]) -> None:
    square = image(np.ones(shape))
    height, width = (max(1, round(side * BOX / max(shape))) for side in shape)
    inked = np.argwhere(square > 0)
    assert (np.ptp(inked, axis=0) + 1).tolist() == [height, width]
    np.testing.assert_allclose(square[square > 0], 1.0, rtol=1e-6)
    # MNIST's centre of mass is the corner between the middle pixels, or half a pixel from it.
    assert np.abs(centre(square) - 14).max() <= 0.5 + 1e-9


def test_one_dot_becomes_a_full_box_wherever_it_lies() -> None:
    ink = np.zeros((300, 200))
    ink[299, 0] = 0.5
    square = image(ink)
    assert (square == 1.0).sum() == BOX * BOX


def test_thin_lines_reach_full_ink_and_their_full_length() -> None:
    ink = np.zeros((500, 500))
    ink[100:400, 250] = 1.0  # a pen of one pixel of 500: less than a tenth of a pixel of 28
    square = image(ink)
    assert (square == 1.0).sum() == BOX and np.ptp(np.argwhere(square > 0)[:, 0]) == BOX - 1
    diagonal = image(np.eye(600))
    assert diagonal.max() == 1.0 and np.count_nonzero(diagonal) >= BOX
    np.testing.assert_allclose(diagonal, diagonal.T, atol=1e-6)


def test_lopsided_ink_is_centred_by_mass_not_by_box() -> None:
    ink = np.zeros((100, 100))
    ink[:, :50] = 1.0
    ink[40:60, :] = 1.0
    square = image(ink)
    assert np.abs(centre(square) - 14).max() <= 0.5
    columns = np.argwhere(square > 0)[:, 1]
    assert (columns.min() + columns.max()) / 2 > 14.5  # the box itself is off to the right


def test_ink_too_lopsided_to_centre_stays_whole_at_the_edge() -> None:
    ink = np.zeros((200, 200))
    ink[:20, :20] = 1.0
    ink[-1, :] = ink[:, -1] = 0.5  # a faint frame far from nearly all of the mass
    square = image(ink)
    inked = np.argwhere(square > 0)
    assert (np.ptp(inked, axis=0) + 1).tolist() == [BOX, BOX] and inked.max() == SIDE - 1


def test_random_drawings_of_all_sizes_hold_the_promises(rng: np.random.Generator) -> None:
    for _ in range(200):
        shape = rng.integers(1, 120, 2)
        ink = rng.random(shape) * (rng.random(shape) < rng.random() ** 3)
        image(ink)


def test_caller_keeps_the_drawing() -> None:
    ink = seven(160, 10, 70)
    kept = ink.copy()
    normalize(ink)
    np.testing.assert_array_equal(ink, kept)


SHAPE = "normalize: expected a drawing of shape (height, width), got "
REFUSED = {
    "flat": (np.zeros(784), SHAPE + "(784,)"),
    "three-axes": (np.zeros((1, 28, 28)), SHAPE + "(1, 28, 28)"),
    "number": (0.5, SHAPE + "()"),
    "empty": (np.zeros((0, 28)), SHAPE + "(0, 28)"),
    "text": ([["a"]], "normalize: expected ink as numbers, got text"),
    "objects": ([[None]], "normalize: expected ink as numbers, got objects"),
    "ragged": (
        [[0.0, 1.0], [1.0]], "normalize: expected ink as numbers, got rows of different lengths"
    ),
    "above": ([[0.0, 1.5]], "normalize: expected ink between 0 and 1, got 0 to 1.5"),
    "below": ([[-0.1, 1.0]], "normalize: expected ink between 0 and 1, got -0.1 to 1"),
    "bytes-as-int": ([[0, 255]], "normalize: expected ink between 0 and 1, got 0 to 255"),
    "nan": ([[0.0, np.nan]], "normalize: expected ink between 0 and 1, got nan to nan"),
    "infinite": ([[0.0, np.inf]], "normalize: expected ink between 0 and 1, got 0 to inf"),
}  # fmt: skip


@pytest.mark.parametrize(("ink", "sentence"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_drawing_is_refused(ink, sentence: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ValueError) as caught:
        normalize(ink)
    assert str(caught.value) == sentence


@pytest.mark.parametrize(
    ("new", "old"), [(1, 1), (1, 7), (20, 20), (20, 33), (20, 7), (3, 1), (7, 1000)]
)
def test_coverage_spreads_all_of_the_old_over_all_of_the_new(new: int, old: int) -> None:
    shares = coverage(new, old)
    assert shares.shape == (new, old) and shares.min() >= 0
    np.testing.assert_allclose(shares.sum(axis=1), 1.0, rtol=1e-12)  # each new pixel is a mean
    np.testing.assert_allclose(shares.sum(axis=0), new / old, rtol=1e-9)  # nothing is left out


def test_shrink_keeps_the_mean_of_exact_blocks(rng: np.random.Generator) -> None:
    drawing = rng.random((40, 60))
    blocks = drawing.reshape(10, 4, 15, 4).mean(axis=(1, 3))
    np.testing.assert_allclose(shrink(drawing, 0.25), blocks, rtol=1e-12)
    assert shrink(np.ones((1000, 3)), 0.02).shape == (20, 1)
