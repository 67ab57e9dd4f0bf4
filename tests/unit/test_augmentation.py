"""Augmentation of images: what it does to them, and its place in a training."""

import copy
from typing import Any

import numpy as np
import pytest

from pynn import (
    SGD,
    Adam,
    Augmentation,
    Conv2D,
    Dense,
    Dropout,
    Flatten,
    Network,
    evaluate,
    fit,
    train,
)
from pynn.augmentation import moved
from pynn.state import StateError

RNG = np.random.default_rng(8)
IMAGES = RNG.random((6, 7, 5, 2))
PIXELS = RNG.integers(0, 256, (40, 36)).astype(np.uint8)
LABELS = RNG.integers(0, 3, 40)
WORDS: dict[str, Any] = {"loss": "cross_entropy", "batch_size": 8, "verbose": False}


def each(number: float, n: int = 6) -> np.ndarray:
    return np.full(n, number)


def put(images: np.ndarray, **words: float) -> np.ndarray:
    """One movement for all."""
    given = {"down": 0.0, "right": 0.0, "turn": 0.0, "size": 1.0} | words
    return moved(images, **{name: each(value, len(images)) for name, value in given.items()})


def test_no_change_is_none_bit_for_bit() -> None:
    np.testing.assert_array_equal(put(IMAGES), IMAGES)
    still = Augmentation(shift=0, turn=0, scale=0)
    np.testing.assert_array_equal(still(IMAGES, RNG), IMAGES)


@pytest.mark.parametrize(("down", "right"), [(1, 0), (0, -2), (3, 2), (-6, 4), (7, 0), (0, -50)])
def test_whole_pixels_are_shifted_and_zeros_come_in(down: int, right: int) -> None:
    wanted = np.zeros_like(IMAGES)
    for row in range(7):
        for column in range(5):
            if 0 <= row - down < 7 and 0 <= column - right < 5:
                wanted[:, row, column] = IMAGES[:, row - down, column - right]
    np.testing.assert_allclose(put(IMAGES, down=down, right=right), wanted, atol=1e-14)


def test_half_a_pixel_is_the_mean_of_two() -> None:
    after = put(IMAGES, right=0.5)
    np.testing.assert_allclose(after[:, :, 1:], (IMAGES[:, :, 1:] + IMAGES[:, :, :-1]) / 2)
    np.testing.assert_allclose(after[:, :, 0], IMAGES[:, :, 0] / 2)


def test_right_angles_turn_clockwise() -> None:
    square = RNG.random((3, 6, 6, 1))
    for quarters in range(5):
        wanted = np.rot90(square, -quarters, axes=(1, 2))
        np.testing.assert_allclose(put(square, turn=90.0 * quarters), wanted, atol=1e-12)


def test_twice_the_size_keeps_the_middle_and_spreads_the_rest() -> None:
    image = np.zeros((1, 9, 9, 1))
    image[0, 4, 6] = 1.0  # two to the right of the middle
    after = put(image, size=2.0)
    assert np.unravel_index(after.argmax(), (9, 9)) == (4, 8)
    assert after.max() == 1.0 and after.sum() > 2.0
    assert put(image, size=0.5)[0, 4, 5] == 1.0


def slow(image: np.ndarray, down: float, right: float, turn: float, size: float) -> np.ndarray:
    """One image, pixel by pixel, with a bilinear look-up written out."""
    height, width = image.shape
    new, angle = np.zeros_like(image), np.deg2rad(turn)

    def at(row: int, column: int) -> float:
        return image[row, column] if 0 <= row < height and 0 <= column < width else 0.0

    for row in range(height):
        for column in range(width):
            y, x = row - (height - 1) / 2 - down, column - (width - 1) / 2 - right
            y, x = (
                (np.cos(angle) * y - np.sin(angle) * x) / size + (height - 1) / 2,
                (np.sin(angle) * y + np.cos(angle) * x) / size + (width - 1) / 2,
            )
            top, left = int(np.floor(y)), int(np.floor(x))
            for r in (top, top + 1):
                for c in (left, left + 1):
                    new[row, column] += (1 - abs(y - r)) * (1 - abs(x - c)) * at(r, c)
    return new


