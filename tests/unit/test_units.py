"""Bytes are pixels, other numbers are themselves, and whoever mixes them up is told."""

import copy
import io
from typing import Any

import numpy as np
import pytest

from pynn import (
    SGD,
    Adam,
    Dense,
    Network,
    SquaredError,
    accuracy,
    evaluate,
    fit,
    load,
    save,
    train_step,
)
from pynn.datasets import xor

RNG = np.random.default_rng(4)
PIXELS = RNG.integers(0, 256, (60, 6)).astype(np.uint8)
CLASSES = (PIXELS[:, 0] > 127).astype(int)
WORDS: dict[str, Any] = {"loss": "cross_entropy", "verbose": False, "epochs": 3}


def learned(x: object) -> Network:
    network = Network([Dense(4, "tanh"), Dense(2, "softmax")], inputs=6)
    fit(network, x, CLASSES, optimizer=SGD(0.1), **WORDS)  # type: ignore[arg-type]
    return network


@pytest.mark.parametrize(
    "same",
    [PIXELS.tolist(), PIXELS.astype(int), PIXELS.astype("uint16"), PIXELS.astype(float)],
    ids=["list", "int64", "uint16", "float64"],
)
def test_pixels_as_other_numbers_are_refused_by_a_network_that_learned_bytes(same: Any) -> None:
    network = learned(PIXELS)
    sentence = r"^Network: expected pixels as it learned from, bytes \(uint8\) or numbers from 0 to"
    for ask in (
        lambda: network.predict(same),
        lambda: accuracy(network, same, CLASSES),
        lambda: evaluate(network, same, CLASSES, loss="cross_entropy"),
        lambda: fit(network, same, CLASSES, optimizer=SGD(0.1), **WORDS),
        lambda: train_step(network, same, CLASSES, "cross_entropy", SGD(0.1)),
    ):
        with pytest.raises(ValueError, match=sentence):
            ask()


def test_bytes_and_their_shares_of_255_get_the_same_answers_noise_is_no_reason_to_refuse() -> None:
    network = learned(PIXELS)
    np.testing.assert_allclose(network.predict(PIXELS), network.predict(PIXELS / 255), atol=1e-6)
    network.predict(PIXELS / 255 + RNG.normal(0.0, 0.5, PIXELS.shape))
    network.predict(np.zeros((1, 6), int))
    network.predict(np.full((1, 6), 9, np.uint8))  # a faint image is one all the same


@pytest.mark.parametrize("numbers", [PIXELS.astype(float), PIXELS.tolist(), PIXELS / 80.0 - 1.0])
def test_bytes_are_refused_by_a_network_that_learned_other_numbers(numbers: Any) -> None:
    network = learned(numbers)
    network.predict(numbers)
    with pytest.raises(
        ValueError, match=r"^Network: expected numbers as it learned from, got byte"
    ):
        network.predict(PIXELS)


def test_numbers_from_0_to_1_and_bytes_mean_the_same() -> None:
    network = learned(PIXELS / 255)
    np.testing.assert_allclose(network.predict(PIXELS), network.predict(PIXELS / 255), atol=1e-6)


def test_xor_in_bytes_is_refused_and_as_any_other_number_it_learns() -> None:
    x, y = xor()
    network = Network([Dense(8, "tanh"), Dense(1, "sigmoid")], inputs=2, seed=1)
    words = {"loss": "binary_cross_entropy", "epochs": 200, "batch_size": 4, "verbose": False}
    optimizer = Adam(0.03)
    with pytest.raises(ValueError, match=r"got none above 1; x.astype"):
        fit(network, x.astype(np.uint8), y, optimizer=optimizer, **words)
    fit(network, x.astype(int), y, optimizer=optimizer, **words)
    assert accuracy(network, x, y) == 1.0
    with pytest.raises(ValueError, match=r"got none above 1; x.astype"):
        network.predict(x.astype(np.uint8))


