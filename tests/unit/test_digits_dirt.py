"""`digits.normalize` with dirt: noise and specks change nothing, separate strokes stay."""

from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from pynn.datasets import read_idx
from pynn.digits import BOX, SIDE, normalize, shrink

Bytes = npt.NDArray[np.uint8]
# The side of the drawing pad's picture.
PAD = 280


@pytest.fixture(scope="module")
def images(mnist_folder: Path) -> Bytes:
    return read_idx(mnist_folder / "t10k-images-idx3-ubyte")[:120]


@pytest.fixture(scope="module")
def drawings(images: Bytes) -> list[Bytes]:
    """Digits as large as on the pad, of full ink with soft edges."""
    return [drawn(image) for image in images]


def drawn(image: Bytes) -> Bytes:
    large = np.kron(image >= 128, np.full((11, 11), 255.0))
    return np.round(shrink(large, PAD / len(large))).astype(np.uint8)


def noisy(drawing: Bytes, strongest: int, rng: np.random.Generator) -> Bytes:
    noise = rng.integers(-strongest, strongest + 1, drawing.shape)
    return np.clip(drawing + noise, 0, 255).astype(np.uint8)


def corners(side: int, speck: int) -> list[tuple[slice, slice]]:
    ends = slice(0, speck), slice(side - speck, side)
    return [(rows, columns) for rows in ends for columns in ends]


