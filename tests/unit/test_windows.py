"""Convolutions by products of pixels that lie abreast, against the definition."""

from typing import Any

import numpy as np
import pytest
from kernel_images import scattered, windows_of
from memory_peak import peak_of

import pynn.windows
from pynn import Conv2D, Dense, Flatten, Network
from pynn.buffers import Buffers
from pynn.matmul import Array
from pynn.windows import Windows, convolution_gradients, convolve

# (images, height, width, channels), filters, size, stride; and how many windows abreast there are
SHAPES = {
    "mnist": ((2, 28, 28, 1), 8, 5, 1, 4),
    "lenet-second": ((3, 12, 12, 6), 16, 5, 1, 4),
    "threes": ((2, 5, 11, 2), 3, 3, 1, 3),
    "twos-by-width": ((2, 6, 12, 2), 3, 3, 1, 2),
    "twos-by-weights": ((1, 9, 10, 12), 20, 3, 1, 2),
    "single-by-width": ((2, 8, 15, 2), 3, 3, 1, 1),
    "single-by-weights": ((1, 5, 10, 33), 31, 3, 1, 1),
    "stride-2": ((2, 13, 17, 3), 4, 3, 2, 4),
    "stride-beyond-size": ((2, 13, 14, 1), 2, 2, 4, 4),
    "stride-3-ends-inside": ((1, 12, 30, 2), 2, 4, 3, 3),
    "one-pixel-windows": ((2, 4, 6, 5), 3, 1, 1, 3),
    "one-window": ((2, 3, 3, 2), 4, 3, 1, 1),
    "wide": ((1, 4, 66, 2), 3, 3, 1, 4),
    "no-images": ((0, 6, 6, 1), 2, 3, 1, 4),
}


@pytest.mark.parametrize("together", [10**6, 1], ids=["whole", "in-portions"])
@pytest.mark.parametrize("case", SHAPES.values(), ids=SHAPES)
def test_convolution_and_its_gradients_are_those_of_the_definition(
    case: tuple[tuple[int, ...], int, int, int, int], together: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pynn.windows, "MOST_NUMBERS", together)
    shape, filters, size, stride, abreast = case
    rng, buffers = np.random.default_rng(0), Buffers("float64")
    x, weights = rng.normal(size=shape), rng.normal(size=(size, size, shape[3], filters))
    bias, seen = rng.normal(size=filters), windows_of(x, (size, size), stride)
    z, dz = (rng.normal(size=(*seen.shape[:3], filters)) for _ in range(2))
    assert Windows.of(weights, stride, z).abreast == abreast
    for need_dx in (True, False):
        rows = convolve(x, weights, bias, stride, z, buffers)
        assert (rows is not None) == (len(x) == 1 or (len(x) > 1 and together > 1))
        d_weights, d_bias, dx = (np.full(a.shape, np.nan) for a in (weights, bias, x))
        gradients = d_weights, d_bias, dx if need_dx else None
        convolution_gradients(x, rows, weights, dz, stride, gradients, buffers)
        same(z, np.einsum("nyxcij,ijcf->nyxf", seen, weights) + bias)
        same(d_weights, np.einsum("nyxcij,nyxf->ijcf", seen, dz))
        same(d_bias, dz.sum(axis=(0, 1, 2)))
        if need_dx:
            same(dx, scattered(dz, weights, x.shape, stride).astype(float))


def same(got: Array, wanted: Array) -> None:
    np.testing.assert_allclose(got, wanted, rtol=1e-11, atol=1e-11)


@pytest.mark.parametrize("n", [64, 1000])
def test_a_batch_of_any_size_needs_no_more_room(n: int) -> None:
    weights, bias = np.ones((5, 5, 1, 8), np.float32), np.zeros(8, np.float32)
    x, z = np.ones((n, 28, 28, 1), np.float32), np.empty((n, 24, 24, 8), np.float32)
    gradients = np.empty_like(weights), np.empty_like(bias), np.empty_like(x)

    def there_and_back() -> None:
        buffers = Buffers("float32")
        rows = convolve(x, weights, bias, 1, z, buffers)
        convolution_gradients(x, rows, weights, z, 1, gradients, buffers)

    assert peak_of(there_and_back) < 10e6  # all windows of 1,000 images are 58 MB
    assert (z == 25).all() and gradients[1][0] == 25 * 576 * n


def test_images_whose_channel_axis_was_added_give_the_same_bits() -> None:
    """`x[..., None]` has an axis of length 1 and stride 0."""
    words: dict[str, Any] = {"inputs": (9, 8, 1), "seed": 0}
    network = Network([Conv2D(2, 3), Flatten(), Dense(3, "softmax")], **words)
    images = np.random.default_rng(0).random((4, 9, 8)).astype(np.float32)
    assert images[..., np.newaxis].strides[-1] == 0
    np.testing.assert_array_equal(network.predict(images[..., np.newaxis]), network.predict(images))
