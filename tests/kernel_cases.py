"""What the WebAssembly kernel must hold, on random operands against NumPy.

The same cases run natively (the kernel's C compiled for this machine) and in a browser, so nothing
here needs more than NumPy. `place(shape, dtype)` makes an array; where it lies in memory is the
caller's business, who also looks afterwards whether anything else was touched.
"""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
from kernel_images import check_convolution, check_pooling, image_refusals

Place = Callable[[tuple[int, ...], Any], np.ndarray]

# Around every size at which the kernel changes its way: lanes, panels, strips, parts, packing.
SIZES = [0, *range(1, 20), 23, 24, 25, 31, 32, 33, 40, 63, 64, 65, 100, 127, 128, 129]
LARGE = [255, 256, 257, 300, 513]
TYPES = [np.float32, np.float64]
# Of the sum of the absolute products, in which rounding errors are counted.
PRECISION = {np.float32: 1e-6, np.float64: 1e-15}


def some_shape(rng: np.random.Generator, axes: int) -> list[int]:
    """Mostly small; now and then one axis is large."""
    shape = [int(rng.choice(SIZES)) for _ in range(axes)]
    if rng.random() < 0.15:
        shape[rng.integers(axes)] = int(rng.choice(LARGE))
    return shape


def matrix(place: Place, rng: np.random.Generator, rows: int, columns: int, dtype: Any) -> Any:
    """A filled (rows, columns) view of some larger array, and that array: any order and steps."""
    down, across = (int(rng.choice([1, 1, 1, 2, 3])) for _ in range(2))
    margin = [int(rng.integers(0, 3)) for _ in range(4)]
    shape = (margin[0] + rows * down + margin[1], margin[2] + columns * across + margin[3])
    flip = rng.random() < 0.5
    base = place(shape[::-1] if flip else shape, dtype)
    base[...] = rng.normal(size=base.shape)
    view = (base.T if flip else base)[margin[0] :, margin[2] :]
    view = view[: rows * down : down, : columns * across : across]
    for axis in range(2):
        if rng.random() < 0.15:
            view = np.flip(view, axis)
    assert view.shape == (rows, columns)
    return view, base


def flat(place: Place, rng: np.random.Generator, shape: tuple[int, ...], dtype: Any) -> Any:
    """A filled contiguous array."""
    array = place(shape, dtype)
    array[...] = rng.normal(size=shape)
    return array


class Untouched:
    """Arrays, or their parts outside a view, that must come out of a call as they went in."""

    def __init__(self) -> None:
        self.kept: list[tuple[np.ndarray, np.ndarray, np.ndarray | None]] = []

    def add(self, base: np.ndarray, view: np.ndarray | None = None) -> None:
        self.kept.append((base, base.copy(), view))

    def check(self) -> None:
        for base, before, view in self.kept:
            after = base.copy()
            if view is not None:
                # Every place of the view gets the same value in both.
                result = view.copy()
                view[...] = np.inf
                inside = np.isinf(base)
                view[...] = result
                after[inside] = before[inside] = 0
            assert np.array_equal(after, before), "a call touched what is not its output"


def close(got: np.ndarray, wanted: np.ndarray, scale: np.ndarray, dtype: Any, what: str) -> None:
    """Within rounding of `scale`, the size of what was added up."""
    if not got.size:
        return
    worst = float((np.abs(got - wanted) / np.maximum(scale, 1e-30)).max())
    assert worst < PRECISION[dtype], f"{what}: off by {worst:.2e} for {np.dtype(dtype)}"


def same_bits(got: np.ndarray, wanted: np.ndarray, what: str) -> None:
    assert got.dtype == wanted.dtype and np.array_equal(got, wanted), f"{what}: other bits"


def form(kernel: Any, rng: np.random.Generator, name: str) -> Callable[..., Any]:
    """The kernel's function of this name, or its exact form, which must hold the same and more."""
    return getattr(kernel, ("exact_" if rng.random() < 0.5 else "") + name)


