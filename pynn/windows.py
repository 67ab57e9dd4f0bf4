"""The windows of images times W plus b, and the gradients: what a convolution multiplies.

For every place (y, x) of a window of size x size pixels, which moves by `stride` pixels,

    z[n, y, x]  = sum over i, j of  x[n, stride y + i, stride x + j] W[i, j]  + b

    dW[i, j]    = sum over n, y, x of  x[n, stride y + i, stride x + j]^T dz[n, y, x]
    db          = sum over n, y, x of  dz[n, y, x]
    dx[n, stride y + i, stride x + j]  gets  dz[n, y, x] W[i, j]^T  of every window it is in

In the browser the kernel does this where the images lie. Natively it is done with products of
a BLAS. A few windows abreast are taken as one: the pixels under them are copied into a row,
with a one behind them, and the matrix that makes all their z has W once for each window, a
step further down each time, and b below:

    z = [pixels 1] B        dB = [pixels 1]^T dz        d pixels = dz B^T
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import as_strided

from pynn.buffers import Buffers
from pynn.matmul import Array, by_kernel, matmul
from pynn.slices import slices

# So many numbers are copied into rows at a time: 4 MB in float32, for any number of images.
MOST_NUMBERS = 2**20
# Windows abreast share pixels, but W stands between ever more zeros. What the sharing saves in
# copying is worth the zeros where W is small: up to so many channels times filters for each.
ABREAST = {4: 128, 3: 128, 2: 512}


def convolve(
    x: Array, weights: Array, bias: Array, stride: int, out: Array, buffers: Buffers
) -> Array | None:
    """out (n, height, width, filters) from x (n, …, channels), which has its margins already.

    weights (size, size, channels, filters), bias (filters). Returns the rows of pixels where all
    were laid out together, for `convolution_gradients`.
    """
    if by_kernel("convolve", x, weights, bias, out, stride):
        return None
    windows, rows = Windows.of(weights, stride, out), None
    matrix = windows.matrix(weights, bias, buffers)
    for images in windows.portions(len(x)):
        rows = windows.rows(x[images], buffers)
        matmul(rows, matrix, out=out[images].reshape(len(rows), -1))
    return rows if rows is not None and len(rows) == windows.count(len(x)) else None


def convolution_gradients(
    x: Array,
    rows: Array | None,
    weights: Array,
    dz: Array,
    stride: int,
    gradients: tuple[Array, Array, Array | None],
    buffers: Buffers,
) -> None:
    """Fills `gradients`, (dW, db, dx or None), from dz (n, height, width, filters).

    x, weights, stride and the buffers are those of `convolve`, and rows what it returned.
    """
    d_weights, d_bias, dx = gradients
    if by_kernel("convolution_gradients", x, weights, dz, *gradients, stride):
        return
    windows = Windows.of(weights, stride, dz)
    matrix = windows.matrix(weights, d_bias, buffers)  # the bias has no part in dx
    total = buffers.get("gradient", matrix.shape)
    part = buffers.get("part of the gradient", matrix.shape)
    total.fill(0.0)
    if dx is not None:
        dx.fill(0.0)
    for images in windows.portions(len(x)):
        some = windows.rows(x[images], buffers) if rows is None else rows
        given = dz[images].reshape(len(some), -1)
        total += matmul(some.T, given, out=part)
        if dx is not None:
            spread = buffers.get("spread", (len(given), len(matrix) - 1))
            windows.scatter(matmul(given, matrix[:-1].T, out=spread), dx[images])
    np.sum(windows.diagonal(total), axis=0, out=d_weights)
    np.sum(total[-1].reshape(windows.abreast, -1), axis=0, out=d_bias)


@dataclass(frozen=True)
class Windows:
    """The places of a window, `abreast` of them together."""

    size: int
    channels: int
    filters: int
    stride: int
    height: int
    across: int  # groups of windows in a row
    abreast: int

    @staticmethod
    def of(weights: Array, stride: int, z: Array) -> "Windows":
        size, _, channels, filters = weights.shape
        height, width = z.shape[1:3]
        abreast = next(
            (n for n, most in ABREAST.items() if width % n == 0 and channels * filters <= most), 1
        )
        return Windows(size, channels, filters, stride, height, width // abreast, abreast)

    @property
    def pixels(self) -> int:
        """How many of each row of an image are under the windows of a group."""
        return self.stride * (self.abreast - 1) + self.size

    def count(self, images: int) -> int:
        return images * self.height * self.across

    def portions(self, images: int) -> Iterator[slice]:
        """Slices of images whose pixels are laid out together."""
        numbers = self.count(1) * self.size * self.pixels * self.channels
        at_once = max(1, MOST_NUMBERS // max(1, numbers))
        return slices(images, at_once)

    def matrix(self, weights: Array, bias: Array, buffers: Buffers) -> Array:
        """(size * pixels * channels + 1, abreast * filters): W for each window, then b."""
        shape = self.size * self.pixels * self.channels + 1, self.abreast * self.filters
        matrix = buffers.get("matrix", shape)
        matrix.fill(0.0)
        np.copyto(self.diagonal(matrix), weights)
        np.copyto(matrix[-1].reshape(self.abreast, -1), bias)
        return matrix

    def diagonal(self, matrix: Array) -> Array:
        """(abreast, size, size, channels, filters): where W stands in the matrix."""
        down, number = matrix.strides
        pixel = self.channels * down
        strides = (
            self.stride * pixel + self.filters * number,
            *(self.pixels * pixel, pixel, down, number),
        )
        shape = self.abreast, self.size, self.size, self.channels, self.filters
        return as_strided(matrix, shape, strides)

    def rows(self, x: Array, buffers: Buffers) -> Array:
        """The pixels under each group of windows, row by row, and a one."""
        x = np.ascontiguousarray(x)
        run = self.pixels * self.channels
        rows = buffers.get("rows", (self.count(len(x)), self.size * run + 1))
        # Not x.strides: an axis of length 1, a single channel's, may have any.
        number = x.itemsize
        pixel = self.channels * number
        down = x.shape[2] * pixel
        image = x.shape[1] * down
        shape = len(x), self.height, self.across, self.size, run
        strides = image, self.stride * down, self.stride * self.abreast * pixel, down, number
        np.copyto(rows[:, :-1].reshape(shape), as_strided(x, shape, strides, writeable=False))
        rows[:, -1] = 1.0
        return rows

    def scatter(self, rows: Array, dx: Array) -> None:
        """Adds what the rows have for each pixel to dx, in as few parts as are apart."""
        shape = len(dx), self.height, self.across, self.size, self.pixels, self.channels
        parts = rows.reshape(shape)
        step, last = self.stride * self.abreast, self.stride * (self.height - 1) + 1
        for i in range(self.size):
            down = slice(i, i + last, self.stride)
            if self.across <= self.pixels:
                for group in range(self.across):
                    across = slice(step * group, step * group + self.pixels)
                    dx[:, down, across] += parts[:, :, group, i]
            else:
                for j in range(self.pixels):
                    across = slice(j, j + step * (self.across - 1) + 1, step)
                    dx[:, down, across] += parts[:, :, :, i, j]
