"""Which form of an activation or a loss gives the same bits everywhere."""

from collections.abc import Mapping
from typing import Any, TypeVar

from pynn.limits import shown

T = TypeVar("T", bound=Any)


def exact_kind(given: T, forms: Mapping[type[T], type[T]], words: str) -> type[T]:
    """The exact form of its class, which may be that class itself.

    ValueError where there is none; `words` begin the sentence, with {} for those that have one.
    """
    kind = type(given)
    if kind in forms.values():
        return kind
    if kind not in forms:
        known = ", ".join(known.name for known in forms)
        raise ValueError(f"{words.format(known)}, got {shown(given)}")
    return forms[kind]