def check_product(kernel: Any, place: Place, rng: np.random.Generator) -> None:
    dtype = TYPES[rng.integers(2)]
    m, k, n = some_shape(rng, 3)
    (a, a_base), (b, b_base), (out, out_base) = (
        matrix(place, rng, *shape, dtype) for shape in ((m, k), (k, n), (m, n))
    )
    kept = Untouched()
    kept.add(a_base)
    kept.add(b_base)
    kept.add(out_base, out)
    wide_a, wide_b = a.astype(np.longdouble), b.astype(np.longdouble)
    matmul = form(kernel, rng, "matmul")
    assert matmul(a, b, out) is True, (a.shape, a.strides, b.strides, out.strides)
    kept.check()
    if matmul is kernel.exact_matmul:
        in_order = np.zeros((m, n), dtype)
        for p in range(k):
            in_order += a[:, p, np.newaxis] * b[p]
        same_bits(out, in_order, f"exact_matmul {m} x {k} x {n}")
    what = f"matmul {m} x {k} x {n}, steps {a.strides} {b.strides} {out.strides}"
    close(out, wide_a @ wide_b, np.abs(wide_a) @ np.abs(wide_b), dtype, what)


def check_layer(kernel: Any, place: Place, rng: np.random.Generator) -> None:
    dtype = TYPES[rng.integers(2)]
    n, inputs, units = some_shape(rng, 3)
    (x, x_base), (weights, w_base) = (
        matrix(place, rng, *shape, dtype) for shape in ((n, inputs), (inputs, units))
    )
    bias = flat(place, rng, (units,), dtype) if rng.random() < 0.8 else None
    z, dz = (flat(place, rng, (n, units), dtype) for _ in range(2))
    kept = Untouched()
    for array in (x_base, w_base, dz, *([] if bias is None else [bias])):
        kept.add(array)
    wide_x, wide_w, wide_dz = (array.astype(np.longdouble) for array in (x, weights, dz))
    shift = 0.0 if bias is None else bias.astype(np.longdouble)
    mark = form(kernel, rng, "affine")(x, weights, bias, z)
    assert mark >= 1.0
    scale = np.abs(wide_x) @ np.abs(wide_w) + np.abs(shift)
    close(z, wide_x @ wide_w + shift, scale, dtype, "affine")

    d_weights, base = matrix(place, rng, inputs, units, dtype)
    kept.add(base, d_weights)
    d_bias = None if bias is None else flat(place, rng, (units,), dtype)
    dx, dx_base = matrix(place, rng, n, inputs, dtype) if rng.random() < 0.7 else (None, None)
    if dx is not None:
        kept.add(dx_base, dx)
    affine_gradients = form(kernel, rng, "affine_gradients")
    assert affine_gradients(x, weights, dz, d_weights, d_bias, dx, mark) is True
    kept.check()
    scale = np.abs(wide_x).T @ np.abs(wide_dz)
    close(d_weights, wide_x.T @ wide_dz, scale, dtype, "d_weights")
    if d_bias is not None:
        close(d_bias, wide_dz.sum(axis=0), np.abs(wide_dz).sum(axis=0), dtype, "d_bias")
    if dx is not None:
        scale = np.abs(wide_dz) @ np.abs(wide_w).T
        close(dx, wide_dz @ wide_w.T, scale, dtype, "dx")


