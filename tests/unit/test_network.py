"""`Network`: seeds, predict in chunks, input shapes, parameters by name, summary."""

from collections.abc import Callable

import numpy as np
import pytest
from memory_peak import peak_of

from pynn import AvgPool2D, BatchNorm, Conv2D, Dense, Dropout, Flatten, MaxPool2D, Network
from pynn.chance import stream
from pynn.layers.row import MOST_ROWS


def small(**words) -> Network:  # type: ignore[no-untyped-def]
    return Network([Dense(5, "tanh"), Dense(3, "softmax")], inputs=4, **words)


def image_network() -> Network:
    layers = [Conv2D(2, 3, "relu"), MaxPool2D(2), Flatten(), Dense(3, "softmax", bias=False)]
    return Network(layers, inputs=(8, 6, 1))


@pytest.mark.parametrize(
    "n", [0, 1, MOST_ROWS - 1, MOST_ROWS, MOST_ROWS + 1, 2 * MOST_ROWS, 2 * MOST_ROWS + 500]
)
def test_predict_in_chunks_equals_forward_of_all(n: int, rng: np.random.Generator) -> None:
    network = small(dtype="float64")
    x = rng.standard_normal((n, 4))
    outputs = network.predict(x)
    assert outputs.shape == (n, 3) and outputs.dtype == np.float64
    np.testing.assert_allclose(outputs, network.forward(x), rtol=1e-12)


def test_predict_gives_a_new_array_each_time(rng: np.random.Generator) -> None:
    network, x = small(), rng.standard_normal((3, 4))
    first = network.predict(x)
    kept = first.copy()
    network.predict(-x)
    np.testing.assert_array_equal(first, kept)


@pytest.mark.parametrize("dtype", ["float32", "float64", np.float32, np.dtype("float64")])
def test_outputs_and_parameters_have_the_networks_dtype(dtype) -> None:  # type: ignore[no-untyped-def]
    network = small(dtype=dtype)
    assert network.predict(np.zeros((2, 4))).dtype == dtype
    assert all(array.dtype == dtype for array in network.parameters.values())
    assert all(array.dtype == dtype for array in network.gradients.values())


def test_same_seed_gives_same_weights_and_another_seed_others() -> None:
    one, two, other = small(seed=1), small(seed=1), small(seed=2)
    generator = small(seed=stream("test", 1, "weights"))
    for name, array in one.parameters.items():
        np.testing.assert_array_equal(array, two.parameters[name])
        np.testing.assert_array_equal(array, generator.parameters[name])
    weights = "dense_1.weights"
    assert (one.parameters[weights] != other.parameters[weights]).all()
    np.testing.assert_array_equal(small().parameters[weights], small(seed=0).parameters[weights])


@pytest.mark.parametrize("shape", [(7, 48), (7, 8, 6), (7, 8, 6, 1), (7, 1, 48), (7, 1, 8, 6)])
def test_rows_and_axes_of_length_1_will_do(shape, rng: np.random.Generator) -> None:  # type: ignore[no-untyped-def]
    network, x = image_network(), rng.random((7, 8, 6, 1))
    np.testing.assert_array_equal(network.predict(x.reshape(shape)), network.predict(x))


@pytest.mark.parametrize("shape", [(7, 28, 28), (7, 28, 28, 1), (7, 1, 784), (7, 16, 49)])
def test_flat_network_takes_images(shape, rng: np.random.Generator) -> None:  # type: ignore[no-untyped-def]
    network, x = Network([Dense(2)], inputs=784), rng.random((7, 784))
    np.testing.assert_array_equal(network.predict(x.reshape(shape)), network.predict(x))


@pytest.mark.parametrize(
    ("inputs", "shape"),
    [((8, 6, 1), (7, 6, 8)), ((8, 6, 1), (7, 4, 12)), ((8, 8, 3), (7, 3, 8, 8)),
     ((8, 8, 3), (7, 64, 3)), ((8, 8, 3), (7, 8, 8)), ((8, 8, 3), (0, 3, 8, 8))],
)  # fmt: skip
def test_axes_in_another_order_are_refused(inputs, shape) -> None:  # type: ignore[no-untyped-def]
    network = Network([Flatten(), Dense(2)], inputs)
    for door in (network.predict, network.as_rows, network.as_input):
        with pytest.raises(ValueError) as caught:
            door(np.zeros(shape))
        wanted = ", ".join(map(str, inputs))
        sentence = f"Network: expected x with shape (any, {wanted}), got {shape}"
        assert str(caught.value) == sentence


