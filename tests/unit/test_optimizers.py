"""Optimizers against their formulas, written out plainly, over several steps."""

from collections.abc import Callable, Iterator

import numpy as np
import pytest

from pynn import SGD, Adam, AdamW, CosineDecay, RMSprop, StepDecay
from pynn.optimizer import Optimizer
from pynn.optimizers import OPTIMIZERS

STEPS = 12
Plain = Callable[[np.ndarray, Iterator[np.ndarray], Callable[[int], float]], np.ndarray]


def plain_sgd(w, gradients, rate, m=0.0, nesterov=False):  # type: ignore[no-untyped-def]
    v = 0.0
    for t, g in enumerate(gradients):
        v = m * v - rate(t) * g
        w = w + (m * v - rate(t) * g if nesterov else v)
    return w


def plain_rmsprop(w, gradients, rate, p=0.9, e=1e-7):  # type: ignore[no-untyped-def]
    s = 0.0
    for t, g in enumerate(gradients):
        s = p * s + (1 - p) * g**2
        w = w - rate(t) * g / (np.sqrt(s) + e)
    return w


def plain_adam(w, gradients, rate, b1=0.9, b2=0.999, e=1e-7, decay=0.0):  # type: ignore[no-untyped-def]
    m = v = 0.0
    for t, g in enumerate(gradients):
        w = w - rate(t) * decay * w
        m, v = b1 * m + (1 - b1) * g, b2 * v + (1 - b2) * g**2
        m_hat, v_hat = m / (1 - b1 ** (t + 1)), v / (1 - b2 ** (t + 1))
        w = w - rate(t) * m_hat / (np.sqrt(v_hat) + e)
    return w


def with_words(plain: Callable, **words: float) -> Plain:  # type: ignore[type-arg]
    return lambda w, gradients, rate: plain(w, gradients, rate, **words)


CASES: dict[str, tuple[Callable[..., Optimizer], Plain]] = {
    "sgd": (SGD, with_words(plain_sgd)),
    "momentum": (lambda r: SGD(r, momentum=0.9), with_words(plain_sgd, m=0.9)),
    "momentum-half": (lambda r: SGD(r, momentum=0.5), with_words(plain_sgd, m=0.5)),
    "nesterov": (
        lambda r: SGD(r, momentum=0.9, nesterov=True),
        with_words(plain_sgd, m=0.9, nesterov=True),
    ),
    "rmsprop": (RMSprop, with_words(plain_rmsprop)),
    "rmsprop-words": (
        lambda r: RMSprop(r, rho=0.5, epsilon=0.1),
        with_words(plain_rmsprop, p=0.5, e=0.1),
    ),
    "adam": (Adam, with_words(plain_adam)),
    "adam-words": (
        lambda r: Adam(r, beta_1=0.5, beta_2=0.7, epsilon=0.1),
        with_words(plain_adam, b1=0.5, b2=0.7, e=0.1),
    ),
    "adam-without-means": (
        lambda r: Adam(r, beta_1=0.0, beta_2=0.0),
        with_words(plain_adam, b1=0.0, b2=0.0),
    ),
    "adamw": (AdamW, with_words(plain_adam, decay=0.01)),
    "adamw-words": (
        lambda r: AdamW(r, weight_decay=0.3, beta_1=0.5),
        with_words(plain_adam, b1=0.5, decay=0.3),
    ),
    "adamw-without-decay": (lambda r: AdamW(r, weight_decay=0.0), with_words(plain_adam)),
    "name-sgd": (OPTIMIZERS["sgd"], with_words(plain_sgd)),
    "name-momentum": (OPTIMIZERS["momentum"], with_words(plain_sgd, m=0.9)),
    "name-nesterov": (OPTIMIZERS["nesterov"], with_words(plain_sgd, m=0.9, nesterov=True)),
    "name-rmsprop": (OPTIMIZERS["rmsprop"], with_words(plain_rmsprop)),
    "name-adam": (OPTIMIZERS["adam"], with_words(plain_adam)),
    "name-adamw": (OPTIMIZERS["adamw"], with_words(plain_adam, decay=0.01)),
}

RATES: dict[str, Callable[[int], float]] = {
    "constant": lambda t: 0.05,
    "step": StepDecay(0.1, every=4, factor=0.5),
    "cosine": CosineDecay(0.1, updates=9, final=0.01),
}


