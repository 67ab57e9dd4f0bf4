"""The kinds of settings that hold one value: each reads what a person gave, often as text."""

import math
from dataclasses import dataclass
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
        text = as_text(given).strip()
        if text not in self.options:
            allowed = ", ".join(self.options)
            raise SettingsError(
                "choice",
                f"{self.name}: expected one of {allowed}, got {shown(given) or 'nothing'}",
                name=self.name,
                got=shown(given),
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
        number = as_number(given)
        # Infinity is left to the limits; they refuse it.
        if number is None or (isinstance(number, float) and math.isfinite(number) and number % 1):
            raise type_error(self.name, given, "whole number")
        return int(within(self, number, given))


@dataclass(frozen=True)
class Real:
    """A number from `low` to `high`; as text it may have a decimal comma, "0,03"."""

    name: str
    default: float
    low: float
    high: float
    kind: str = "real"

    def read(self, given: object) -> float:
        number = as_number(given, comma=True)
        if number is None:
            raise type_error(self.name, given, "number")
        return float(within(self, number, given))


@dataclass(frozen=True)
class Flag:
    """Yes or no."""

    name: str
    default: bool
    kind: str = "flag"

    def read(self, given: object) -> bool:
        if not isinstance(given, bool):
            raise type_error(self.name, given, "flag (true or false)")
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
            raise type_error(self.name, given, "block of bytes")
        size = memoryview(given).nbytes
        within(Integer(self.name, 0, 0, self.high), size, f"{size} bytes")
        return bytes(given)


@dataclass(frozen=True)
class Text:
    """A line of text of at most `most` characters; who takes it reads on."""

    name: str
    default: str
    most: int
    kind: str = "text"

    def read(self, given: object) -> str:
        text = given.strip() if isinstance(given, str) else None
        if text is None:
            raise type_error(self.name, given, "text")
        if len(text) > self.most:
            raise SettingsError(
                "long",
                f"{self.name}: expected at most {self.most} characters, got {len(text)}",
                name=self.name,
                got=len(text),
                high=self.most,
            )
        return text


def check_size(name: str, block: bytes, size: int, what: str = "") -> None:
    """SettingsError for a block of another size; `what` says why it is that."""
    if len(block) != size:
        raise SettingsError(
            "range",
            f"{name}: expected {size} bytes{what}, got {len(block)}",
            name=name,
            got=len(block),
            low=size,
            high=size,
        )


def within(setting: Integer | Real, number: float, given: object) -> float:
    if not setting.low <= number <= setting.high:
        raise SettingsError(
            "range",
            f"{setting.name}: expected {setting.low} to {setting.high}, got {shown(given)}",
            name=setting.name,
            got=shown(given),
            low=setting.low,
            high=setting.high,
        )
    return number


def type_error(name: str, given: object, wanted: str) -> SettingsError:
    return SettingsError(
        "type",
        f"{name}: expected a {wanted}, got {shown(given) or 'nothing'}",
        name=name,
        got=shown(given),
        wanted=wanted,
    )


def as_number(given: object, *, comma: bool = False) -> int | float | None:
    """The number that is given or written, whole ones exactly; None for anything else.

    comma  a single one may stand where others write a point
    """
    if isinstance(given, int) and not isinstance(given, bool):
        return given
    text = as_text(given).translate(FULL_WIDTH)
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


def shown(given: object) -> str:
    """What was given, short enough for a sentence."""
    text = " ".join(as_text(given).partition(" at 0x")[0][:200].splitlines())
    return text if len(text) <= 40 else text[:39] + "…"


def as_text(given: object) -> str:
    try:
        return str(given)
    except Exception:  # Python does not write out whole numbers of 4300 digits
        return "a number of thousands of digits" if isinstance(given, int) else type(given).__name__
