"""Layers against numbers worked out by hand, and against slow loops in plain words."""

import numpy as np
import pytest

from pynn import AvgPool2D, Conv2D, Dense, Flatten, MaxPool2D, Normal


def built(layer, inputs, **parameters):  # type: ignore[no-untyped-def]
    layer.build(inputs, np.random.default_rng(1), "float64")
    for name, value in parameters.items():
        layer.params[name][...] = value
    return layer


def test_dense_gives_hand_worked_outputs_and_gradients() -> None:
    layer = built(Dense(2, "relu"), (2,), weights=[[1.0, -1.0], [2.0, 0.5]], bias=[0.5, 0.0])
    x = np.array([[1.0, 2.0], [-1.0, 1.0]])
    np.testing.assert_allclose(layer.forward(x), [[5.5, 0.0], [1.5, 1.5]])
    dx = layer.backward(np.array([[1.0, 5.0], [2.0, -1.0]]))  # the 5 meets a closed relu
    np.testing.assert_allclose(layer.grads["weights"], [[-1.0, 1.0], [4.0, -1.0]])
    np.testing.assert_allclose(layer.grads["bias"], [3.0, -1.0])
    np.testing.assert_allclose(dx, [[1.0, 2.0], [3.0, 3.5]])


def test_dense_penalties_enter_weights_only() -> None:
    layer = built(
        Dense(2, l1=0.1, l2=0.5), (2,), weights=[[1.0, -2.0], [0.0, 4.0]], bias=[3.0, 3.0]
    )
    assert layer.penalty() == pytest.approx(0.1 * 7 + 0.25 * 21)
    layer.forward(np.zeros((1, 2)))
    layer.backward(np.zeros((1, 2)))
    np.testing.assert_allclose(layer.grads["weights"], [[0.6, -1.1], [0.0, 2.1]])
    np.testing.assert_array_equal(layer.grads["bias"], [0.0, 0.0])