def check_zeros(kernel: Any, place: Place, rng: np.random.Generator) -> None:
    """Of x in C order the zeros are skipped; in the other order none is, with the same bits."""
    dtype = TYPES[rng.integers(2)]
    n, units = int(rng.choice([8, 9, 31, 64, 127, 128, 129])), int(rng.choice([*SIZES[20:], 300]))
    inputs = int(rng.choice([64, 65, 112, 113, 300, 784, 8191]))
    x, weights, dz = (
        flat(place, rng, shape, dtype) for shape in ((n, inputs), (inputs, units), (n, units))
    )
    x[rng.random(x.shape) >= rng.choice([0.02, 0.2, 0.35, 0.5])] = rng.choice([0.0, -0.0])
    for number in rng.choice([0.0, 1.0, np.nan], rng.integers(3)):
        x[rng.integers(n)] = number
    if rng.random() < 0.3:
        # Zero times these is no zero.
        weights[rng.integers(inputs), rng.integers(units)] = rng.choice([np.nan, np.inf])
        dz[rng.integers(n), rng.integers(units)] = rng.choice([np.nan, -np.inf])
    affine, gradients = form(kernel, rng, "affine"), form(kernel, rng, "affine_gradients")
    found = []
    for rows in (x, np.asfortranarray(x)):
        z, d_weights = (flat(place, rng, array.shape, dtype) for array in (dz, weights))
        mark = affine(rows, weights, None, z)
        if rng.random() < 0.3:
            # Somebody else is in between: its lists are not taken for those of these rows.
            other = flat(place, rng, x.shape, dtype)
            other[rng.random(x.shape) < 0.9] = 0
            assert affine(other, weights, None, flat(place, rng, z.shape, dtype)) >= 1.0
        assert gradients(rows, weights, dz, d_weights, None, None, mark) is True
        found.append((z, d_weights))
    for one, other in zip(*found, strict=True):
        assert np.array_equal(one, other, equal_nan=True), f"zeros: other bits, {x.shape} {dtype}"


def maps_of(dtype: Any) -> dict[str, tuple[Callable[..., Any], Callable[..., Any], list[float]]]:
    """Each activation: f(z), da times f' in terms of a, and further arguments."""
    slope = dtype(0.01)
    return {
        "relu": (lambda z: np.maximum(z, 0), lambda a, da: da * (a > 0), []),
        "leaky_relu": (
            lambda z: np.maximum(z, z * slope),
            lambda a, da: da * np.where(a > 0, dtype(1), slope),
            [0.01],
        ),
        "sigmoid": (
            lambda z: 1 / (1 + np.exp(-z.astype(np.longdouble))),
            lambda a, da: da * (a - a * a),
            [],
        ),
        "tanh": (
            lambda z: np.tanh(z.astype(np.longdouble)),
            lambda a, da: da * (dtype(1) - a * a),
            [],
        ),
    }


def check_activation(kernel: Any, place: Place, rng: np.random.Generator) -> None:
    dtype = TYPES[rng.integers(2)]
    shape = tuple(some_shape(rng, 2))
    for name, (function, gradient, more) in maps_of(dtype).items():
        z = flat(place, rng, shape, dtype)
        z *= dtype(10.0 ** rng.integers(-6, 3))
        before = z.copy()
        a = z if rng.random() < 0.3 else place(shape, dtype)
        function_of = getattr(kernel, name) if more or name == "relu" else form(kernel, rng, name)
        assert function_of(z, a, *more) is True
        wanted = function(before).astype(dtype)
        if name.endswith("relu"):
            same_bits(a, wanted, name)
        else:
            # In units of the last place, and of numbers too small for their full precision.
            unit = np.spacing(np.abs(wanted)) + np.finfo(dtype).tiny
            worst = float((np.abs(a - wanted) / unit).max(initial=0))
            assert worst <= (1 if dtype == np.float32 else 4), f"{name}: {worst} units off, {dtype}"
        da = flat(place, rng, shape, dtype)
        upstream, kept = da.copy(), a.copy()
        out = da if rng.random() < 0.5 else place(shape, dtype)
        assert getattr(kernel, f"{name}_gradient")(a, da, out, *more) is True
        same_bits(out, gradient(kept, upstream).astype(dtype), f"{name}_gradient")