@pytest.mark.parametrize("rate", RATES.values(), ids=RATES)
@pytest.mark.parametrize(("make", "plain"), CASES.values(), ids=CASES)
def test_optimizer_follows_its_formula(
    make: Callable[..., Optimizer],
    plain: Plain,
    rate: Callable[[int], float],
    rng: np.random.Generator,
) -> None:
    # Three parameters of different sizes, as they share their working arrays.
    start = {"a": rng.standard_normal((3, 4)), "b": rng.standard_normal(5), "c": np.ones(1)}
    gradients = [
        {name: rng.standard_normal(array.shape) for name, array in start.items()}
        for _ in range(STEPS)
    ]
    optimizer = make(rate)
    w = {name: array.copy() for name, array in start.items()}
    own = dict(w)
    for step in gradients:
        kept = {name: gradient.copy() for name, gradient in step.items()}
        optimizer.update(w, step)
        for name in w:
            assert w[name] is own[name]  # changed in place
            np.testing.assert_array_equal(step[name], kept[name])  # only read
    for name, array in start.items():
        wanted = plain(array, iter([step[name] for step in gradients]), rate)
        np.testing.assert_allclose(w[name], wanted, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize(("make", "plain"), CASES.values(), ids=CASES)
def test_optimizer_keeps_float32(
    make: Callable[..., Optimizer], plain: Plain, rng: np.random.Generator
) -> None:
    w, g = rng.standard_normal((2, 4)).astype("float32")
    start, optimizer = w.astype("float64"), make(0.05)
    for _ in range(STEPS):
        optimizer.update({"w": w}, {"w": g})
    assert w.dtype == np.float32
    assert all(kept.dtype == np.float32 for kept in optimizer._kept["w"].values())
    wanted = plain(start, iter([g.astype("float64")] * STEPS), lambda t: 0.05)
    np.testing.assert_allclose(w, wanted, rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize(("make", "plain"), CASES.values(), ids=CASES)
def test_optimizer_stands_still_where_the_gradient_is_zero(
    make: Callable[..., Optimizer], plain: Plain
) -> None:
    w, optimizer = np.ones(3), make(0.1)
    for _ in range(3):
        optimizer.update({"w": w}, {"w": np.zeros(3)})
    shrink = (1 - 0.1 * getattr(optimizer, "weight_decay", 0.0)) ** 3
    np.testing.assert_allclose(w, shrink, rtol=1e-12)


REFUSED = {
    "rate-0": (lambda: SGD(0.0), "learning_rate: expected a number above 0, got 0.0"),
    "rate-negative": (lambda: Adam(-1), "learning_rate: expected a number above 0, got -1"),
    "rate-nan": (
        lambda: RMSprop(float("nan")),
        "learning_rate: expected a number above 0, got nan",
    ),
    "rate-inf": (lambda: AdamW(float("inf")), "learning_rate: expected a number above 0, got inf"),
    "momentum-1": (lambda: SGD(1, momentum=1.0), "SGD: expected 0 <= momentum < 1, got 1.0"),
    "momentum": (lambda: SGD(1, momentum=-0.1), "SGD: expected 0 <= momentum < 1, got -0.1"),
    "nesterov": (
        lambda: SGD(1, nesterov=True),
        "SGD: expected momentum above 0 with nesterov, got 0",
    ),
    "rho": (lambda: RMSprop(1, rho=1.0), "RMSprop: expected 0 <= rho < 1, got 1.0"),
    "beta-1": (lambda: Adam(1, beta_1=1.0), "Adam: expected 0 <= beta_1 < 1, got 1.0"),
    "beta-2": (lambda: Adam(1, beta_2=1.0), "Adam: expected 0 <= beta_2 < 1, got 1.0"),
    "decay": (
        lambda: AdamW(1, weight_decay=-1.0),
        "AdamW: expected weight_decay >= 0, got -1.0",
    ),
}


@pytest.mark.parametrize(("make", "sentence"), REFUSED.values(), ids=REFUSED)
def test_optimizer_words_outside_are_refused(make: Callable[[], Optimizer], sentence: str) -> None:
    with pytest.raises(ValueError) as caught:
        make()
    assert str(caught.value) == sentence


@pytest.mark.parametrize(
    ("optimizer", "code"),
    [
        (SGD(0.1), "SGD(0.1)"),
        (SGD(0.1, momentum=0.9, nesterov=True), "SGD(0.1, momentum=0.9, nesterov=True)"),
        (RMSprop(), "RMSprop(0.001)"),
        (Adam(0.5, epsilon=1e-8), "Adam(0.5, epsilon=1e-08)"),
        (AdamW(StepDecay(0.5, every=3)), "AdamW(StepDecay(rate=0.5, every=3, factor=0.1))"),
    ],
)
def test_its_representation_is_python_that_makes_it_again(optimizer: Optimizer, code: str) -> None:
    assert repr(optimizer) == code
    again = eval(code)
    assert again.state().plain == optimizer.state().plain
