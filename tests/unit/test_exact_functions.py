"""exp, log, tanh, sigmoid, sin and cos of our own: right to a few units, at the edges too."""

import math
from collections.abc import Callable
from decimal import Decimal, localcontext
from typing import Any

import numpy as np
import pytest

from pynn.exact import functions
from pynn.exact.functions import cos, exp, log, log1p, sin, tanh, whole_power

FLOAT32 = np.dtype(np.float32)


def sine(x: Decimal, first: int) -> Decimal:
    """The series of sin (first 1) or cos (first 0), as long as its terms count."""
    total, power = Decimal(0), first
    term = x if first else Decimal(1)
    while abs(term) > Decimal("1e-50"):
        total += term
        term *= -x * x / ((power + 1) * (power + 2))
        power += 2
    return total


TRUTHS: dict[str, Callable[[Decimal], Decimal]] = {
    "exp": lambda x: x.exp(),
    "log": lambda x: x.ln(),
    "log1p": lambda x: (1 + x).ln(),
    "tanh": lambda x: ((2 * x).exp() - 1) / ((2 * x).exp() + 1),
    "sigmoid": lambda x: 1 / (1 + (-x).exp()),
    "sin": lambda x: sine(x, 1),
    "cos": lambda x: sine(x, 0),
}


def some_numbers(name: str) -> np.ndarray:
    rng = np.random.default_rng(1)
    size = 10.0 ** rng.uniform(-10, 0, 300)
    signed = size * rng.choice([-1, 1], 300)
    return {
        "exp": np.concatenate([signed, signed * 700]),
        "log": np.concatenate([1 + signed / 2, np.exp(700 * signed), [5e-324, 1e-310]]),
        "log1p": np.concatenate([size, [0.0, 1.0]]),
        "tanh": np.concatenate([signed, 20 * signed]),
        "sigmoid": np.concatenate([signed, 700 * signed]),
        "sin": np.concatenate([signed, 20 * signed]),
        "cos": np.concatenate([signed, 20 * signed]),
    }[name]


def units_off(got: np.ndarray, name: str, x: np.ndarray) -> float:
    """The largest error in units of the last place of got's dtype."""
    with localcontext() as context:
        context.prec = 60
        worst = 0.0
        for number, found in zip(x.tolist(), got, strict=True):
            truth = TRUTHS[name](Decimal(number))
            unit = Decimal(float(np.spacing(np.abs(got.dtype.type(float(truth))))))
            worst = max(worst, float(abs(Decimal(float(found)) - truth) / unit))
    return worst


@pytest.mark.parametrize("name", TRUTHS)
def test_functions_are_right_to_four_units_of_double(name: str) -> None:
    x = some_numbers(name)
    assert units_off(getattr(functions, name)(x), name, x) <= 4


@pytest.mark.parametrize("name", ["exp", "log", "log1p", "tanh", "sigmoid"])
def test_short_series_are_right_to_one_unit_of_single(name: str) -> None:
    x = some_numbers(name)
    x = x[np.abs(x) < 80].astype(np.float32)
    x = x[(x > 0) | (name not in ("log", "log1p"))]
    got = getattr(functions, name)(x, FLOAT32).astype(np.float32)
    assert units_off(got, name, x) <= 1


@pytest.mark.parametrize(
    ("function", "x", "wanted"),
    [
        (exp, [math.inf, -math.inf, 710.0, -746.0, 0.0], [math.inf, 0.0, math.inf, 0.0, 1.0]),
        (exp, [-745.0, 709.7], [5e-324, 1.6549840276802644e308]),
        (tanh, [math.inf, -math.inf, 1000.0, -0.0, 5e-324], [1.0, -1.0, 1.0, 0.0, 5e-324]),
        (functions.sigmoid, [math.inf, -math.inf, 0.0, -800.0], [1.0, 0.0, 0.5, 0.0]),
        (log, [math.inf, 0.0, 1.0, 5e-324], [math.inf, -math.inf, 0.0, -744.4400719213812]),
        (sin, [0.0], [0.0]),
        (cos, [0.0], [1.0]),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_functions_at_the_edges(
    function: Callable[[Any], np.ndarray], x: list[float], wanted: list[float]
) -> None:
    with np.errstate(all="ignore"):
        assert function(x).tolist() == wanted


@pytest.mark.parametrize("name", ["exp", "log", "log1p", "tanh", "sigmoid"])
def test_what_is_no_number_stays_visible(name: str) -> None:
    with np.errstate(all="ignore"):
        assert np.isnan(getattr(functions, name)([math.nan, 0.5])[0])


def test_log_of_a_negative_number_is_none() -> None:
    with np.errstate(all="ignore"):
        assert np.isnan(log([-1.0])).all()


def test_one_number_and_many_have_the_same_bits() -> None:
    x = np.random.default_rng(2).uniform(0, 1, (40, 3))
    for function in (exp, log, log1p, tanh, sin, cos):
        alone = [[float(function(number)) for number in row] for row in x.tolist()]
        assert function(x).tolist() == alone


@pytest.mark.parametrize("base", [0.9, 0.999, 0.1, 1.0, 2.0])
def test_whole_powers_are_right_and_do_not_depend_on_those_asked_before(base: float) -> None:
    for exponent in (0, 1, 2, 255, 256, 257, 1000, 1_000_000):
        with localcontext() as context:
            context.prec = 60
            truth = float(Decimal(base) ** exponent) if base <= 1 or exponent < 1025 else math.inf
        found = whole_power(base, exponent)
        assert math.isclose(found, truth, rel_tol=1e-9, abs_tol=5e-324)
        functions._squared_up.cache_clear()
        assert whole_power(base, exponent) == found