def check_losses(kernel: Any, place: Place, rng: np.random.Generator) -> None:
    dtype = TYPES[rng.integers(2)]
    rows, columns = int(rng.choice(SIZES)), int(rng.choice(SIZES[1:]))
    z = flat(place, rng, (rows, columns), dtype)
    z *= dtype(10.0 ** rng.integers(-2, 4))
    wide = z.astype(np.longdouble)
    # The difference of two large logits is rounded before it is an exponent.
    precision = (4 + float(np.abs(z).max(initial=0))) * np.finfo(dtype).eps
    shifted = wide - wide.max(axis=1, keepdims=True)
    terms = np.exp(shifted)
    sums = terms.sum(axis=1, keepdims=True)
    out = place(z.shape, dtype)
    assert form(kernel, rng, "softmax")(z, out) is True
    worst = float(np.abs(out - terms / sums).max()) if rows else 0.0
    assert worst <= precision, f"softmax off by {worst:.1e}, {z.shape} {dtype}"

    targets = flat(place, rng, z.shape, dtype)
    np.abs(targets, out=targets)
    targets /= targets.sum(axis=1, keepdims=True)
    gradient = None if rng.random() < 0.3 else place(z.shape, dtype)
    value = form(kernel, rng, "cross_entropy")(z, targets, gradient)
    wanted = np.log(sums).sum() - (targets * shifted).sum()
    assert math.isclose(value, float(wanted), rel_tol=1e-5, abs_tol=1e-4), "cross_entropy"
    if gradient is not None:
        assert (np.abs(gradient - (terms / sums - targets)) <= precision).all(), "its gradient"

    gradient = None if rng.random() < 0.3 else place(z.shape, dtype)
    value = form(kernel, rng, "binary_cross_entropy")(z, targets, gradient)
    wanted = (np.log1p(np.exp(-np.abs(wide))) + np.maximum(wide, 0) - targets * wide).sum()
    close_enough = math.isclose(value, float(wanted), rel_tol=1e-9, abs_tol=1e-9)
    assert close_enough, "binary_cross_entropy"
    if gradient is not None:
        wanted = 1 / (1 + np.exp(-wide)) - targets
        assert (np.abs(gradient - wanted) <= precision).all(), "its gradient"


def check_update(kernel: Any, place: Place, rng: np.random.Generator) -> None:
    dtype = TYPES[rng.integers(2)]
    shape = tuple(some_shape(rng, int(rng.integers(1, 3))))
    w, g, one, two = (flat(place, rng, shape, dtype) for _ in range(4))
    np.abs(one, out=one)
    np.abs(two, out=two)
    # NumPy's own in-place steps, on copies: the bits must be the same.
    w2, one2, two2 = w.copy(), one.copy(), two.copy()
    kind = rng.integers(5)
    if kind == 0:
        assert kernel.add_scaled(w, g, -0.3) is True
        w2 += g * dtype(-0.3)
    elif kind in (1, 2):
        nesterov = kind == 2
        assert kernel.momentum(w, g, one, 0.3, 0.9, nesterov) is True
        step = g * -0.3
        one2 *= 0.9
        one2 += step
        if nesterov:
            w2 += step
            w2 += one2 * 0.9
        else:
            w2 += one2
    elif kind == 3:
        assert kernel.rmsprop(w, g, one, 0.3, 0.9, 1e-7) is True
        one2 *= 0.9
        one2 += (g * g) * (1.0 - 0.9)
        w2 += g / (np.sqrt(one2) + 1e-7) * -0.3
    else:
        assert kernel.adam(w, g, one, two, 0.3, 0.9, 0.999, 1e-7, 1.7, 0.99) is True
        w2 *= 0.99
        one2 *= 0.9
        one2 += g * (1.0 - 0.9)
        two2 *= 0.999
        two2 += (g * g) * (1.0 - 0.999)
        w2 += one2 / (np.sqrt(two2) * 1.7 + 1e-7) * -0.3
    for got, wanted in ((w, w2), (one, one2), (two, two2)):
        same_bits(got, wanted, f"update {kind}")


