"""Tables of settings: every name with its kind, limits and default, written once.

The page makes its controls from a table, the command line its options, and both
hand back what a person typed, often as text. `check` turns that into values or
says in one sentence what is allowed.
"""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

# A Chinese keyboard writes digits and signs of full width; `int` and `float` know the digits.
FULL_WIDTH = str.maketrans("，．－＋；、", ",.-+;,")


class SettingsError(ValueError):
    """A setting that cannot be used: who, expected, got.

    code    unknown, choice, type, range, layers or units
    values  what the sentence is made of, so that a page can say it in another language
    """

    def __init__(self, code: str, sentence: str, **values: Any) -> None:
        super().__init__(sentence)
        self.code = code
        self.values = values


@dataclass(frozen=True)
class Choice:
    """One of some words."""

    name: str
    default: str
    options: tuple[str, ...]
    kind: str = "choice"

    def read(self, given: object) -> str:
        text = _text(given).strip()
        if text not in self.options:
            allowed = ", ".join(self.options)
            raise SettingsError(
                "choice",
                f"{self.name}: expected one of {allowed}, got {_shown(given) or 'nothing'}",
                name=self.name,
                got=_shown(given),
                allowed=allowed,
            )
        return text


@dataclass(frozen=True)
class Integer:
    """A whole number from `low` to `high`."""

    name: str
    default: int
    low: int
    high: int
    kind: str = "integer"

    def read(self, given: object) -> int:
        number = _number(given)
        # Infinity is left to the limits; they refuse it.
        if number is None or (isinstance(number, float) and math.isfinite(number) and number % 1):
            raise _type_error(self.name, given, "whole number")
        return int(_within(self, number, given))


@dataclass(frozen=True)
class Real:
    """A number from `low` to `high`; as text it may have a decimal comma, "0,03"."""

    name: str
    default: float
    low: float
    high: float
    kind: str = "real"

    def read(self, given: object) -> float:
        number = _number(given, comma=True)
        if number is None:
            raise _type_error(self.name, given, "number")
        return float(_within(self, number, given))


@dataclass(frozen=True)
class Layers:
    """Neurons of each hidden layer: [8, 4], "8,4", "8 4" or "8;4"; "" for none."""

    name: str
    default: str
    low: int
    high: int
    most: int
    kind: str = "layers"

    def read(self, given: object) -> list[int]:
        parts = list(given) if isinstance(given, (list, tuple)) else _split(_text(given))
        if len(parts) > self.most:
            raise SettingsError(
                "layers",
                f"{self.name}: expected at most {self.most} hidden layers, got {len(parts)}",
                name=self.name,
                got=len(parts),
                low=0,
                high=self.most,
            )
        sizes = []
        for part in parts:
            try:
                sizes.append(Integer(self.name, 1, self.low, self.high).read(part))
            except SettingsError as error:
                if error.code != "range":
                    raise _type_error(self.name, given, "list of whole numbers") from None
                raise SettingsError(
                    "units",
                    f"{self.name}: expected {self.low} to {self.high} neurons in a layer, "
                    f"got {_shown(part)}",
                    **error.values,
                ) from None
        return sizes


@dataclass(frozen=True)
class Flag:
    """Yes or no."""

    name: str
    default: bool
    kind: str = "flag"

    def read(self, given: object) -> bool:
        if not isinstance(given, bool):
            raise _type_error(self.name, given, "flag (true or false)")
        return given


@dataclass(frozen=True)
class Bytes:
    """A block of bytes: a file's content, or a drawing. It has no default."""

    name: str
    high: int
    default: bytes = b""
    kind: str = "bytes"

    def read(self, given: object) -> bytes:
        if not isinstance(given, (bytes, bytearray, memoryview)):
            raise _type_error(self.name, given, "block of bytes")
        size = memoryview(given).nbytes
        _within(Integer(self.name, 0, 0, self.high), size, f"{size} bytes")
        return bytes(given)


Setting = Choice | Integer | Real | Layers | Flag | Bytes
Table = Sequence[Setting]


def check(table: Table, given: Mapping[str, Any]) -> dict[str, Any]:
    """Every setting's value: what is given, else its default. Raises SettingsError.

    Names may be written with dashes, as in a URL; all the unknown ones are refused at once.
    """
    settings = {setting.name: setting for setting in table}
    values = {name: setting.read(setting.default) for name, setting in settings.items()}
    named = {_text(written).replace("-", "_"): value for written, value in given.items()}
    if unknown := [name for name in named if name not in settings]:
        names, allowed = _shown(", ".join(unknown)), ", ".join(settings)
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


def _within(setting: Integer | Real, number: float, given: object) -> float:
    if not setting.low <= number <= setting.high:
        raise SettingsError(
            "range",
            f"{setting.name}: expected {setting.low} to {setting.high}, got {_shown(given)}",
            name=setting.name,
            got=_shown(given),
            low=setting.low,
            high=setting.high,
        )
    return number


def _type_error(name: str, given: object, wanted: str) -> SettingsError:
    return SettingsError(
        "type",
        f"{name}: expected a {wanted}, got {_shown(given) or 'nothing'}",
        name=name,
        got=_shown(given),
        wanted=wanted,
    )


def _number(given: object, *, comma: bool = False) -> int | float | None:
    """The number that is given or written, whole ones exactly; None for anything else.

    comma  a single one may stand where others write a point
    """
    if isinstance(given, int) and not isinstance(given, bool):
        return given
    text = _text(given).translate(FULL_WIDTH)
    if comma and text.count(",") == 1 and "." not in text:
        text = text.replace(",", ".")
    try:
        return int(text)
    except ValueError:
        pass
    try:
        number = float(text)
    except ValueError:
        return None
    return None if math.isnan(number) else number


def _split(text: str) -> list[str]:
    text = text.translate(FULL_WIDTH).strip()
    return re.split(r"\s*[,;]\s*|\s+", text) if text else []


def _shown(given: object) -> str:
    """What was given, short enough for a sentence."""
    text = " ".join(_text(given).partition(" at 0x")[0][:200].splitlines())
    return text if len(text) <= 40 else text[:39] + "…"


def _text(given: object) -> str:
    try:
        return str(given)
    except Exception:  # Python does not write out whole numbers of 4300 digits
        return "a number of thousands of digits" if isinstance(given, int) else type(given).__name__
