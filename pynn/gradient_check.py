"""Is back-propagation right? Compare it with what a small push of each weight does."""

import copy
from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from pynn.chance import Seed, stream
from pynn.limits import check_above_0, check_whole
from pynn.losses import Loss, get_loss
from pynn.mini_batch import no_warnings
from pynn.network import Network, check_network
from pynn.targets import as_examples


def check_gradients(
    network: Network,
    x: npt.ArrayLike,
    y: npt.ArrayLike,
    *,
    loss: str | Loss,
    h: float = 1e-5,
    most: int = 1000,
    seed: Seed = 0,
) -> float:
    """The largest relative error between the computed and the measured gradient.

    The measured one is (L(w + h) - L(w - h)) / 2h, penalties included. The error
    of a parameter array is |computed - measured| / (|computed| + |measured|) in
    Euclidean norms over the entries looked at: all of them, or `most` drawn by
    `seed` from a larger array. What layers draw while they learn is drawn by `seed`
    too, and held still. Below 1e-7 is right, above 1e-4 is wrong. The
    network has to be of float64, or rounding drowns the difference; its
    parameters and statistics are as before when this returns.
    """
    check_network("check_gradients", network)
    if network.dtype != np.float64:
        raise ValueError(
            f'check_gradients: expected a network of dtype="float64", got {network.dtype}'
        )
    loss = network.arithmetic.loss(get_loss(loss))
    rows, targets = as_examples("check_gradients", network, x, y, loss)
    inputs = network.as_input(rows)
    rng = stream("check_gradients", seed, "subset")
    h, most = check_above_0("check_gradients", "h", h), check_whole("check_gradients", "most", most)

    # Every look draws the same numbers.
    noise = copy.deepcopy(stream("check_gradients", seed, "learning"))
    began = noise.bit_generator.state

    statistics = {name: array.copy() for name, array in network.statistics.items()}

    def hold_still() -> None:
        noise.bit_generator.state = began
        network.statistics.update(statistics)

    def total() -> float:
        hold_still()
        z = network.pre_activation_training(inputs, noise)
        return loss.value(z, targets, network.last.activation) + network.penalty()

    with network.lock:
        hold_still()
        network.backpropagate(inputs, targets, loss, noise)
        computed = {name: gradient.copy() for name, gradient in network.gradients.items()}
        worst = 0.0
        for name, array in network.parameters.items():
            entries = array.reshape(-1)
            looked_at = np.arange(entries.size)
            if entries.size > most:
                looked_at = np.sort(rng.choice(entries.size, most, replace=False))
            with no_warnings():
                measured = slopes(total, entries, looked_at, h)
            if not np.isfinite(measured).all():
                hold_still()
                raise ValueError(
                    f"check_gradients: expected h so small that losses are finite, got {h:g}"
                )
            worst = max(worst, relative_error(computed[name].reshape(-1)[looked_at], measured))
        hold_still()
    return worst


def slopes(
    total: Callable[[], float],
    entries: npt.NDArray[np.float64],
    places: npt.NDArray[np.intp],
    h: float,
) -> npt.NDArray[np.float64]:
    """How `total` changes with each of these entries of a flat array, pushed by h both ways.

    The array is as before when this returns.
    """
    measured = np.empty(places.size)
    for number, place in enumerate(places):
        before = entries[place]
        try:
            entries[place] = before + h
            above = total()
            entries[place] = before - h
            below = total()
        finally:
            entries[place] = before
        measured[number] = (above - below) / (2.0 * h)
    return measured


def relative_error(a: npt.NDArray[np.float64], b: npt.NDArray[np.float64]) -> float:
    """|a - b| / (|a| + |b|) in Euclidean norms; 0 where both are 0."""
    scale = float(np.linalg.norm(a) + np.linalg.norm(b))
    return float(np.linalg.norm(a - b)) / scale if scale else 0.0