def check_take(kernel: Any, place: Place, rng: np.random.Generator) -> None:
    dtype = TYPES[rng.integers(2)]
    images, (rows, width) = int(rng.integers(1, 50)), some_shape(rng, 2)
    source = place((images, width), np.uint8)
    source[...] = rng.integers(0, 256, source.shape)
    chosen = place((rows,), [np.int32, np.int64][rng.integers(2)])
    chosen[...] = rng.integers(0, images, rows)
    out = place((rows, width), dtype)
    assert kernel.take_pixels(source, chosen, out, 1 / 255) is True
    same_bits(out, np.multiply(source[chosen], 1 / 255, dtype=dtype), "take_pixels")
    numbers = flat(place, rng, (images, width), dtype)
    assert kernel.take_rows(numbers, chosen, out) is True
    same_bits(out, numbers[chosen], "take_rows")
    if rows:
        chosen[rng.integers(rows)] = rng.choice([-1, images, -(2**31), 2**31 - 1])
        assert kernel.take_pixels(source, chosen, out, 1 / 255) is False
        assert kernel.take_rows(numbers, chosen, out) is False


CHECKS = [
    *([check_product] * 4),
    *([check_layer] * 2),
    check_zeros,
    *(check_activation, check_losses, check_update, check_take),
    *(check_convolution, check_pooling),
]


def refusals(kernel: Any) -> list[str]:
    """Calls with operands that are NumPy's business; returns those that were not refused."""
    a = np.ones((3, 3), np.float32)
    fixed = a.copy()
    fixed.flags.writeable = False
    folded = np.lib.stride_tricks.as_strided(np.zeros(9, np.float32), (3, 3), (0, 4))
    askew = np.frombuffer(bytearray(37), np.uint8)[1:].view(np.float32).reshape(3, 3)
    run = np.zeros(12, np.float32)
    row, pair = np.ones(3, np.float32), np.ones((3, 2), np.float32)
    cases = {
        "matmul": [
            *((a, a, a), (a, a, fixed), (a, a.astype(np.float64), a.copy()), (a, a)),
            *((a, a.astype(">f4"), a.copy()), (a, a[:2], a.copy()), (a, a[0], a.copy())),
            *((a, a, folded), (a, a, askew), (a, askew, a.copy()), (a, None, a.copy())),
            *((a, a, a.tolist()), (a.astype(np.int32),) * 3, (a.astype(complex),) * 3),
            (run[:9].reshape(3, 3), a, run[3:].reshape(3, 3)),
            (a.astype(np.float16), a.astype(np.float16), a.astype(np.float16)),
        ],
        "affine": [(a, a, row[:2], a.copy()), (a, a, None, a), (a, a, a, a.copy())],
        "affine_gradients": [
            (a, a, a, a.copy(), row, a, 0),
            (a, a, a, a.copy(), row[:2], a.copy(), 0),
            (a, pair, pair, a.copy(), None, a.copy(), 0),
            (a, a, a, a.copy(), None, None),
        ],
        "relu": [(a, pair), (run[:9], run[1:10]), (a, a[::-1]), (a, a.T)],
        "relu_gradient": [(a, a.T.copy(), a.T), (run[:9], run[:9], run[1:10])],
        "softmax": [(row, row), (np.ones((3, 0), np.float32),) * 2],
        "cross_entropy": [(a, a, a), (a, pair, None)],
        "add_scaled": [(a, a, 1.0), (fixed, a, 1.0), (a, a.copy(), "1"), (a, a.copy())],
        "adam": [(a, a.copy(), a, a.copy(), 1, 1, 1, 1, 1, 1)],
        "take_rows": [
            (a.astype(np.float64), np.zeros(3, np.int64), a),
            (a, np.zeros(3, np.int64), a),
        ],
        "take_pixels": [
            (np.zeros((3, 3), np.int8), np.zeros(3, np.int64), a, 1.0),
            (np.zeros((3, 3), np.uint8), np.zeros(3), a, 1.0),
            (np.zeros((3, 2), np.uint8), np.zeros(3, np.int64), a, 1.0),
            (np.zeros((3, 3), np.uint8), np.zeros(2, np.int64), a, 1.0),
        ],
        **image_refusals(),
    }
    return [
        f"{name} case {number}"
        for name, calls in cases.items()
        for number, arguments in enumerate(calls)
        if getattr(kernel, name)(*arguments) is not False
    ]
