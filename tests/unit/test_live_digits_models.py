"""Using the digits network: drawings at any time, model files there and back."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pynn import SGD, Conv2D, Dense, Flatten, MaxPool2D, Network, accuracy, fit
from pynn.datasets import mnist
from pynn.files import to_bytes
from pynn.layers import Layer, Shape
from pynn.live import Desk, Frame

QUICK = {"subset": "1000", "architecture": "784-32-10", "epochs": 2}


@pytest.fixture
def desk(small_mnist: Path) -> Desk:
    return Desk(small_mnist)


def advance(desk: Desk, **args: Any) -> Frame:
    return desk.call("digits", "advance", {"milliseconds": 60_000} | args)


def opened(desk: Desk, **settings: Any) -> Frame:
    return desk.call("digits", "open", QUICK | settings)


def ink_of(image: np.ndarray) -> dict[str, Any]:
    return {"side": 28, "ink": image.astype(np.uint8).tobytes()}


def recognised(desk: Desk, image: np.ndarray) -> Frame:
    return desk.call("digits", "recognise", ink_of(image))


def test_recognising_works_before_during_and_after_training(desk: Desk, small_mnist: Path) -> None:
    _, (x, y) = mnist(small_mnist, train=1000)
    opened(desk, epochs=3)
    untrained = recognised(desk, x[0])
    assert untrained.head["answer"] in range(10)
    assert untrained.array("probabilities").sum() == pytest.approx(1.0, rel=1e-5)
    for _ in range(20):
        advance(desk, milliseconds=0)
        recognised(desk, x[1])
    advance(desk)
    right = 0
    for image, label in zip(x[:100], y[:100], strict=True):
        frame = recognised(desk, image)
        right += frame.head["answer"] == label
        assert frame.array("probabilities").argmax() == frame.head["answer"]
        np.testing.assert_allclose(frame.array("input"), image / image.max(), atol=1e-6)
    assert right >= 80


def test_recognising_meanwhile_does_not_change_the_training(desk: Desk, small_mnist: Path) -> None:
    _, (x, _) = mnist(small_mnist, train=1000)
    blobs = []
    for draws in (False, True):
        opened(desk)
        while advance(desk, milliseconds=0).head["status"] != "finished":
            if draws:
                recognised(desk, x[2])
        blobs.append(desk.call("digits", "save", {}).blob)
    assert blobs[0] == blobs[1]


@pytest.mark.parametrize("side", [1, 28, 280, 2000])
def test_blank_drawing_has_no_answer_and_any_size_will_do(desk: Desk, side: int) -> None:
    opened(desk)
    blank = desk.call("digits", "recognise", {"side": side, "ink": bytes(side * side)})
    assert blank.head["answer"] is None and not blank.array("input").any()
    full = desk.call("digits", "recognise", {"side": side, "ink": b"\xff" * (side * side)})
    assert full.head["answer"] in range(10) and full.array("input").sum() == 400


def saved_by(network: Network) -> dict[str, Any]:
    return {"model": to_bytes(network)}


def test_saved_model_loads_with_the_same_answers(desk: Desk, small_mnist: Path) -> None:
    opened(desk)
    trained = advance(desk).head
    _, (x, _) = mnist(small_mnist, train=1000)
    before = recognised(desk, x[0]).array("probabilities").copy()
    blob = desk.call("digits", "save", {}).blob
    opened(desk, architecture="784-10", seed=5)
    frame = desk.call("digits", "load", {"model": blob})
    assert frame.head["layers"] == [784, 32, 10] and frame.head["loaded"] is True
    assert (frame.head["status"], frame.head["epoch"]) == ("ready", 0.0)
    assert frame.head["test_accuracy"] == trained["test_accuracy"]
    assert frame.array("confusion").sum() == 1000
    np.testing.assert_array_equal(recognised(desk, x[0]).array("probabilities"), before)
    assert desk.call("digits", "save", {}).blob == blob
    assert advance(desk).head["status"] == "finished"  # and it trains on
    assert desk.call("digits", "reset", {}).head["loaded"] is False


WRONG = {
    "inputs": Network([Dense(10, "softmax")], 783),
    "outputs": Network([Dense(11, "softmax")], 784),
    "activation": Network([Dense(10, "sigmoid")], 784),
    "channels": Network([Conv2D(1, 27), Flatten(), Dense(10, "softmax")], (28, 28, 2)),
    "larger": Network([Flatten(), Dense(10, "softmax")], (56, 56)),
    "other sides": Network([Flatten(), Dense(10, "softmax")], (14, 56)),
}


@pytest.mark.parametrize("network", WRONG.values(), ids=WRONG)
def test_model_of_another_shape_is_refused_and_the_old_stays(desk: Desk, network: Network) -> None:
    opened(desk)
    advance(desk, milliseconds=0)
    before = desk.call("digits", "save", {}).blob
    error = desk.call("digits", "load", saved_by(network)).head["error"]
    assert (error["type"], error["code"]) == ("ModelFileError", "wrong_shape")
    assert desk.call("digits", "save", {}).blob == before
    assert advance(desk, milliseconds=0).head["step"] == 2


def test_model_that_learned_from_other_numbers_is_refused_and_the_old_stays(desk: Desk) -> None:
    opened(desk)
    before = desk.call("digits", "save", {}).blob
    network = Network([Dense(10, "softmax")], 784)
    x = np.random.default_rng(0).normal(size=(20, 784))
    fit(network, x, np.arange(20) % 10, loss="cross_entropy", optimizer=SGD(0.01), epochs=1)
    error = desk.call("digits", "load", saved_by(network)).head["error"]
    assert (error["type"], error["code"]) == ("ModelFileError", "not_pixels")
    assert desk.call("digits", "save", {}).blob == before


@pytest.mark.parametrize(
    "network",
    [
        Network([Flatten(), Dense(10, "softmax")], 784),
        Network([Dense(3, "tanh", bias=False), Dense(10, "softmax", l2=0.1)], 784),
        Network([Dense(40, "relu"), Dense(10, "softmax")], 784, dtype="float64"),
        Network([Dense(10, "softmax")], 784),
    ],
    ids=["flatten", "no-bias", "float64", "smallest"],
)
def test_other_models_of_the_right_shape_load_and_train(desk: Desk, network: Network) -> None:
    opened(desk)
    frame = desk.call("digits", "load", saved_by(network))
    assert "error" not in frame.head and frame.head["layers"][-1] == 10
    assert advance(desk, weights=True, confusion=True).head["status"] == "finished"


CONVOLUTIONS: dict[str, tuple[list[Layer], Shape, list[Any]]] = {
    "channels last": (
        [Conv2D(4, 3, "relu"), MaxPool2D(2), Flatten()],
        (28, 28, 1),
        [[28, 28, 1], [26, 26, 4], [13, 13, 4], 676, 10],
    ),
    "same padding": (
        [Conv2D(40, 5, "tanh", padding="same"), MaxPool2D(7), Flatten()],
        (28, 28, 1),
        [[28, 28, 1], [28, 28, 40], [4, 4, 40], 640, 10],
    ),
    "no channels": ([Flatten()], (28, 28), [[28, 28], 784, 10]),
    "rows as channels": (
        [Conv2D(2, 1), Flatten()],
        (1, 28, 28),
        [[1, 28, 28], [1, 28, 2], 56, 10],
    ),
}


@pytest.mark.parametrize(("first", "shape", "sizes"), CONVOLUTIONS.values(), ids=CONVOLUTIONS)
def test_models_of_images_load_read_digits_and_train_on(
    desk: Desk, small_mnist: Path, first: list[Layer], shape: Shape, sizes: list[Any]
) -> None:
    _, (x, _) = mnist(small_mnist, train=1000)
    network = Network([*first, Dense(10, "softmax")], shape, seed=4)
    opened(desk, epochs=1, learning_rate=0.02)
    frame = desk.call("digits", "load", saved_by(network))
    assert "error" not in frame.head and frame.head["layers"] == sizes
    json.dumps(frame.head, allow_nan=False)
    assert frame.head["test_accuracy"] == pytest.approx(
        accuracy(network, *desk.mnist.read(1000, 0)[1])
    )
    wanted = network.predict(x[:1] / np.float32(255))[0]
    got = recognised(desk, x[0]).array("probabilities")
    # The drawing is centred anew; these images are centred already.
    np.testing.assert_allclose(got, wanted, atol=0.2)
    trained = advance(desk, weights=True, confusion=True)
    assert trained.head["status"] == "finished"
    assert trained.head["test_accuracy"] > frame.head["test_accuracy"]
    assert trained.array("mistakes").shape[1:] == (28, 28)
    assert "load(sys.argv[1])" in desk.call("digits", "script", {}).head["script"]


def test_filters_of_a_convolution_are_shown_as_images(desk: Desk) -> None:
    network = Network([Conv2D(40, 3), Flatten(), Dense(10, "softmax")], (28, 28, 1), seed=1)
    opened(desk)
    images = desk.call("digits", "load", saved_by(network)).array("weight_images")
    assert images.shape == (32, 28, 28)
    weights = network.layers[0].params["weights"][:, :, 0]
    for number, image in enumerate(images):
        window = weights[:, :, number] / np.abs(weights[:, :, number]).max()
        # Top left, the middle, and bottom right of the window.
        np.testing.assert_allclose(image[[0, 14, 27], [0, 14, 27]], np.diag(window), rtol=1e-6)
        np.testing.assert_allclose(image[0, 27], window[0, 2], rtol=1e-6)
    deep = Network([Conv2D(2, 1), Flatten(), Dense(10, "softmax")], (1, 28, 28))
    frame = desk.call("digits", "load", saved_by(deep))
    assert frame.array("weight_images").shape == (0, 28, 28)
