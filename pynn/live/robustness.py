"""How often a network is right when the test images are turned, shifted, thicker or noisy."""

import numpy as np

from pynn.augmentation import moved, thickened
from pynn.matmul import Array
from pynn.metrics import accuracy
from pynn.network import Network

# Each kind of change, and how much of it is tried: degrees clockwise, pixels to the right, pixels
# on each side of a line, and the deviation of noise.
CHANGES: dict[str, tuple[float, ...]] = {
    "turn": (-60.0, -45.0, -30.0, -15.0, 0.0, 15.0, 30.0, 45.0, 60.0),
    "shift": (-6.0, -4.0, -2.0, 0.0, 2.0, 4.0, 6.0),
    "thickness": (-0.9, -0.6, -0.3, 0.0, 0.3, 0.6, 0.9),
    "noise": (0.0, 0.1, 0.2, 0.3, 0.4, 0.6, 0.8),
}
# So many test images are changed: the first ones.
IMAGES = 400


def robustness(network: Network, images: Array, labels: Array, change: str) -> Array:
    """(n, 2): how much, and the share of right answers, 0 to 1."""
    plain = images[:IMAGES].reshape(-1, 28, 28, 1).astype(np.float32) / 255.0
    truth = labels[: len(plain)]
    points = []
    for much in CHANGES[change]:
        changed = _changed(plain, change, much).clip(0.0, 1.0)
        points.append((much, accuracy(network, changed.reshape(-1, 28, 28), truth)))
    return np.array(points)


def _changed(images: Array, change: str, much: float) -> Array:
    n = len(images)
    still, same = np.zeros(n), np.ones(n)
    if change == "turn":
        return moved(images, still, still, np.full(n, much), same)
    if change == "shift":
        return moved(images, still, np.full(n, much), still, same)
    if change == "thickness":
        return thickened(images, np.full(n, much))
    noise = np.random.default_rng(0).normal(0.0, much, images.shape)
    noisy: Array = images + noise.astype(images.dtype)
    return noisy
