"""A call with each odd value in turn: what came of it other than it should."""

from collections.abc import Callable
from typing import Any

from tests.unit.odd_subject import Subject
from tests.unit.odd_values import ODD, check_finite, check_sentence

Call = Callable[[Subject, Any], Any]
WHOLE, FROM_0 = "int8 uint8", "0 int8 uint8"
ABOVE_0 = "1.5 float16 float32 int8 uint8"
AT_LEAST_0 = "0 " + ABOVE_0
SHARE = "0 float16 float32"
HUGE = " 10**30 10**5000"
LABELS = "one-number range big-labels"
PATH = "text-3 text_"
SEED = "0 int8 uint8" + HUGE
FLAG = "True bool_"
WORD = " text-3 no-text text_ big-text"
REAL = "nan inf -inf -1 0 1.5 float16 float32 longdouble int8 uint8"
NUMBER = REAL + HUGE
ALL = " ".join(ODD)
ARRAYS = (
    "one-number no-numbers no-rows five-axes objects records masked dates complex-rows text-rows "
    "object-rows date-rows nan-rows inf-rows text-labels complex-labels object-labels nan-labels "
    "half-labels big-labels huge-labels big-array"
)


def wrong_with(function: Call, meant: str) -> str:
    """A line for each value that is taken though it is not `meant` or refused though it is,
    that is refused in other words than ours or too late, or that gives a number that is none.
    """
    wrong = []
    for name, make in ODD.items():
        subject, value = Subject(), make()
        try:
            try:
                result = function(subject, value)
            except ValueError as error:
                check_sentence(str(error))
                assert name not in meant.split(), f"refused: {error}"
                assert subject.state() == subject.before, "changed"
            except FileNotFoundError:
                assert name in PATH.split()
            else:
                assert name in meant.split(), f"taken: {str(result)[:100]}"
                check_finite(result)
        except Exception as error:
            wrong.append(f"{name}: {type(error).__name__}: {str(error)[:200]}")
    return "\n".join(wrong)