@pytest.mark.parametrize(("most", "refused"), [(31, True), (32, False), (0, False)])
def test_bytes_are_a_picture_from_32_on(most: int, refused: bool) -> None:
    x = np.array([[0, 0, 0, 0, 0, most]], np.uint8)
    network = Network([Dense(2, "softmax")], inputs=6)
    if refused:
        with pytest.raises(ValueError, match=r"got none above 31"):
            network.predict(x)
    else:
        network.predict(x)


def test_faint_rows_among_bright_ones_are_no_matter_however_they_are_cut() -> None:
    x = np.zeros((1500, 6), np.uint8)
    x[:, 0], x[0, 1] = 3, 255  # only the first thousand holds a bright one
    Network([Dense(2, "softmax")], inputs=6).predict(x)


def test_validation_in_other_units_is_refused_before_anything_is_trained() -> None:
    network, optimizer = Network([Dense(2, "softmax")], inputs=6), SGD(0.1)
    before = network.predict(PIXELS)
    with pytest.raises(ValueError, match=r"^Network: expected pixels as it learned from"):
        held = (PIXELS.tolist(), CLASSES)
        fit(network, PIXELS, CLASSES, optimizer=optimizer, validation=held, **WORDS)
    np.testing.assert_array_equal(network.predict(PIXELS), before)
    assert network.units.pixels is None and optimizer.updates == 0


def test_one_step_scales_and_checks_as_a_training_does() -> None:
    one, other = (Network([Dense(2)], inputs=6, dtype="float64") for _ in range(2))
    y = np.eye(2)[CLASSES]
    values = [
        train_step(network, x, y, SquaredError(), SGD(0.1))
        for network, x in ((one, PIXELS), (other, PIXELS / 255))
    ]
    assert values[0] == pytest.approx(values[1], rel=1e-12)
    np.testing.assert_allclose(*(n.parameters["dense_1.weights"] for n in (one, other)))
    with pytest.raises(ValueError, match=r"^train_step: expected as many targets as examples"):
        train_step(one, PIXELS, y[:-1], SquaredError(), SGD(0.1))


def test_copies_remember() -> None:
    network = copy.deepcopy(learned(PIXELS))
    with pytest.raises(ValueError, match=r"as it learned from"):
        network.predict(PIXELS.tolist())


def saved_and_loaded(network: Network) -> Network:
    save(network, content := io.BytesIO())
    return load(io.BytesIO(content.getvalue()))


@pytest.mark.parametrize(
    ("x", "other", "sentence"),
    [
        (PIXELS, PIXELS.tolist(), "expected pixels as it learned from"),
        (PIXELS.tolist(), PIXELS, "expected numbers as it learned from"),
        (PIXELS / 255, None, None),
    ],
    ids=["bytes", "numbers", "between 0 and 1"],
)
def test_a_loaded_network_takes_and_refuses_what_the_saved_one_did(
    x: Any, other: Any, sentence: str | None
) -> None:
    network = learned(x)
    loaded = saved_and_loaded(network)
    assert loaded.units.pixels is network.units.pixels
    for one in (network, loaded):
        if sentence:
            for ask in (one.predict, lambda rows, one=one: accuracy(one, rows, CLASSES)):
                with pytest.raises(ValueError, match=sentence):
                    ask(other)
            with pytest.raises(ValueError, match=sentence):
                fit(one, other, CLASSES, optimizer=SGD(0.1), **WORDS)
        fit(one, x, CLASSES, optimizer=SGD(0.1), **WORDS)
        one.predict(PIXELS if one.units.pixels is None else x)
    np.testing.assert_array_equal(loaded.predict(x), network.predict(x))


def test_a_loaded_network_that_has_learned_nothing_yet_learns_what_it_is_given() -> None:
    loaded = saved_and_loaded(Network([Dense(2, "softmax")], inputs=6))
    assert loaded.units.pixels is None
    fit(loaded, PIXELS, CLASSES, optimizer=SGD(0.1), **WORDS)
    assert loaded.units.pixels is True and saved_and_loaded(loaded).units.pixels is True
