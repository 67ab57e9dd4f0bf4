"""A program's settings: their kinds, and how they are read from its text before it runs."""

import ast
import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from pynn.limits import as_float, check_text, check_whole, is_int, shown
from pynn.settings import Choice, Integer, Layers, Real, Setting


def setting_like(
    name: str,
    default: Any,
    low: float | None,
    high: float | None,
    options: Sequence[str],
    most: int,
) -> Setting | None:
    """The kind of setting that has such a default; None where any text will do.

    Raises ValueError where there is no such kind.
    """
    check_text("setting", "name", name)
    if not isinstance(options, (list, tuple)) or not all(isinstance(o, str) for o in options):
        raise ValueError(f"setting: expected options as a list of words, got {shown(options)}")
    if isinstance(default, str):
        return Choice(name, default, tuple(options)) if options else None
    if low is None or high is None:
        raise ValueError(f"setting: expected low and high for the number {name}, got none")
    for limit in (low, high):
        if not math.isfinite(as_float(limit)):
            raise ValueError(
                f"setting: expected low and high for {name} as finite numbers, got {shown(limit)}"
            )
    check_whole("setting", "most", most)
    if isinstance(default, list) and default and all(map(is_int, default)):
        return Layers(name, ",".join(map(str, default)), int(low), int(high), most)
    if isinstance(default, int) and not isinstance(default, bool):
        return Integer(name, default, int(low), int(high))
    if isinstance(default, float):
        return Real(name, default, float(low), float(high))
    raise ValueError(
        f"setting: expected {name} as a number, a word or a list of numbers, got {shown(default)}"
    )


@dataclass
class Wanted:
    """What a text says of its settings: each by default as published, and a shorter version."""

    table: list[Setting] = field(default_factory=list)
    short: dict[str, Any] = field(default_factory=dict)


def settings_in(tree: ast.AST) -> Wanted:
    """All calls of `show.setting` whose words stand there as they are. Raises ValueError."""
    wanted = Wanted()
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and called(node) == "setting"):
            continue
        try:
            given = [ast.literal_eval(value) for value in node.args]
            words = {word.arg: ast.literal_eval(word.value) for word in node.keywords if word.arg}
        except ValueError:
            raise ValueError(
                f"setting: expected numbers and words as they are, got {ast.unparse(node)}"
            ) from None
        short = words.pop("short", None)
        usual = {"low": None, "high": None, "options": (), "most": 1}
        setting = setting_like(*given, **(usual | words))
        if setting is not None:
            wanted.table.append(setting)
            if short is not None:
                wanted.short[setting.name] = short
    return wanted


def called(node: ast.AST) -> str | None:
    """NAME where this is a call of `show.NAME`."""
    match node:
        case ast.Call(func=ast.Attribute(value=ast.Name(id="show"), attr=name)):
            return name
    return None