def inked(picture: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    rows, columns = np.flatnonzero(picture.any(1)), np.flatnonzero(picture.any(0))
    return picture[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def assert_nothing_left_out(ink: npt.NDArray[np.float64]) -> None:
    """All ink was fitted into the box, to the bit."""
    box = inked(ink)
    digit = shrink(box, BOX / max(box.shape))
    wanted = (digit / digit.max()).astype(np.float32)
    np.testing.assert_array_equal(inked(normalize(ink).reshape(SIDE, SIDE)), wanted)


def assert_left_out(ink: npt.NDArray[np.float64], dirt: npt.NDArray[np.float64]) -> None:
    assert not (ink * dirt).any()
    np.testing.assert_array_equal(normalize(ink + dirt), normalize(ink))


def bars(*boxes: tuple[int, int, int, int], side: int = PAD) -> npt.NDArray[np.float64]:
    """Full ink in each box of (top, left, height, width)."""
    ink = np.zeros((side, side))
    for top, left, height, width in boxes:
        ink[top : top + height, left : left + width] = 1.0
    return ink


def test_clean_drawings_lose_nothing(drawings: list[Bytes]) -> None:
    for drawing in drawings:
        assert_nothing_left_out(drawing / 255.0)
        np.testing.assert_array_equal(normalize(drawing), normalize(drawing / 255.0))


@pytest.mark.parametrize("strongest", [1, 3, 8, 25])
def test_noise_all_over_changes_next_to_nothing(
    strongest: int, drawings: list[Bytes], rng: np.random.Generator
) -> None:
    for drawing in drawings:
        difference = np.abs(normalize(noisy(drawing, strongest, rng)) - normalize(drawing))
        # What is left is the noise on the ink itself, evened out over many pixels.
        assert difference.max() < 0.03 and difference.mean() < 0.005


@pytest.mark.parametrize("strongest", [1, 3, 8])
def test_noise_on_images_of_28_by_28_is_not_carried_along(
    strongest: int, images: Bytes, rng: np.random.Generator
) -> None:
    same = 0
    for image in images:
        got, clean = normalize(noisy(image, strongest, rng)), normalize(image)
        assert abs(np.count_nonzero(got) - np.count_nonzero(clean)) < 25  # of 784
        same += np.abs(got - clean).max() < 3 * strongest / 255
    assert same / len(images) > 0.95  # in the others the centre of mass is rounded the other way


def test_noise_ends_at_a_tenth_of_the_darkest_ink() -> None:
    digit = bars((40, 40, 100, 30))
    far = bars((150, 200, 100, 40))
    assert_left_out(digit, 0.09 * far)
    assert_nothing_left_out(digit + 0.11 * far)
    assert_left_out(0.3 * digit, 0.027 * far)  # what counts is how dark the drawing is
    assert_nothing_left_out(0.3 * digit + 0.033 * far)
    np.testing.assert_array_equal(normalize(0.3 * far), normalize(far))


def test_soft_edges_as_faint_as_noise_stay() -> None:
    ink = bars((40, 40, 200, 60))
    for step, shade in enumerate((0.09, 0.05, 0.02), start=1):
        ink[40 - step, 40:100] = ink[40:240, 99 + step] = shade
    assert_nothing_left_out(ink)


@pytest.mark.parametrize("speck", [1, 3, 6, 10])
def test_a_speck_in_a_corner_changes_not_a_bit(speck: int, drawings: list[Bytes]) -> None:
    for drawing in drawings:
        for corner in corners(PAD, speck):
            dirty = drawing.copy()
            dirty[corner] = 255
            np.testing.assert_array_equal(normalize(dirty), normalize(drawing))


@pytest.mark.parametrize("pixel", [20, 50, 100])
def test_specks_on_a_photo_change_not_a_bit(pixel: int, images: Bytes) -> None:
    for image in images[:4]:
        photo = np.kron(image, np.ones((pixel, pixel), np.uint8))
        dirty = photo.copy()
        for corner in corners(len(photo), 6):
            dirty[corner] = 255
        np.testing.assert_array_equal(normalize(dirty), normalize(photo))


def test_noise_and_a_frame_of_specks_change_next_to_nothing(
    drawings: list[Bytes], rng: np.random.Generator
) -> None:
    for drawing in drawings:
        dirty = np.pad(drawing, 40)
        for place in range(0, len(dirty), 40):
            dirty[place : place + 4, :4] = dirty[-4:, place : place + 4] = 255
        difference = np.abs(normalize(noisy(dirty, 8, rng)) - normalize(drawing))
        assert difference.max() < 0.03 and difference.mean() < 0.005


def test_a_speck_darker_than_the_digit_is_left_out_as_well() -> None:
    assert_left_out(0.2 * bars((40, 40, 100, 30)), bars((270, 270, 6, 6)))


def test_a_stray_dot_far_from_a_small_digit_is_left_out() -> None:
    seven = bars((40, 40, 8, 45), (48, 77, 60, 8))
    for place in (150, 200, 260):
        assert_left_out(seven, bars((place, place, 12, 12)))


def test_the_further_off_a_part_the_larger_it_must_be() -> None:
    digit = bars((40, 40, 200, 40))  # a part of a hundredth of it may be a tenth of 200 away
    for share, side, near, far in ((0.005, 6, 8, 25), (0.05, 20, 35, 60), (0.2, 40, 75, 110)):
        assert side * side / digit.sum() == pytest.approx(share, rel=0.15)
        assert_nothing_left_out(digit + bars((40, 80 + near, side, side)))
        assert_left_out(digit, bars((40, 80 + far, side, side)))


def test_a_speck_beside_a_heavy_digit_is_left_out() -> None:
    assert_left_out(bars((20, 20, 240, 112)), bars((100, 141, 1, 1)))


def test_a_part_of_half_the_digit_is_no_speck_however_far_off() -> None:
    small = bars((10, 10, 100, 20), side=600)
    assert_nothing_left_out(small + bars((500, 560, 65, 20), side=600))
    assert_left_out(small, bars((500, 560, 35, 20), side=600))


STROKES = {
    "bar of a 5": bars((30, 90, 20, 90), (70, 70, 80, 20), (130, 90, 20, 80), (150, 160, 80, 9)),
    "a broken 4": bars((40, 60, 90, 20), (140, 60, 20, 80), (70, 160, 80, 20), (175, 160, 60, 20)),
    "two strokes of a 7": bars((40, 60, 20, 130), (65, 170, 170, 20), (130, 200, 14, 40)),
    "a dot close by": bars((40, 60, 180, 20), (206, 92, 12, 12)),
    "a small 1": bars((100, 100, 25, 4)),
    "a short dash": bars((100, 100, 3, 22)),
    "dots in a row": bars(*((top, 100, 8, 8) for top in range(20, 260, 16))),
    "dashes": bars(*((top, 100, 20, 12) for top in range(20, 240, 40)), (220, 120, 12, 60)),
    "two thin lines": bars((40, 60, 180, 1), (40, 90, 180, 1)),
}  # fmt: skip


@pytest.mark.parametrize("ink", STROKES.values(), ids=STROKES)
@pytest.mark.parametrize("strength", [1.0, 0.12])
def test_separate_strokes_stay(ink: npt.NDArray[np.float64], strength: float) -> None:
    assert_nothing_left_out(strength * ink)
    assert_left_out(strength * ink, strength * bars((0, 278, 2, 2)))


def test_a_dropped_out_pen_stays_in_all_its_dashes(drawings: list[Bytes]) -> None:
    for drawing in drawings:
        broken = drawing / 255.0
        for row in range(8):
            broken[row::24] = 0.0
        assert_nothing_left_out(broken)


def test_ink_that_fits_the_box_keeps_its_specks() -> None:
    ink = np.zeros((40, 40))
    ink[5:25, 5:8] = 1.0
    ink[5, 24] = 1.0  # 20 columns, as in some of MNIST's images
    assert_nothing_left_out(ink)
    ink[5, 24], ink[5, 25] = 0.0, 1.0  # 21
    np.testing.assert_array_equal(normalize(ink), normalize(ink[:, :20]))


def test_ink_that_fits_the_box_may_be_fainter() -> None:
    ink = np.zeros((28, 28))
    ink[4:24, 10:13] = 1.0
    faint = np.zeros_like(ink)
    faint[8:16, 17:19] = 1.0
    assert_nothing_left_out(ink + 0.06 * faint)
    assert_left_out(ink, 0.04 * faint)
    twice = np.ones((2, 2))
    assert_left_out(np.kron(ink, twice), 0.06 * np.kron(faint, twice))


def test_bytes_of_0_and_1_are_a_mask(drawings: list[Bytes]) -> None:
    for drawing in drawings[:20]:
        mask = (drawing >= 128).astype(np.uint8)
        np.testing.assert_array_equal(normalize(mask), normalize(mask.astype(float)))
        np.testing.assert_array_equal(normalize(mask), normalize(mask == 1))
        mask[-1, -1] = 1
        np.testing.assert_array_equal(normalize(mask), normalize(mask * np.uint8(255)))
    assert (normalize(np.ones((9, 9), np.uint8)) == 1.0).sum() == BOX * BOX
    assert not normalize(np.full((9, 9), 2, np.uint8)).any()  # pixels: less than a trace of ink


def test_dirt_is_left_out_of_numbers_as_of_bytes(
    drawings: list[Bytes], rng: np.random.Generator
) -> None:
    for drawing in drawings[:20]:
        dirty = noisy(drawing, 5, rng)
        dirty[:6, :6] = 255
        wanted = normalize(dirty)
        np.testing.assert_array_equal(normalize(dirty / 255.0), wanted)
        np.testing.assert_allclose(normalize((dirty / 255.0).astype(np.float32)), wanted, atol=1e-6)


def test_caller_keeps_the_dirt(rng: np.random.Generator) -> None:
    dirty = noisy(np.zeros((100, 100), np.uint8), 3, rng)
    dirty[20:80, 40:50], dirty[:2, :2] = 255, 255
    kept = dirty.copy()
    normalize(dirty)
    np.testing.assert_array_equal(dirty, kept)
