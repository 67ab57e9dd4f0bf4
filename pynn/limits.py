"""What a value may be: each check returns the value as it is meant, or raises ValueError.

The sentence says who asks, what is expected and what was got, however odd that is. A check
stands at the door of a public function, before anything is changed; behind it a whole
number is an int and a real number a float, whatever NumPy type they came in.
"""

import math
import reprlib
from collections.abc import Callable, Sequence
from typing import Any, TypeGuard

import numpy as np

from pynn.matmul import Array

# A check is told who asks, the word's name and its value.
Checks = dict[str, Callable[[str, str, Any], Any]]

# Numbers in one array or one network: a gigabyte of float32, which is what a model file holds.
MOST = 2**28
# dtypes of which a reader may not know NumPy's short name.
KINDS = {"U": "text", "T": "text", "S": "bytes", "V": "records", "O": "objects"}


class _Short(reprlib.Repr):
    """repr of the beginning of a value, or the name of its type."""

    def __init__(self) -> None:
        super().__init__()
        self.maxstring = self.maxother = self.maxlong = 60
        self.maxlevel = 3

    def repr_int(self, value: int, level: int) -> str:
        try:
            return super().repr_int(value, level)
        except ValueError:  # Python writes no more than 4300 digits
            return "a number of thousands of digits"

    def repr_bytes(self, value: bytes, level: int) -> str:
        return repr(value[:20]) + ("..." if len(value) > 20 else "")

    def repr_ndarray(self, value: Array, level: int) -> str:
        return repr(value) if value.size <= 4 else f"an array of shape {value.shape}"

    def repr_instance(self, value: object, level: int) -> str:
        text = repr(value)
        if " at 0x" in text:  # a place in memory tells nobody anything
            text = getattr(value, "__name__", "") if callable(value) else ""
        return text[:100] or type(value).__name__


def shown(value: object) -> str:
    """A value as a sentence may name it: one short line, whatever it is."""
    try:
        text = " ".join(_Short().repr(value).split())
    except Exception:  # it has no words for itself
        text = type(value).__name__
    return text if len(text) <= 80 else text[:79] + "…"


def worded(value: object) -> str:
    """str() of a value, and as a sentence names it where it has no words for itself."""
    try:
        return str(value)
    except Exception:
        return shown(value)


def is_int(value: object) -> TypeGuard[int]:
    """Whether this is one whole number; True and False are none."""
    return isinstance(value, (int, np.integer)) and not isinstance(value, (bool, np.timedelta64))


def is_number(value: object) -> TypeGuard[float]:
    """Whether this is one real number; True and False are none."""
    return is_int(value) or isinstance(value, (float, np.floating))


def as_float(value: object) -> float:
    """One real number as a float, infinity for what is larger; NaN for anything else."""
    if not is_number(value):
        return math.nan
    try:
        return float(value)
    except OverflowError:
        return math.inf if value > 0 else -math.inf


def is_whole(value: object) -> bool:
    """Whether this is a whole number of at least 1, written as 3 or as 3.0."""
    return value >= 1 if is_int(value) else as_float(value) >= 1 and as_float(value).is_integer()


def check_whole(who: str, name: str, value: object, least: int = 1, most: int | None = None) -> int:
    """A whole number of at least `least`, and at most `most` where that is given."""
    if not is_int(value) or value < least:
        raise ValueError(f"{who}: expected {name} as a whole number >= {least}, got {shown(value)}")
    if most is not None and value > most:
        raise ValueError(f"{who}: expected {name} of at most {most}, got {shown(value)}")
    return int(value)


def check_share(who: str, name: str, value: object) -> float:
    """0 <= value < 1."""
    number = as_float(value)
    if not 0.0 <= number < 1.0:
        raise ValueError(f"{who}: expected 0 <= {name} < 1, got {shown(value)}")
    return number


def check_above_0(who: str, name: str, value: object) -> float:
    number = as_float(value)
    if not 0.0 < number < math.inf:
        raise ValueError(f"{who}: expected a finite {name} above 0, got {shown(value)}")
    return number


def check_at_least_0(who: str, name: str, value: object) -> float:
    number = as_float(value)
    if not 0.0 <= number < math.inf:
        raise ValueError(f"{who}: expected {name} >= 0, got {shown(value)}")
    return number


def check_flag(who: str, name: str, value: object) -> bool:
    if not isinstance(value, (bool, np.bool_)):
        raise ValueError(f"{who}: expected {name} as True or False, got {shown(value)}")
    return bool(value)


def check_text(who: str, name: str, value: object) -> str:
    if not isinstance(value, str):
        raise ValueError(f"{who}: expected {name} as text, got {shown(value)}")
    return value


def check_choice(who: str, name: str, value: object, options: Sequence[str]) -> str:
    """One of some words."""
    if not isinstance(value, str) or value not in options:
        words = f"{', '.join(options[:-1])} or {options[-1]}"
        raise ValueError(f"{who}: expected {name} {words}, got {shown(value)}")
    return value


def as_numbers(expected: str, value: Any) -> Array:
    """The value as an array of real numbers; else ValueError, begun with `expected`."""
    array = value if type(value) is np.ndarray else _as_array(expected, value)
    if array.dtype.kind not in "fiub":
        single = array.dtype.kind == "O" and not array.ndim
        kind = shown(value) if single else KINDS.get(array.dtype.kind, str(array.dtype))
        raise ValueError(f"{expected} as numbers, got {kind}")
    return array


def cast(array: Array, dtype: Any) -> Array:
    """A copy of this dtype; what is too large for it becomes infinite, without a warning."""
    if array.dtype.kind != "f" or array.dtype == dtype:  # NumPy's switch of warnings takes time
        return array.astype(dtype)
    with np.errstate(over="ignore"):
        return array.astype(dtype)


def _as_array(expected: str, value: Any) -> Array:
    # np.asarray would drop the mask, and take what it hides for numbers.
    if isinstance(value, np.ndarray) and np.any(getattr(value, "mask", False)):
        raise ValueError(f"{expected} as numbers, got an array of which some are masked")
    try:
        return np.asarray(value)
    except Exception as error:  # NumPy's own sentence is of the inner workings
        rows = isinstance(value, (list, tuple)) and isinstance(error, ValueError)
        got = "rows of different lengths" if rows else shown(value)
        raise ValueError(f"{expected} as numbers, got {got}") from None


def check_float(who: str, dtype: Any) -> np.dtype:
    """The dtype, by its name or as NumPy has it; ValueError unless float32 or float64."""
    named = isinstance(dtype, (str, type, np.dtype))
    if not named or dtype not in (np.float32, np.float64, "float32", "float64"):
        raise ValueError(f"{who}: expected dtype float32 or float64, got {shown(dtype)}")
    return np.dtype(dtype)


def dtype_kind(dtype: Any) -> str:
    """NumPy's letter for what an array of this dtype holds; "O" also where there is none such."""
    try:
        return np.dtype(dtype).kind if dtype is not None else "O"
    except Exception:
        return "O"
