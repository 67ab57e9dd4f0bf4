"""Values that nobody means, a fresh one each time, and what a person may be told of them."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np


class Unprintable:
    def __repr__(self) -> str:
        raise RuntimeError("no words for it")

    __str__ = __repr__


class Stubborn:
    """Has a shape of its own in mind, and gives nothing."""

    def __array__(self, *args: object, **words: object) -> Any:
        raise RuntimeError("no numbers either")


def endless() -> Iterator[int]:
    while True:
        yield 1


def within_itself() -> list[Any]:
    value: list[Any] = []
    value.append(value)
    return value


ODD: dict[str, Callable[[], Any]] = {
    "None": lambda: None,
    "True": lambda: True,
    "text-3": lambda: "3",
    "no-text": lambda: "",
    "bytes": lambda: b"3",
    "complex": lambda: 1 + 2j,
    "nan": lambda: float("nan"),
    "inf": lambda: float("inf"),
    "-inf": lambda: float("-inf"),
    "-1": lambda: -1,
    "0": lambda: 0,
    "1.5": lambda: 1.5,
    "10**30": lambda: 10**30,
    "10**5000": lambda: 10**5000,  # Python writes no more than 4300 digits
    "decimal": lambda: Decimal("0.5"),
    "float16": lambda: np.float16(0.5),
    "float32": lambda: np.float32(0.5),
    "longdouble": lambda: np.longdouble("1e400"),
    "int8": lambda: np.int8(3),
    "uint8": lambda: np.uint8(3),
    "bool_": lambda: np.bool_(True),
    "complex64": lambda: np.complex64(0.5),
    "text_": lambda: np.str_("3"),
    "datetime64": lambda: np.datetime64("2020-01-01"),
    "timedelta64": lambda: np.timedelta64(3, "D"),
    "date": lambda: date(2020, 1, 1),
    "0d-whole": lambda: np.array(3),
    "0d-real": lambda: np.array(0.5),
    "one-number": lambda: np.array([3]),
    "no-numbers": lambda: np.empty(0),
    "no-rows": lambda: np.empty((0, 3)),
    "five-axes": lambda: np.ones((1, 2, 1, 2, 1)),
    "objects": lambda: np.array([1, None, "a"], object),
    "records": lambda: np.zeros(3, [("a", "i4"), ("b", "f4")]),
    "masked": lambda: np.ma.masked_array(np.ones((4, 3)), np.eye(4, 3)),
    "dates": lambda: np.array(["2020-01-01"] * 4, "M8[D]"),
    # Of the shape that examples and their targets have.
    "complex-rows": lambda: np.full((4, 3), 1j),
    "text-rows": lambda: np.full((4, 3), "1"),
    "object-rows": lambda: np.full((4, 3), None),
    "date-rows": lambda: np.full((4, 3), np.datetime64("2020-01-01")),
    "nan-rows": lambda: np.full((4, 3), np.nan),
    "inf-rows": lambda: np.full((4, 3), np.inf),
    "text-labels": lambda: np.full(4, "1"),
    "complex-labels": lambda: np.ones(4, complex),
    "object-labels": lambda: np.array([0, 1, 1, None]),
    "nan-labels": lambda: np.array([0, 1, 1, np.nan]),
    "half-labels": lambda: np.array([0, 1, 1, 0.5]),
    "big-labels": lambda: np.array([0, 1, 1, 2**64 - 1], np.uint64),
    "huge-labels": lambda: np.array([0, 1, 1, 1e300]),
    "big-array": lambda: np.zeros((300, 400)),
    "big-text": lambda: "x\n" * 500_000,
    "big-bytes": lambda: b"x" * 1_000_000,
    "big-list": lambda: [None] * 100_000,
    "ragged": lambda: [[1.0], [1.0, 2.0]],
    "within-itself": within_itself,
    "empty-list": lambda: [],
    "dict": lambda: {"a": 1},
    "set": lambda: {1, 2, 3},
    "range": lambda: range(3),
    "generator": lambda: (i for i in range(3)),
    "endless": endless,
    "class": lambda: int,
    "object": object,
    "function": lambda: lambda *given: None,
    "unprintable": Unprintable,
    "unprintable-list": lambda: [Unprintable()],
    "stubborn": Stubborn,
    "ellipsis": lambda: ...,
}

# What Python and NumPy say of their inner workings.
FOREIGN = re.compile(
    r"(?i)numpy\b(?! Generator)|object has no|has no len|unsupported operand|not supported between"
    r"|broadcast|scalar|ambiguous|argument|subscriptable|iterable|unhashable|interpreted"
    r"|not callable|convert|overflow|out of bounds|0x[0-9a-f]{6}|inhomogeneous"
)


def check_sentence(sentence: str) -> None:
    """One line that says who expected what and got what, short enough to be read."""
    assert re.fullmatch(r"[^\n\r]{2,300}", sentence), sentence[:1000]
    assert re.match(r"[\w .'/…~()-]+: (no such setting; )?expected .+[^ ]", sentence), sentence
    assert not FOREIGN.search(sentence), sentence


def check_finite(result: Any) -> None:
    """Every number in a result is one."""
    if isinstance(result, dict):
        result = list(result.values())
    if isinstance(result, (list, tuple)):
        for part in result:
            check_finite(part)
    elif isinstance(result, (float, np.ndarray, np.number)):
        assert np.isfinite(result).all(), result
