"""exp, log, tanh, sigmoid, sin and cos from additions, multiplications and divisions alone.

Each is a Taylor series on a short interval, and a reduction to it (after Cody and Waite
1980, "Software Manual for the Elementary Functions"). All compute in float64 and return it,
for x of any shape. With dtype float64 they are right to 4 units in its last place; with
float32 the series are as short as that many digits allow, and the caller rounds.
web/kernel/exact_functions.h does the same operations in the same order.
"""

from functools import lru_cache
from math import factorial
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from pynn.matmul import Array

Numbers = list[npt.NDArray[np.float64]]


# Arrays without axes: of a Python number NumPy would make one at every call.
def _number(value: float | str) -> npt.NDArray[np.float64]:
    return np.array(float.fromhex(value) if isinstance(value, str) else value)


class _Terms(NamedTuple):
    """ln 2 in parts, and coefficients of x, x^2, … with the highest power first."""

    ln_2: Numbers
    exp: Numbers  # e^r - 1 by r, for |r| <= ln 2 / 2
    artanh: Numbers  # artanh(s) / s - 1 by s^2, for s up to 1/3
    short_artanh: Numbers  # the same for s up to 0.172


def _terms(ln_2: Numbers, exp: int, artanh: int, short: int) -> _Terms:
    coefficients = [_number(1.0 / (2 * k + 1)) for k in range(artanh, 0, -1)]
    powers = [_number(1.0 / factorial(k)) for k in range(exp, 0, -1)]
    return _Terms(ln_2, powers, coefficients, coefficients[-short:])


# A whole number below 2^20 times any part but the last is exact.
LN_2 = [_number(part) for part in ("0x1.62e42feep-1", "0x1.a39ef35793c76p-33")]
TERMS = {
    np.dtype(np.float32): _terms([_number("0x1.62e42fefa39efp-1")], exp=8, artanh=8, short=5),
    np.dtype(np.float64): _terms(LN_2, exp=13, artanh=16, short=10),
}
DOUBLE = np.dtype(np.float64)

ONE, TWO = _number(1.0), _number(2.0)
LOG2_E, TWO_OVER_PI = _number("0x1.71547652b82fep+0"), _number("0x1.45f306dc9c883p-1")
QUARTER_TURN = [
    _number(part) for part in ("0x1.921fb544p+0", "0x1.0b4611a6p-34", "0x1.3198a2e037073p-69")
]
# sin(r) / r - 1 and cos(r) - 1 by r^2, for |r| <= pi / 4
SIN = [_number((-1.0) ** k / factorial(2 * k + 1)) for k in range(8, 0, -1)]
COS = [_number((-1.0) ** k / factorial(2 * k)) for k in range(9, 0, -1)]
# Beyond these nothing changes: e^x is 0 or infinite, and tanh(x) is -1 or 1.
LEAST_EXPONENT, MOST_EXPONENT = _number(-746.0), _number(710.0)
LEAST_TANH, MOST_TANH = _number(-20.0), _number(20.0)


def _polynomial(coefficients: Numbers, x: Array) -> Array:
    """c_1 x + c_2 x^2 + … by Horner's rule."""
    value = x * coefficients[0]
    for coefficient in coefficients[1:]:
        value += coefficient
        value *= x
    return value


def _power_of_e(x: Array, terms: _Terms) -> tuple[Array, Array]:
    """n, which is whole, and e^r - 1, where x = n ln 2 + r."""
    n = np.rint(x * LOG2_E)
    for part in terms.ln_2:
        x = x - n * part
    return n.astype(np.intc), _polynomial(terms.exp, x)


def exp(x: Any, dtype: np.dtype[Any] = DOUBLE) -> Array:
    x = np.asarray(x, np.float64)
    x = np.minimum(np.maximum(x, LEAST_EXPONENT), MOST_EXPONENT)
    n, rest = _power_of_e(x, TERMS[dtype])
    rest += ONE
    return np.ldexp(rest, n)


def tanh(x: Any, dtype: np.dtype[Any] = DOUBLE) -> Array:
    """(e^2x - 1) / (e^2x + 1), without the cancellation near 0."""
    x = np.asarray(x, np.float64)
    x = np.minimum(np.maximum(x, LEAST_TANH), MOST_TANH)
    n, rest = _power_of_e(x + x, TERMS[dtype])
    scale = np.ldexp(ONE, n)
    rest *= scale
    scale -= ONE
    rest += scale
    return rest / (rest + TWO)


def sigmoid(x: Any, dtype: np.dtype[Any] = DOUBLE) -> Array:
    x = np.asarray(x, np.float64)
    return sigmoid_from(x, exp(-np.abs(x), dtype))


def sigmoid_from(x: Array, power: Array) -> Array:
    """1 / (1 + e^-x), or e^x / (1 + e^x) where x is negative; power is e^-|x|."""
    return np.where(x < 0.0, power, ONE) / (power + ONE)


def log1p(x: Any, dtype: np.dtype[Any] = DOUBLE) -> Array:
    """log(1 + x) for x from 0 to 1: 2 artanh(s) with s = x / (2 + x)."""
    x = np.asarray(x, np.float64)
    return _twice_artanh(x / (x + TWO), TERMS[dtype].artanh)


def log(x: Any, dtype: np.dtype[Any] = DOUBLE) -> Array:
    x = np.asarray(x, np.float64)
    m, n = np.frexp(x)
    # From between 1/2 and 1 to between 0.7 and 1.4.
    small = m < 0.7071067811865476
    m = np.where(small, m + m, m)
    n = (n - small).astype(np.float64)
    value = _twice_artanh((m - ONE) / (m + ONE), TERMS[dtype].short_artanh)
    value = n * LN_2[0] + (n * LN_2[1] + value)
    value = np.where(x < 0.0, np.nan, np.where(x == np.inf, x, value))
    return np.where(x == 0.0, -np.inf, value)


def _twice_artanh(s: Array, coefficients: Numbers) -> Array:
    twice = s + s
    return twice + twice * _polynomial(coefficients, s * s)


def sin(x: Any) -> Array:
    """For |x| up to 10^5."""
    return _sine(x, quarters=0)


def cos(x: Any) -> Array:
    """For |x| up to 10^5."""
    return _sine(x, quarters=1)


def _sine(x: Any, quarters: int) -> Array:
    """sin of x and so many quarter turns more."""
    x = np.asarray(x, np.float64)
    n = np.rint(x * TWO_OVER_PI)
    for part in QUARTER_TURN:
        x = x - n * part
    square = x * x
    turn = (n.astype(np.int64) + quarters) % 4
    even, odd = x + x * _polynomial(SIN, square), _polynomial(COS, square) + ONE
    value = np.where(turn % 2 == 0, even, odd)
    return np.where(turn < 2, value, -value)


@lru_cache(maxsize=1024)
def _squared_up(base: float, exponent: int) -> float:
    power = 1.0
    while exponent:
        if exponent % 2:
            power *= base
        base *= base
        exponent //= 2
    return power


def whole_power(base: float, exponent: int) -> float:
    """base^exponent for a whole exponent from 0, by multiplications; infinite beyond floats.

    Cut in two, so that who counts up finds both parts in the cache nearly always.
    """
    low = exponent % 256
    return _squared_up(base, exponent - low) * _squared_up(base, low)