def test_every_image_and_channel_is_moved_by_its_own_numbers() -> None:
    draws = np.random.default_rng(1).uniform(-1, 1, (4, 6))
    down, right, turn, size = 3 * draws[0], 3 * draws[1], 180 * draws[2], 1 + 0.5 * draws[3]
    after = moved(IMAGES, down, right, turn, size)
    for place in range(6):
        for channel in range(2):
            wanted = slow(
                IMAGES[place, :, :, channel], down[place], right[place], turn[place], size[place]
            )
            np.testing.assert_allclose(after[place, :, :, channel], wanted, atol=1e-12)


def test_draws_lie_evenly_within_the_limits() -> None:
    image = np.zeros((4000, 15, 15))
    image[:, 7, 7] = 1.0
    after = Augmentation(shift=3, turn=0, scale=0)(image, np.random.default_rng(0))
    places = np.arange(15) - 7.0
    mass = after.sum(axis=(1, 2))
    np.testing.assert_allclose(mass, 1.0, atol=1e-12)
    both = [np.tensordot(after.sum(axis=axis), places, 1) for axis in (1, 2)]
    assert abs(np.corrcoef(*both)[0, 1]) < 0.05
    for moves in both:
        assert -3 <= moves.min() < -2.9 and 2.9 < moves.max() <= 3
        assert abs(moves.mean()) < 0.1 and moves.std() == pytest.approx(3 / 3**0.5, rel=0.03)


def test_turns_and_sizes_lie_evenly_within_the_limits() -> None:
    places = np.arange(31) - 15.0
    spot = np.exp(-0.5 * (places[:, np.newaxis] ** 2 + (places - 6) ** 2))  # six to the right
    image = np.broadcast_to(spot, (4000, 31, 31))
    after = Augmentation(shift=0, turn=40, scale=0.3)(image, np.random.default_rng(0))
    mass = after.sum(axis=(1, 2))
    x = np.tensordot(after.sum(axis=1), places, 1) / mass
    y = np.tensordot(after.sum(axis=2), places, 1) / mass
    turns, sizes = np.rad2deg(np.arctan2(y, x)), np.hypot(x, y) / 6
    for values, middle, most, error in ((turns, 0, 40, 0.5), (sizes, 1, 0.3, 0.01)):
        assert abs(values.min() - (middle - most)) < error
        assert abs(values.max() - (middle + most)) < error
        assert values.std() == pytest.approx(most / 3**0.5, rel=0.06)
    assert abs(np.corrcoef(turns, sizes)[0, 1]) < 0.05


@pytest.mark.parametrize("dtype", [np.float32, np.float64, np.uint8])
def test_form_and_dtype_stay_and_the_images_too(dtype: Any) -> None:
    for shape in [(4, 6, 6), (4, 6, 6, 1), (4, 6, 6, 3), (4, 36)]:
        images = (255 * RNG.random(shape)).astype(dtype)
        kept = images.copy()
        augment = Augmentation(image_shape=(6, 6) if len(shape) == 2 else None)
        after = augment(images, np.random.default_rng(3))
        assert after.shape == shape and after.dtype == dtype and (after != images).any()
        np.testing.assert_array_equal(images, kept)
        np.testing.assert_array_equal(after, augment(images, np.random.default_rng(3)))


def network(flat: bool = False) -> Network:
    first = [] if flat else [Conv2D(3, 3, "relu"), Flatten()]
    layers = [*first, Dense(40, "tanh"), Dropout(0.2), Dense(3, "softmax")]
    return Network(layers, inputs=36 if flat else (6, 6, 1), seed=1)


def bits(of: Network) -> bytes:
    return b"".join(array.tobytes() for array in of.parameters.values())


