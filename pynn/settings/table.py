"""Tables of settings: `check` gives each its value, `describe` tells a form what there is."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from pynn.settings.architecture import Architecture
from pynn.settings.kinds import (
    Bytes,
    Choice,
    Flag,
    Integer,
    Real,
    SettingsError,
    Text,
    as_text,
    shown,
)
from pynn.settings.lists import Layers, Subset, Words

Setting = Choice | Integer | Real | Text | Layers | Words | Subset | Architecture | Flag | Bytes
Table = Sequence[Setting]


def check(table: Table, given: Mapping[str, Any]) -> dict[str, Any]:
    """Every setting's value: what is given, else its default. Raises SettingsError.

    Names may be written with dashes, as in a URL; all the unknown ones are refused at once.
    """
    settings = {setting.name: setting for setting in table}
    values = {name: setting.read(setting.default) for name, setting in settings.items()}
    named = {as_text(written).replace("-", "_"): value for written, value in given.items()}
    if unknown := [name for name in named if name not in settings]:
        names, allowed = shown(", ".join(unknown)), ", ".join(settings)
        raise SettingsError(
            "unknown",
            f"{names}: no such setting; expected one of {allowed}",
            name=names,
            allowed=allowed,
        )
    return values | {name: settings[name].read(value) for name, value in named.items()}


def describe(table: Table) -> list[dict[str, Any]]:
    """The table as plain data, for a form."""
    rows = [asdict(setting) for setting in table]
    return [
        {key: list(value) if isinstance(value, tuple) else value for key, value in row.items()}
        for row in rows
    ]
