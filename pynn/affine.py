"""z = x W + b and its gradients: the arithmetic that dense and convolutional layers share."""

from typing import ClassVar

from pynn.matmul import Array, by_kernel, matmul


class Affine:
    """By the fastest product, and sums in NumPy's order. A subclass has others.

    names  of the kernel's functions that do the same
    """

    names: ClassVar[tuple[str, str]] = ("affine", "affine_gradients")

    def affine(self, x: Array, weights: Array, bias: Array | None, out: Array) -> float:
        """out = x W + b for x (n, i), W (i, k), b (k,) and out (n, k).

        Returns a mark, with which `affine_gradients` is faster while x holds the same.
        """
        mark: float = by_kernel(self.names[0], x, weights, bias, out)
        if not mark:
            self.matmul(x, weights, out)
            if bias is not None:
                out += bias
        return mark

    def affine_gradients(
        self,
        x: Array,
        weights: Array,
        dz: Array,
        d_weights: Array,
        d_bias: Array | None,
        dx: Array | None,
        mark: float = 0.0,
    ) -> None:
        """From dz (n, k): dW = x^T dz, db = sum of dz's rows, dx = dz W^T; None is left out."""
        if not by_kernel(self.names[1], x, weights, dz, d_weights, d_bias, dx, mark):
            self.matmul(x.T, dz, d_weights)
            if d_bias is not None:
                self.sum_rows(dz, d_bias)
            if dx is not None:
                self.matmul(dz, weights.T, dx)

    def matmul(self, a: Array, b: Array, out: Array) -> None:
        matmul(a, b, out=out)

    def sum_rows(self, rows: Array, out: Array) -> None:
        rows.sum(axis=0, out=out)
