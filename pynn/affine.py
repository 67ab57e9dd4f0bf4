"""z = x W + b and its gradients: the arithmetic that dense and convolutional layers share."""

from pynn.matmul import Array, by_kernel, matmul


def affine(x: Array, weights: Array, bias: Array | None, out: Array) -> Array:
    """out = x W + b for x (n, i), W (i, k), b (k,) and out (n, k); returns `out`."""
    if not by_kernel("affine", x, weights, bias, out):
        matmul(x, weights, out=out)
        if bias is not None:
            out += bias
    return out


def affine_gradients(
    x: Array,
    weights: Array,
    dz: Array,
    d_weights: Array,
    d_bias: Array | None,
    dx: Array | None,
) -> None:
    """From dz (n, k) fills dW = x^T dz, db = sum of dz's rows and dx = dz W^T; None is left out."""
    if not by_kernel("affine_gradients", x, weights, dz, d_weights, d_bias, dx):
        matmul(x.T, dz, out=d_weights)
        if d_bias is not None:
            dz.sum(axis=0, out=d_bias)
        if dx is not None:
            matmul(dz, weights.T, out=dx)
