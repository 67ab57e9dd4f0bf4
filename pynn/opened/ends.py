"""Where the numbers at the two ends come from: softmax in its steps, the loss, the update."""

import numpy as np

from pynn.losses import BinaryCrossEntropy, CrossEntropy, Loss, SquaredError
from pynn.matmul import Array
from pynn.opened.moment import Cell, sum_of
from pynn.opened.neurons import Explain, Place
from pynn.optimizer import Optimizer

UPDATES = {
    "SGD": "W ← W − r g",
    "Momentum": "v ← m v − r g,  W ← W + v",
    "Nesterov": "v ← m v − r g,  W ← W + m v − r g",
    "RMSprop": "s ← p s + (1 − p) g²,  W ← W − r g / (√s + ε)",
    "Adam": "m ← β₁ m + (1 − β₁) g,  v ← β₂ v + (1 − β₂) g²,  W ← W − r m̂ / (√v̂ + ε)",
    "AdamW": "m, v as Adam,  W ← W − r d W − r m̂ / (√v̂ + ε)",
}
WORDS = {
    "momentum": "m", "rho": "p", "beta_1": "β₁", "beta_2": "β₂", "epsilon": "ε",
    "weight_decay": "d",
}  # fmt: skip
LETTERS = {"velocity": "v", "square": "v", "mean": "m"}


def softmax_steps(z: Array, a: Array) -> list[tuple[str, Array, Explain]]:
    """z less the largest, its exponential, and that one's share: each with its letter."""
    largest = z.max()
    shifted = z - largest
    grown = np.exp(shifted)
    total = float(grown.sum())

    def less(at: Place) -> Cell:
        return Cell(
            "s = z − max z", float(shifted[at]), {"z": float(z[at]), "max z": float(largest)}
        )

    def power(at: Place) -> Cell:
        return Cell("e = exp(s)", float(grown[at]), {"s": float(shifted[at])})

    def share(at: Place) -> Cell:
        return Cell("a = e / Σ e", float(a[at]), {"e": float(grown[at]), "Σ e": total})

    return [("s", shifted, less), ("e", grown, power), ("a", a, share)]


def explain_loss(loss: Loss, a: Array, targets: Array, value: float) -> Explain:
    """The loss of one example, summed over its outputs."""
    places = [(i,) for i in range(len(a))]

    def explain(_: Place) -> Cell:
        if isinstance(loss, SquaredError):
            error = a - targets
            return sum_of(
                "L = ½ Σ (a − t)²", ("a − t", "½ (a − t)"), value, places, error, error / 2
            )
        log = _safe_log(a)
        if isinstance(loss, CrossEntropy):
            return sum_of("L = −Σ t log a", ("t", "−log a"), value, places, targets, -log)
        if isinstance(loss, BinaryCrossEntropy):
            terms = targets * log + (1 - targets) * _safe_log(1 - a)
            equation = "L = −Σ (t log a + (1 − t) log(1 − a))"
            return sum_of(
                equation,
                ("−t log a − (1 − t) log(1 − a)", "1"),
                value,
                places,
                -terms,
                np.ones_like(terms),
            )
        return Cell("L(a, t)", value)

    return explain


def explain_error(loss: Loss, a: Array, targets: Array, dz: Array) -> Explain:
    """dz of the last layer, at which the loss begins."""
    short = isinstance(loss, (CrossEntropy, BinaryCrossEntropy))

    def explain(at: Place) -> Cell:
        numbers = {"a": float(a[at]), "t": float(targets[at])}
        return Cell("dz = a − t" if short else "dz = (a − t) f′(z)", float(dz[at]), numbers)

    return explain


def explain_update(
    optimizer: Optimizer,
    rate: float,
    before: Array,
    gradient: Array,
    after: Array,
    kept: dict[str, tuple[Array, Array]],
) -> Explain:
    """A parameter's number after the update; `kept`, by slot, before it and after it."""
    kind = type(optimizer).__name__
    if kind == "SGD" and getattr(optimizer, "momentum", None):
        kind = "Nesterov" if getattr(optimizer, "nesterov", None) else "Momentum"
    words = {
        letter: float(getattr(optimizer, name))
        for name, letter in WORDS.items()
        if name in optimizer.checks and getattr(optimizer, name)
    }
    slots = {
        ("s" if kind == "RMSprop" else LETTERS.get(name, name)): pair for name, pair in kept.items()
    }

    def explain(at: Place) -> Cell:
        numbers = {"W": float(before[at]), "g": float(gradient[at]), "r": rate, **words}
        for letter, (old, new) in slots.items():
            numbers |= {f"{letter} before": float(old[at]), f"{letter} after": float(new[at])}
        numbers["ΔW"] = float(after[at]) - float(before[at])
        return Cell(UPDATES.get(kind, "W ← update(W, g)"), float(after[at]), numbers)

    return explain


def _safe_log(a: Array) -> Array:
    """log a, of 0 the smallest there is: what is multiplied by it is 0."""
    least = float(np.finfo(a.dtype).tiny)
    logs: Array = np.log(np.maximum(a, least))
    return logs