@pytest.mark.parametrize("flat", [True, False])
@pytest.mark.parametrize("shuffle", [True, False])
def test_training_changes_what_is_learned_from_and_not_the_set(flat: bool, shuffle: bool) -> None:
    augment = Augmentation(shift=1, image_shape=(6, 6) if flat else None)
    before, runs = PIXELS.copy(), []
    for seed, given in ((1, augment), (1, augment), (2, augment), (1, None)):
        of = network(flat)
        fit(
            of, PIXELS, LABELS, optimizer=Adam(0.01), augment=given, seed=seed, shuffle=shuffle,
            epochs=2, **WORDS,
        )  # fmt: skip
        runs.append(bits(of))
    assert runs[0] == runs[1] and len(set(runs)) == 3
    np.testing.assert_array_equal(PIXELS, before)


def test_batch_is_the_augmented_rows_in_the_set_s_order() -> None:
    augment, seen = Augmentation(shift=1, image_shape=(6, 6)), []

    class Watched(Network):
        def backpropagate(self, x, targets, loss, noise=None):  # type: ignore[no-untyped-def]
            seen.append(x.copy())
            return super().backpropagate(x, targets, loss, noise)

    of = Watched([Dense(3, "softmax")], inputs=36)
    words = WORDS | {"optimizer": SGD(0.1), "shuffle": False}
    fit(of, PIXELS, LABELS, augment=augment, seed=np.random.default_rng(4), **words)
    noise = np.random.default_rng(4)
    for start, batch in zip(range(0, 40, 8), seen, strict=True):
        wanted = augment((PIXELS[start : start + 8] / 255).astype("float32"), noise)
        np.testing.assert_allclose(batch, wanted, rtol=1e-6, atol=1e-7)


def test_what_is_measured_is_measured_on_the_set_as_it_is() -> None:
    of, other = network(), network()
    history = fit(
        of, PIXELS, LABELS, optimizer=SGD(1e-12), augment=Augmentation(),
        validation=(PIXELS, LABELS), **WORDS,
    )  # fmt: skip
    measured = evaluate(other, PIXELS, LABELS, loss="cross_entropy")
    assert history["validation_loss"][0] == pytest.approx(measured.loss, rel=1e-5)


def test_looking_ahead_is_left_where_it_would_see_other_images() -> None:
    def running(augment: Augmentation | None) -> Any:
        return train(
            network(flat=True), PIXELS, LABELS, loss="cross_entropy", optimizer=SGD(0.1),
            batch_size=2, augment=augment,
        )  # fmt: skip

    assert running(None).ahead is not None
    augment = Augmentation(image_shape=(6, 6))
    single, portions = running(augment), running(augment)
    assert portions.ahead is None
    for _ in single:
        pass
    portions.advance(100)
    assert bits(single.network) == bits(portions.network)


def test_ten_times_one_epoch_with_one_generator_is_one_time_ten() -> None:
    ten, one = network(), network()
    rng, optimizer, augment = np.random.default_rng(7), SGD(0.1), Augmentation(shift=1)
    for _ in range(10):
        fit(ten, PIXELS, LABELS, optimizer=optimizer, seed=rng, augment=augment, **WORDS)
    fit(
        one, PIXELS, LABELS, optimizer=SGD(0.1), seed=np.random.default_rng(7), augment=augment,
        epochs=10, **WORDS,
    )  # fmt: skip
    assert bits(ten) == bits(one)


@pytest.mark.parametrize("given", [4, np.random.default_rng(4)])
def test_state_goes_on_bit_by_bit(given: Any) -> None:
    def begin(augment: Augmentation | None) -> Any:
        return train(
            network(), PIXELS, LABELS, loss="cross_entropy", optimizer=Adam(0.01), batch_size=8,
            epochs=None, seed=copy.deepcopy(given), augment=augment,
        )  # fmt: skip

    augment = Augmentation(shift=1)
    whole, stopped, again = (begin(augment) for _ in range(3))
    whole.advance(13)
    stopped.advance(7)
    state = stopped.state()
    again.restore(state)
    for training in (stopped, again, copy.deepcopy(again)):
        training.advance(6)
    assert bits(stopped.network) == bits(again.network) == bits(whole.network)
    with pytest.raises(StateError, match="expected augment"):
        begin(None).restore(state)