def test_bytes_are_shares_of_255_and_other_numbers_are_themselves() -> None:
    pixels = np.array([[0, 51, 255, 1]], np.uint8)
    network = small()
    shares = np.array([[0, 0.2, 1, 1 / 255]])
    np.testing.assert_allclose(network.predict(pixels), network.predict(shares), rtol=1e-6)
    np.testing.assert_array_equal(
        network.predict(pixels.astype(np.int64)), network.predict(pixels.astype(np.float32))
    )
    np.testing.assert_array_equal(network.predict([[True, False, True, True]]),
                                  network.predict([[1, 0, 1, 1]]))  # fmt: skip


X_REFUSED = {
    "too-wide": (np.zeros((7, 5)), "Network: expected x with shape (any, 4), got (7, 5)"),
    "one-example-flat": (np.zeros(4), "Network: expected x with shape (any, 4), got (4,)"),
    "no-axis": (3.0, "Network: expected x with shape (any, 4), got ()"),
    "empty-list": ([], "Network: expected x with shape (any, 4), got (0,)"),
    "text": ([["a"]], "Network: expected x as numbers, got text"),
    "complex": ([[1j] * 4], "Network: expected x as numbers, got complex128"),
    "none": ([[None] * 4], "Network: expected x as numbers, got objects"),
    "nothing": (None, "Network: expected x as numbers, got None"),
    "ragged": (
        [[1, 2, 3, 4], [1, 2]],
        "Network: expected x as numbers, got rows of different lengths",
    ),
}


@pytest.mark.parametrize("door", ["predict", "as_rows", "as_input"])
@pytest.mark.parametrize(("x", "sentence"), X_REFUSED.values(), ids=X_REFUSED)
def test_x_that_does_not_fit_gets_its_own_shape_told(x, sentence: str, door: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ValueError) as caught:
        getattr(small(), door)(x)
    assert str(caught.value) == sentence


def test_image_shape_is_named_in_full() -> None:
    with pytest.raises(ValueError) as caught:
        image_network().predict(np.zeros((2, 7)))
    assert str(caught.value) == "Network: expected x with shape (any, 8, 6, 1), got (2, 7)"