def slow_convolution(
    x: np.ndarray, weights: np.ndarray, bias: np.ndarray, stride: int = 1
) -> np.ndarray:
    """Without any padding."""
    n, height, width, _ = x.shape
    size, _, _, filters = weights.shape
    z = np.zeros((n, (height - size) // stride + 1, (width - size) // stride + 1, filters))
    for index in np.ndindex(*z.shape):
        i, row, column, f = index
        row, column = row * stride, column * stride
        window = x[i, row : row + size, column : column + size]
        z[index] = np.sum(window * weights[..., f]) + bias[f]
    return z


@pytest.mark.parametrize("shape", [(5, 6, 2), (4, 4, 1), (7, 3, 3)])
@pytest.mark.parametrize("size", [1, 2, 3])
@pytest.mark.parametrize("padding", ["valid", "same"])
def test_conv_equals_slow_loops(
    shape: tuple[int, ...], size: int, padding: str, rng: np.random.Generator
) -> None:
    layer = built(Conv2D(4, size, padding=padding), shape, bias=rng.standard_normal(4))
    x = rng.standard_normal((3, *shape))
    around = size - 1 if padding == "same" else 0
    before = around // 2  # as Keras: the odd zero goes below and to the right
    edge = (before, around - before)
    padded = np.pad(x, ((0, 0), edge, edge, (0, 0)))
    wanted = slow_convolution(padded, layer.params["weights"], layer.params["bias"])
    np.testing.assert_allclose(layer.forward(x), wanted, atol=1e-12)


def as_tensorflow_pads(side: int, size: int, stride: int) -> tuple[int, int]:
    """Its published rule for "SAME", in its own case distinction."""
    rest = side % stride
    total = max(size - (stride if rest == 0 else rest), 0)
    return total // 2, total - total // 2


@pytest.mark.parametrize("shape", [(5, 6, 2), (4, 9, 1), (7, 3, 3)])
@pytest.mark.parametrize("size", [1, 2, 3])
@pytest.mark.parametrize("stride", [2, 3, 4])
@pytest.mark.parametrize("padding", ["valid", "same"])
def test_conv_with_strides_equals_slow_loops(
    shape: tuple[int, ...], size: int, stride: int, padding: str, rng: np.random.Generator
) -> None:
    layer = built(
        Conv2D(4, size, stride=stride, padding=padding), shape, bias=rng.standard_normal(4)
    )
    for n in (3, 1, 2):  # margins stay zero from one batch to the next
        x = rng.standard_normal((n, *shape))
        padded = x
        if padding == "same":
            edges = [as_tensorflow_pads(side, size, stride) for side in shape[:2]]
            padded = np.pad(x, ((0, 0), *edges, (0, 0)))
        wanted = slow_convolution(padded, layer.params["weights"], layer.params["bias"], stride)
        np.testing.assert_allclose(layer.forward(x), wanted, atol=1e-12)
        layer.backward(rng.standard_normal(wanted.shape))


@pytest.mark.parametrize("stride", [1, 2, 3])
@pytest.mark.parametrize("size", [1, 3, 4])
def test_conv_with_strides_equals_pytorchs(
    size: int, stride: int, rng: np.random.Generator
) -> None:
    torch = pytest.importorskip("torch")
    layer = built(Conv2D(3, size, stride=stride), (7, 6, 2))
    x = rng.standard_normal((2, 7, 6, 2))
    given = torch.tensor(x.transpose(0, 3, 1, 2).copy(), requires_grad=True)
    weights = torch.tensor(layer.params["weights"].transpose(3, 2, 0, 1).copy())
    theirs = torch.nn.functional.conv2d(given, weights, stride=stride)
    da = rng.standard_normal((2, *layer.output_shape))
    theirs.backward(torch.tensor(da.transpose(0, 3, 1, 2).copy()))
    ours = layer.forward(x).transpose(0, 3, 1, 2)
    np.testing.assert_allclose(ours, theirs.detach(), rtol=0, atol=1e-12)
    dx = layer.backward(da).transpose(0, 3, 1, 2)
    np.testing.assert_allclose(dx, given.grad, rtol=0, atol=1e-12)


def test_conv_same_on_image_smaller_than_window_keeps_size() -> None:
    layer = built(Conv2D(1, 5, padding="same"), (2, 1, 1), weights=np.ones((5, 5, 1, 1)))
    x = np.array([2.0, 3.0]).reshape(1, 2, 1, 1)
    np.testing.assert_allclose(layer.forward(x).ravel(), [5.0, 5.0])


def test_conv_same_leaves_no_trace_of_an_earlier_batch_in_its_margins() -> None:
    layer = built(Conv2D(1, 3, padding="same"), (2, 2, 1), weights=np.ones((3, 3, 1, 1)))
    layer.forward(np.full((3, 2, 2, 1), 9.0))
    layer.backward(np.full((3, 2, 2, 1), 9.0))
    np.testing.assert_allclose(layer.forward(np.ones((1, 2, 2, 1))).ravel(), [4.0] * 4)
    np.testing.assert_allclose(layer.backward(np.ones((1, 2, 2, 1))).ravel(), [4.0] * 4)


def test_pool_takes_largest_and_sends_gradient_to_first_of_equals() -> None:
    layer = built(MaxPool2D(2), (2, 5, 1))
    x = np.array([[1.0, 7.0, -3.0, -3.0, 99.0], [2.0, 0.0, -3.0, -9.0, 99.0]]).reshape(1, 2, 5, 1)
    np.testing.assert_array_equal(layer.forward(x).ravel(), [7.0, -3.0])
    dx = layer.backward(np.array([10.0, 20.0]).reshape(1, 1, 2, 1))
    np.testing.assert_array_equal(dx[0, :, :, 0], [[0, 10, 20, 0, 0], [0, 0, 0, 0, 0]])


def test_pool_keeps_channels_apart(rng: np.random.Generator) -> None:
    layer = built(MaxPool2D(3), (7, 8, 4))
    x = rng.standard_normal((2, 7, 8, 4))
    wanted = [
        [[x[i, r : r + 3, c : c + 3].max(axis=(0, 1)) for c in (0, 3)] for r in (0, 3)]
        for i in range(2)
    ]
    np.testing.assert_array_equal(layer.forward(x), wanted)


def test_average_pool_takes_the_mean_of_each_square_and_shares_the_gradient() -> None:
    layer = built(AvgPool2D(2), (2, 5, 1))
    x = np.array([[1.0, 7.0, -3.0, -3.0, 99.0], [2.0, 0.0, -3.0, -9.0, 99.0]]).reshape(1, 2, 5, 1)
    np.testing.assert_array_equal(layer.forward(x).ravel(), [2.5, -4.5])
    dx = layer.backward(np.array([10.0, 20.0]).reshape(1, 1, 2, 1))
    np.testing.assert_array_equal(dx[0, :, :, 0], [[2.5, 2.5, 5, 5, 0], [2.5, 2.5, 5, 5, 0]])


def test_flatten_keeps_the_order_of_numbers() -> None:
    x = np.arange(24.0).reshape(2, 3, 2, 2)
    layer = built(Flatten(), (3, 2, 2))
    np.testing.assert_array_equal(layer.forward(x), x.reshape(2, 12))
    np.testing.assert_array_equal(layer.backward(x.reshape(2, 12)), x)


REFUSALS = {
    "units-0": (lambda: Dense(0), "Dense: expected units as a whole number >= 1, got 0"),
    "units-real": (lambda: Dense(2.0), "Dense: expected units as a whole number >= 1, got 2.0"),
    "units-true": (lambda: Dense(True), "Dense: expected units as a whole number >= 1, got True"),
    "units-text": (lambda: Dense("3"), "Dense: expected units as a whole number >= 1, got '3'"),
    "l1": (lambda: Dense(1, l1=-0.1), "Dense: expected l1 >= 0, got -0.1"),
    "l2": (lambda: Dense(1, l2=float("nan")), "Dense: expected l2 >= 0, got nan"),
    "l2-inf": (lambda: Conv2D(1, l2=float("inf")), "Conv2D: expected l2 >= 0, got inf"),
    "l2-text": (lambda: Dense(1, l2="0.1"), "Dense: expected l2 >= 0, got '0.1'"),
    "activation": (
        lambda: Dense(1, "swish"),
        "activation: expected one of tanh, relu, leaky_relu, sigmoid, linear, softmax, "
        "silu, gelu, elu, softplus, got 'swish'",
    ),
    "filters": (lambda: Conv2D(0), "Conv2D: expected filters as a whole number >= 1, got 0"),
    "kernel": (lambda: Conv2D(1, 0), "Conv2D: expected kernel_size as a whole number >= 1, got 0"),
    "stride": (
        lambda: Conv2D(1, stride=0),
        "Conv2D: expected stride as a whole number >= 1, got 0",
    ),
    "padding": (
        lambda: Conv2D(1, padding="full"),
        "Conv2D: expected padding valid or same, got 'full'",
    ),
    "pool": (lambda: MaxPool2D(1), "MaxPool2D: expected size as a whole number >= 2, got 1"),
    "average": (lambda: AvgPool2D(1), "AvgPool2D: expected size as a whole number >= 2, got 1"),
    "average-small": (
        lambda: built(AvgPool2D(3), (2, 3, 1)),
        "AvgPool2D: expected images of at least 3 x 3, got (2, 3, 1)",
    ),
    "dense-image": (
        lambda: built(Dense(2), (2, 2, 1)),
        "Dense: expected flat inputs, got shape (2, 2, 1); put Flatten() before it",
    ),
    "conv-flat": (
        lambda: built(Conv2D(2), (9,)),
        "Conv2D: expected inputs of shape (height, width, channels), got (9,)",
    ),
    "conv-small": (
        lambda: built(Conv2D(2), (3, 2, 1)),
        "Conv2D: expected images of at least 3 x 3, got (3, 2, 1)",
    ),
    "pool-small": (
        lambda: built(MaxPool2D(3), (2, 3, 1)),
        "MaxPool2D: expected images of at least 3 x 3, got (2, 3, 1)",
    ),
}


@pytest.mark.parametrize(("make", "sentence"), REFUSALS.values(), ids=REFUSALS)
def test_wrong_hyper_parameters_get_a_sentence(make, sentence: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ValueError) as caught:
        make()
    assert str(caught.value) == sentence


def test_least_hyper_parameters_are_taken() -> None:
    assert built(Dense(np.int64(1), l1=0, l2=0), (1,)).output_shape == (1,)
    assert built(Conv2D(1, 1), (1, 1, 1)).output_shape == (1, 1, 1)
    assert built(MaxPool2D(2), (2, 2, 1)).output_shape == (1, 1, 1)


def test_initializers_of_weights_and_bias_can_be_chosen() -> None:
    layer = built(Dense(500, weights="zeros", bias_start=Normal(2.0)), (3,))
    assert not layer.params["weights"].any()
    assert 1.8 < layer.params["bias"].std() < 2.2
    assert not built(Dense(5, bias_start="zeros"), (3,)).params["bias"].any()
    assert not built(Conv2D(5), (3, 3, 1)).params["bias"].any()