NO_IMAGES = (
    "train: expected images (height, width) or (height, width, channels) to augment, got inputs "
    "of shape {}; image_shape=(28, 28) says how rows are images"
)
REFUSED: dict[str, tuple[Any, Any, str]] = {
    "rows": (36, Augmentation(), NO_IMAGES.format("(36,)")),
    "other-rows": (36, Augmentation(image_shape=(6, 5)), NO_IMAGES.format("(36,)")),
    "other-images": ((6, 6), Augmentation(image_shape=(4, 9)), NO_IMAGES.format("(6, 6)")),
    "four-axes": ((6, 3, 2, 1), Augmentation(), NO_IMAGES.format("(6, 3, 2, 1)")),
    "text": (36, "a lot", "train: expected augment as an Augmentation, got 'a lot'"),
    "class": (36, Augmentation, "train: expected augment as an Augmentation, got"),
}


@pytest.mark.parametrize(("inputs", "augment", "sentence"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_image_is_refused_before_anything_changes(
    inputs: Any, augment: Any, sentence: str
) -> None:
    of = Network([Flatten(), Dense(3, "softmax")], inputs=inputs)
    before = bits(of)
    with pytest.raises(ValueError) as caught:
        train(of, PIXELS, LABELS, loss="cross_entropy", optimizer=SGD(0.1), augment=augment)
    assert str(caught.value).startswith(sentence)
    assert bits(of) == before and of.units.pixels is None


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ({"shift": -1}, "Augmentation: expected shift >= 0, got -1"),
        ({"turn": "x"}, "Augmentation: expected turn >= 0, got 'x'"),
        ({"scale": 1}, "Augmentation: expected 0 <= scale < 1, got 1"),
        ({"image_shape": 28}, "Augmentation: expected image_shape as (height, width) or"),
        ({"image_shape": (28,)}, "Augmentation: expected image_shape as (height, width) or"),
        ({"image_shape": (28, 0)}, "Augmentation: expected image_shape as a whole number >= 1"),
    ],
)
def test_word_outside_its_limits_is_refused(words: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ValueError) as caught:
        Augmentation(**words)
    assert str(caught.value).startswith(sentence)


LINE = np.zeros((1, 9, 9))
LINE[0, :, 4] = 1.0


def test_thickness_makes_lines_thicker_and_thinner_and_never_brighter() -> None:
    augment = Augmentation(shift=0, turn=0, scale=0, thickness=0.9)
    ink = [augment(LINE, np.random.default_rng(seed)).sum() for seed in range(40)]
    assert min(ink) < 0.6 * LINE.sum() and max(ink) > 2.0 * LINE.sum()
    changed = augment(np.repeat(LINE, 50, axis=0), np.random.default_rng(0))
    assert changed.min() >= 0.0 and changed.max() <= 1.0
    assert (changed[:, :, :3] == 0).all() and (changed[:, :, 6:] == 0).all(), "a pixel at most"


def test_noise_has_the_deviation_asked_for_and_bytes_stay_bytes() -> None:
    augment = Augmentation(shift=0, turn=0, scale=0, noise=0.1)
    half = np.full((20, 20, 20), 0.5)
    changed = augment(half, np.random.default_rng(0))
    assert changed.std() == pytest.approx(0.1, rel=0.05) and changed.mean() == pytest.approx(
        0.5, abs=0.01
    )
    pixels = augment(np.full((20, 20, 20), 250, np.uint8), np.random.default_rng(0))
    assert pixels.dtype == np.uint8 and pixels.max() == 255 and 15 < pixels.std() < 26


def test_what_is_not_asked_for_draws_nothing() -> None:
    rng, other = np.random.default_rng(3), np.random.default_rng(3)
    one = Augmentation(shift=1)(LINE, rng)
    np.testing.assert_array_equal(one, Augmentation(shift=1, thickness=0, noise=0)(LINE, other))
    assert rng.bit_generator.state == other.bit_generator.state
