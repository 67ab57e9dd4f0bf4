"""What the kernel's convolution and pooling must hold; part of `kernel_cases`."""

from collections.abc import Callable
from typing import Any

import numpy as np

Place = Callable[[tuple[int, ...], Any], np.ndarray]

SIDES = [1, 2, 3, 5, 6, 7, 8, 12, 13, 28]
CHANNELS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 16, 31, 33]
TYPES = [np.float32, np.float64]
# Of the sum of the absolute products.
PRECISION = {np.float32: 1e-6, np.float64: 1e-15}


def filled(place: Place, rng: np.random.Generator, shape: tuple[int, ...], dtype: Any) -> Any:
    array = place(shape, dtype)
    array[...] = rng.normal(size=shape)
    return array


def close(got: np.ndarray, wanted: np.ndarray, scale: np.ndarray, what: str) -> None:
    """Within rounding of `scale`, the size of what was added up."""
    worst = (np.abs(got - wanted) / np.maximum(scale, 1e-30)).max(initial=0)
    assert worst < PRECISION[got.dtype.type], f"{what}: off by {worst:.2e} for {got.dtype}"


def windows_of(x: np.ndarray, size: tuple[int, int], stride: int) -> np.ndarray:
    """(n, height, width, channels, down, across): a view of each place of the window."""
    views = np.lib.stride_tricks.sliding_window_view(x, size, axis=(1, 2))
    return views[:, ::stride, ::stride]


def check_convolution(kernel: Any, place: Place, rng: np.random.Generator) -> None:
    dtype = TYPES[rng.integers(2)]
    n, stride = int(rng.choice([0, 1, 1, 2, 3])), int(rng.choice([1, 1, 1, 2, 3]))
    channels, filters = (int(number) for number in rng.choice(CHANNELS, 2))
    if rng.random() < 0.05:
        channels, filters = int(rng.choice([65, 130])), int(rng.choice([150, 260]))
    size = int(rng.integers(1, 6)), int(rng.integers(1, 6))
    height, width = (
        max(int(rng.choice(SIDES[: 5 if channels > 60 else None])), least) for least in size
    )
    if rng.random() < 0.03:
        n, channels, filters, width = 1, 1, 3, 5003
    x = filled(place, rng, (n, height, width, channels), dtype)
    weights = filled(place, rng, (*size, channels, filters), dtype)
    bias = filled(place, rng, (filters,), dtype) if rng.random() < 0.8 else None
    windows = windows_of(x, size, stride)
    shape = (*windows.shape[:3], filters)
    z, dz = filled(place, rng, shape, dtype), filled(place, rng, shape, dtype)
    kept = [(array, array.copy()) for array in (x, weights, dz)]
    what = f"{x.shape} by {weights.shape}, stride {stride}"

    wide, wide_dz = windows.astype(np.longdouble), dz.astype(np.longdouble)
    wide_w, shift = weights.astype(np.longdouble), 0.0 if bias is None else bias
    assert kernel.convolve(x, weights, bias, z, stride) is True, what
    forward = "nyxcij,ijcf->nyxf"
    scale = np.einsum(forward, np.abs(wide), np.abs(wide_w)) + np.abs(shift)
    close(z, np.einsum(forward, wide, wide_w) + shift, scale, f"convolve {what}")

    d_weights = filled(place, rng, weights.shape, dtype)
    d_bias = None if bias is None else filled(place, rng, bias.shape, dtype)
    dx = filled(place, rng, x.shape, dtype) if rng.random() < 0.7 else None
    gradients = kernel.convolution_gradients
    assert gradients(x, weights, dz, d_weights, d_bias, dx, stride) is True, what
    back = "nyxcij,nyxf->ijcf"
    scale = np.einsum(back, np.abs(wide), np.abs(wide_dz))
    close(d_weights, np.einsum(back, wide, wide_dz), scale, f"d_weights {what}")
    if d_bias is not None:
        sums, sizes = (array.sum(axis=(0, 1, 2)) for array in (wide_dz, np.abs(wide_dz)))
        close(d_bias, sums, sizes, f"d_bias {what}")
    if dx is not None:
        wanted, scale = (
            scattered(each_dz, each_w, x.shape, stride)
            for each_dz, each_w in ((wide_dz, wide_w), (np.abs(wide_dz), np.abs(wide_w)))
        )
        close(dx, wanted, scale, f"dx {what}")
    assert all(np.array_equal(array, before) for array, before in kept), what


def scattered(dz: np.ndarray, weights: np.ndarray, shape: Any, stride: int) -> np.ndarray:
    """Each pixel of dz, by the weights, where its window lies."""
    dx, (_, height, width, _) = np.zeros(shape, np.longdouble), dz.shape
    for i, j in np.ndindex(weights.shape[:2]):
        down, across = slice(i, i + stride * height, stride), slice(j, j + stride * width, stride)
        place = dx[:, down, across]
        place += (dz @ weights[i, j].T)[:, : place.shape[1], : place.shape[2]]
    return dx


