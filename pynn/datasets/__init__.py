"""Data sets: points in the plane, made by seed, and MNIST, read from its own files."""

from pynn.datasets.idx import IDXError, read_idx, write_idx
from pynn.datasets.mnist import balanced_rows, mnist, subset_rows
from pynn.datasets.planar import PLANAR, circle, gauss, moons, quadrants, spiral, xor, xor_cloud

__all__ = [
    "PLANAR",
    "IDXError",
    "balanced_rows",
    "circle",
    "gauss",
    "mnist",
    "moons",
    "quadrants",
    "read_idx",
    "spiral",
    "subset_rows",
    "write_idx",
    "xor",
    "xor_cloud",
]
