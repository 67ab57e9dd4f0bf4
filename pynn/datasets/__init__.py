"""Data sets: points in the plane, made by seed, and MNIST, read from its own files."""

from pynn.datasets.features import FEATURES, features
from pynn.datasets.idx import IDXError, read_idx, write_idx
from pynn.datasets.mnist import balanced_rows, mnist, subset_rows
from pynn.datasets.planar import (
    PLANAR,
    blobs,
    checkerboard,
    circle,
    gauss,
    hills,
    moons,
    pinwheel,
    quadrants,
    rings,
    slope,
    spiral,
    xor,
    xor_cloud,
)
from pynn.datasets.points import PointsError, read_points, write_points
from pynn.datasets.points_csv import read_csv, write_csv
from pynn.datasets.selection import balanced, mixed, split

__all__ = [
    "FEATURES",
    "PLANAR",
    "IDXError",
    "PointsError",
    "balanced",
    "balanced_rows",
    "blobs",
    "checkerboard",
    "circle",
    "features",
    "gauss",
    "hills",
    "mixed",
    "mnist",
    "moons",
    "pinwheel",
    "quadrants",
    "read_csv",
    "read_idx",
    "read_points",
    "rings",
    "slope",
    "spiral",
    "split",
    "subset_rows",
    "write_csv",
    "write_idx",
    "write_points",
    "xor",
    "xor_cloud",
]