def check_pooling(kernel: Any, place: Place, rng: np.random.Generator) -> None:
    dtype = TYPES[rng.integers(2)]
    size, (n, height, width) = int(rng.integers(2, 6)), rng.integers(0, 5, 3)
    more = rng.integers(0, size, 2)
    shape = (int(n), int(height * size + more[0]), int(width * size + more[1]))
    x = filled(place, rng, (*shape, int(rng.choice(CHANNELS))), dtype)
    if rng.random() < 0.5:
        np.round(x, out=x)  # equals, of which the first counts
    if x.size and rng.random() < 0.3:
        x.flat[rng.integers(x.size)] = rng.choice([np.nan, np.inf])
    corners = [
        x[:, i : height * size : size, j : width * size : size]
        for i in range(size)
        for j in range(size)
    ]
    out = (int(n), int(height), int(width), x.shape[3])
    a, da, before = place(out, dtype), filled(place, rng, out, dtype), x.copy()
    if a.size and rng.random() < 0.3:
        da.flat[rng.integers(a.size)] = rng.choice([np.nan, -np.inf])
    wanted = corners[0].copy()
    for corner in corners[1:]:
        np.maximum(wanted, corner, out=wanted)
    assert kernel.max_pool(x, a, size) is True
    same(a, wanted, "max_pool")
    dx, left, expected = filled(place, rng, x.shape, dtype), da.copy(), np.zeros_like(x)
    for number, corner in enumerate(corners):
        i, j = divmod(number, size)
        largest = corner == a
        expected[:, i : height * size : size, j : width * size : size] = left * largest
        left *= ~largest
    assert kernel.max_pool_gradient(x, a, da, dx, size) is True
    same(dx, expected, "max_pool_gradient")

    wanted, expected, factor = np.zeros_like(a), np.zeros_like(x), float(size) ** -2
    for number, corner in enumerate(corners):
        i, j = divmod(number, size)
        wanted += corner
        expected[:, i : height * size : size, j : width * size : size] = da * dtype(factor)
    assert kernel.average_pool(x, a, size, factor) is True
    same(a, wanted * dtype(factor), "average_pool")
    assert kernel.average_pool_gradient(da, dx, size, factor) is True
    same(dx, expected, "average_pool_gradient")
    assert np.array_equal(x, before, equal_nan=True)


def same(got: np.ndarray, wanted: np.ndarray, what: str) -> None:
    assert np.array_equal(got, wanted, equal_nan=True), f"{what}: other bits, {got.shape}"


def image_refusals() -> dict[str, list[tuple[Any, ...]]]:
    """Calls with operands that are NumPy's business."""
    x, w = np.ones((2, 6, 6, 3), np.float32), np.ones((3, 3, 3, 4), np.float32)
    z, b, a = np.ones((2, 4, 4, 4), np.float32), np.ones(4, np.float32), x[:, ::2, ::2].copy()
    dw, dx = w.copy(), x.copy()
    return {
        "convolve": [
            *((x, w, b, z, 0), (x, w, b, z, 1.5), (x, w, b, z, 2), (x, w, b, z, "1"), (x, w, b, z)),
            *((x, w, b[:3], z, 1), (x, w, b, z[:1], 1), (x[:, :5].copy(), w, b, z, 1)),
            *((x[:, :, ::-1], w, b, z, 1), (x[..., :2].copy(), w, b, z, 1), (x, w, b, x, 1)),
            *((x, w[..., :3].copy(), b, z, 1), (x, w, b, z.reshape(2, 16, 4), 1)),
            (x, w, b, z.astype(np.float64), 1),
        ],
        "convolution_gradients": [
            *((x, w, z, w, b, dx, 1), (x, w, z, dw, b[:3], dx, 1), (x, w, z, dw, b, dx[:1], 1)),
            *((x, w, z, dw[:2], b, dx, 1), (x, w, z, dw, b, x, 1), (x, w, z, dw, b, dx, 9)),
            (x, w, z.transpose(0, 2, 1, 3), dw, b, dx, 1),
        ],
        "max_pool": [(x, a, 3), (x, a, 0), (x, x.copy(), 2), (x, a[:1], 2), (x, a[:, ::-1], 2)],
        "max_pool_gradient": [(x, a, a, x, 2), (x, a, a[:1], dx, 2), (x, a, a, dx[:1], 2)],
        "average_pool": [(x, a, 3, 0.5), (x, a, 2), (x, a[..., :2].copy(), 2, 0.5)],
        "average_pool_gradient": [(a, dx, 3, 0.5), (a, a.copy(), 2, 0.5)],
    }