MADE = "Network: expected inputs as a whole number >= 1, got "
NETWORK_REFUSED = {
    "none": (lambda: Network([], 3), "Network: expected at least one layer, got []"),
    "no-layer": (lambda: Network(["a"], 3), "Network: expected layers only, got 'a'"),
    "inputs-0": (lambda: Network([Dense(1)], 0), MADE + "0"),
    "inputs-real": (lambda: Network([Dense(1)], 2.0), MADE + "2.0"),
    "inputs-true": (lambda: Network([Dense(1)], True), MADE + "True"),
    "inputs-text": (lambda: Network([Dense(1)], "4"), MADE + "'4'"),
    "inputs-one-wrong": (lambda: Network([Flatten()], (3, -1)), MADE + "-1"),
    "dtype": (
        lambda: small(dtype="float16"), "Network: expected dtype float32 or float64, got 'float16'",
    ),
    "dtype-unknown": (
        lambda: small(dtype="junk"), "Network: expected dtype float32 or float64, got 'junk'",
    ),
    "dtype-none": (
        lambda: small(dtype=None), "Network: expected dtype float32 or float64, got None",
    ),
    "not-flat": (
        lambda: Network([Conv2D(2, 3)], (4, 4, 1)),
        "Network: expected a flat last layer, got outputs of shape (2, 2, 2)",
    ),
    **{
        f"ends-in-{type(layer).__name__}": (
            lambda layer=layer: Network([Flatten(), Dense(3), layer], (2, 2, 1)),
            f"Network: expected a last layer of neurons, where a loss begins, "
            f"got {type(layer).__name__}; put Dense(3) behind it",
        )
        for layer in (Flatten(), Dropout(), BatchNorm())
    },
    "same-twice": (
        lambda: Network([Dense(2)] * 2, 2),
        "Network: expected fresh layers, got one that is in use already",
    ),
    "in-use": (
        lambda: Network(small().layers, 4),
        "Network: expected fresh layers, got one that is in use already",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("make", "sentence"), NETWORK_REFUSED.values(), ids=NETWORK_REFUSED)
def test_network_that_cannot_be_gets_a_sentence(make, sentence: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ValueError) as caught:
        make()
    assert str(caught.value) == sentence


def test_inputs_may_be_a_numpy_number_and_layers_any_sequence() -> None:
    assert Network((Dense(2),), np.int64(3)).input_shape == (3,)
    assert Network([Flatten(), Dense(2)], [2, np.int32(3)]).input_shape == (2, 3)
    assert all(type(size) is int for size in Network([Dense(2)], np.int64(3)).input_shape)


def test_parameters_and_gradients_are_twins_named_by_layer_and_number() -> None:
    network = image_network()
    names = ["conv2d_1.weights", "conv2d_1.bias", "dense_1.weights"]
    assert list(network.parameters) == list(network.gradients) == names
    for name, array in network.parameters.items():
        assert network.gradients[name].shape == array.shape
    assert network.parameters["conv2d_1.bias"] is network.layers[0].params["bias"]
    assert network.layer_names == ["conv2d_1", "maxpool2d_1", "flatten_1", "dense_1"]


def test_names_stay_when_a_layer_of_another_kind_is_put_in() -> None:
    before = Network([Dense(2), Dense(1)], inputs=3)
    after = Network([Flatten(), Dense(2), Flatten(), Dense(1)], inputs=3)
    assert list(after.parameters) == list(before.parameters)
    assert list(before.parameters)[-1] == "dense_2.bias"


def test_set_parameters_copies_and_casts() -> None:
    network, given = small(), np.full((4, 5), 0.25)
    own = network.parameters["dense_1.weights"]
    network.set_parameters({"dense_1.weights": given, "dense_2.bias": [1, 2, 3]})
    given[...] = 9
    assert own is network.parameters["dense_1.weights"] is network.layers[0].params["weights"]
    assert own.dtype == np.float32 and (own == 0.25).all()
    np.testing.assert_array_equal(network.parameters["dense_2.bias"], [1, 2, 3])


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"dense_1.bias": np.ones(5), "dense_3.bias": [1]},
         "Network: expected a parameter of dense_1.weights, dense_1.bias, dense_2.weights, "
         "dense_2.bias, got 'dense_3.bias'"),
        ({"dense_1.bias": np.ones(5), "dense_2.bias": np.ones(2)},
         "Network: expected dense_2.bias of shape (3,), got (2,)"),
        ({"dense_1.bias": np.ones(5), "dense_2.bias": 1.0},
         "Network: expected dense_2.bias of shape (3,), got ()"),
    ],
)  # fmt: skip
def test_set_parameters_takes_all_or_none(values: dict, sentence: str) -> None:  # type: ignore[type-arg]
    network = small()
    with pytest.raises(ValueError) as caught:
        network.set_parameters(values)
    assert str(caught.value) == sentence
    assert not network.parameters["dense_1.bias"].any()


def test_summary_is_a_table() -> None:
    assert image_network().summary().splitlines() == [
        "layer        activation  output     parameters",
        "conv2d_1     relu        6 x 4 x 2          20",
        "maxpool2d_1              3 x 2 x 2           0",
        "flatten_1                12                  0",
        "dense_1      softmax     3                  36",
        "total                                       56",
    ]
    wide = Network([Dense(1000)], 2000).summary().splitlines()
    assert wide[-1].endswith("2,001,000")


def test_penalty_is_the_sum_over_layers() -> None:
    network = Network([Dense(2, l1=1.0), Dense(1, l2=2.0), Dense(1)], 1, dtype="float64")
    network.set_parameters({"dense_1.weights": [[1, -2]], "dense_2.weights": [[3], [0]]})
    assert network.penalty() == pytest.approx(3 + 9)


def one_convolution() -> Network:
    return Network([Conv2D(8, 5), Flatten(), Dense(2)], (28, 28, 1))


def two_convolutions() -> Network:
    front = [Conv2D(6, 5, "relu"), MaxPool2D(2), Conv2D(16, 5, "relu"), AvgPool2D(2), Flatten()]
    return Network([*front, Dense(10, "softmax")], (28, 28, 1))


@pytest.mark.parametrize(("make", "images"), [(one_convolution, 1000), (two_convolutions, 3000)])
def test_many_images_are_answered_in_few_megabytes(
    make: Callable[[], Network], images: int
) -> None:
    network = make()
    x = np.random.default_rng(0).integers(0, 256, (images, 28, 28, 1)).astype(np.uint8)
    answers: list[np.ndarray] = []
    # All windows of the first layer are 58 MB for 1,000 images.
    assert peak_of(lambda: answers.append(network.predict(x))) < 16e6
    np.testing.assert_allclose(answers[0][-1:], network.predict(x[-1:]), rtol=1e-4, atol=1e-5)
