"""How a value is named in a sentence, and what the checks of single values let pass."""

import math
import tracemalloc
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from pynn import Dense
from pynn.activations import Tanh
from pynn.limits import (
    as_float,
    check_choice,
    check_flag,
    check_share,
    check_whole,
    is_whole,
    shown,
)
from tests.unit.odd_values import ODD

SHOWN: list[tuple[object, str]] = [
    (None, "None"),
    (3, "3"),
    (-0.5, "-0.5"),
    ("relu", "'relu'"),
    (np.float32(0.5), "np.float32(0.5)"),
    ([1, "a"], "[1, 'a']"),
    ((2, 3), "(2, 3)"),
    ({"a": 1}, "{'a': 1}"),
    (np.array([1, 2]), "array([1, 2])"),
    (np.zeros((3, 4)), "an array of shape (3, 4)"),
    ([np.zeros(9)], "[an array of shape (9,)]"),
    (Dense, "<class 'pynn.layers.dense.Dense'>"),
    (Dense(2), "Dense(2)"),
    (Tanh(), "Tanh()"),
    (len, "<built-in function len>"),
    (math.hypot, "<built-in function hypot>"),
    (10**5000, "a number of thousands of digits"),
    ("a\nb", r"'a\nb'"),
]


def test_a_value_is_shown_as_a_person_would_write_it() -> None:
    for value, text in SHOWN:
        assert shown(value) == text


@pytest.mark.parametrize("make", ODD.values(), ids=ODD)
def test_any_value_is_shown_in_one_short_line_and_little_memory(make: Callable[[], Any]) -> None:
    value = make()
    tracemalloc.start()
    text = shown(value)
    assert tracemalloc.get_traced_memory()[1] < 8 << 20
    tracemalloc.stop()
    assert 0 < len(text) <= 80 and "\n" not in text and "0x" not in text


def test_long_values_show_their_beginning() -> None:
    assert shown("x" * 10**7).startswith("'xxx") and shown(b"x" * 10**7).startswith("b'xxx")
    assert shown([[1] * 50] * 50).startswith("[[1, 1, ")
    assert shown(10**100).startswith("1000")


def test_a_whole_number_comes_back_as_an_int_and_a_real_one_as_a_float() -> None:
    for value in (3, np.int8(3), np.uint64(3)):
        assert type(check_whole("a", "b", value)) is int
    for number in (0.5, np.float16(0.5), np.longdouble(0.5)):
        assert type(check_share("a", "b", number)) is float
    assert check_flag("a", "b", np.bool_(False)) is False
    assert as_float(10**400) == math.inf and as_float(-(10**400)) == -math.inf
    assert math.isnan(as_float(True)) and math.isnan(as_float("3"))


@pytest.mark.parametrize("value", [1, 3.0, np.float32(7), np.int8(2), 10**40])
def test_whole_numbers_from_1_are_whole(value: Any) -> None:
    assert is_whole(value)


@pytest.mark.parametrize("value", [0, 0.5, 1.5, -1, math.inf, math.nan, True, "1", None])
def test_all_else_is_not_whole(value: Any) -> None:
    assert not is_whole(value)


def test_limits_are_told_from_both_sides() -> None:
    assert check_whole("Who", "n", 1, most=3) == 1 and check_whole("Who", "n", 3, most=3) == 3
    with pytest.raises(ValueError, match=r"^Who: expected n as a whole number >= 1, got 0$"):
        check_whole("Who", "n", 0, most=3)
    with pytest.raises(ValueError, match=r"^Who: expected n of at most 3, got 4$"):
        check_whole("Who", "n", 4, most=3)
    with pytest.raises(ValueError, match=r"^Who: expected 0 <= share < 1, got 1.0$"):
        check_share("Who", "share", 1.0)
    with pytest.raises(ValueError, match=r"^Who: expected way left, right or up, got 'down'$"):
        check_choice("Who", "way", "down", ("left", "right", "up"))
