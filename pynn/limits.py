"""What a number may be: the checks of an optimizer's and a schedule's words."""

import math
from collections.abc import Callable
from typing import Any, TypeGuard

import numpy as np

# A check is told who asks, the word's name and its value; it raises ValueError.
Checks = dict[str, Callable[[str, str, Any], None]]


def is_number(value: object) -> TypeGuard[float]:
    """Whether this is one real number; True and False are none."""
    return isinstance(value, (int, float, np.integer, np.floating)) and not isinstance(value, bool)


def is_whole(value: object) -> bool:
    """Whether this is a whole number of at least 1, written as 3 or as 3.0."""
    return is_number(value) and 1 <= value < math.inf and value == math.floor(value)


def check_share(who: str, name: str, value: object) -> None:
    """ValueError unless 0 <= value < 1."""
    if not (is_number(value) and 0.0 <= value < 1.0):
        raise ValueError(f"{who}: expected 0 <= {name} < 1, got {value!r}")


def check_above_0(who: str, name: str, value: object) -> None:
    if not (is_number(value) and 0.0 < value < math.inf):
        raise ValueError(f"{who}: expected a finite {name} above 0, got {value!r}")


def check_at_least_0(who: str, name: str, value: object) -> None:
    if not (is_number(value) and 0.0 <= value < math.inf):
        raise ValueError(f"{who}: expected {name} >= 0, got {value!r}")


def check_flag(who: str, name: str, value: object) -> None:
    if not isinstance(value, (bool, np.bool_)):
        raise ValueError(f"{who}: expected {name} as True or False, got {value!r}")
