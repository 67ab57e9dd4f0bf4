"""The kinds of settings that hold a list: something for each layer."""

import re
from dataclasses import dataclass

from pynn.settings.kinds import (
    FULL_WIDTH,
    Choice,
    Integer,
    SettingsError,
    as_text,
    shown,
    type_error,
)


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
        parts = list(given) if isinstance(given, (list, tuple)) else parts_of(as_text(given))
        check_count(self.name, parts, self.most)
        sizes = []
        for part in parts:
            try:
                sizes.append(Integer(self.name, 1, self.low, self.high).read(part))
            except SettingsError as error:
                if error.code != "range":
                    raise type_error(self.name, given, "list of whole numbers") from None
                raise SettingsError(
                    "units",
                    f"{self.name}: expected {self.low} to {self.high} neurons in a layer, "
                    f"got {shown(part)}",
                    **error.values,
                ) from None
        return sizes


@dataclass(frozen=True)
class Words:
    """One of some words for each layer: ["tanh", "relu"] or "tanh,relu"; "" says none."""

    name: str
    default: str
    options: tuple[str, ...]
    most: int
    kind: str = "words"

    def read(self, given: object) -> list[str]:
        parts = list(given) if isinstance(given, (list, tuple)) else parts_of(as_text(given))
        check_count(self.name, parts, self.most)
        return [Choice(self.name, "", self.options).read(part) for part in parts]


@dataclass(frozen=True)
class Subset:
    """Some of some words, one at least, each once: ["x1", "x2"] or "x1,x2"; in their own order."""

    name: str
    default: str
    options: tuple[str, ...]
    kind: str = "subset"

    def read(self, given: object) -> list[str]:
        parts = list(given) if isinstance(given, (list, tuple)) else parts_of(as_text(given))
        # Of none, the sentence says what there is.
        words = {Choice(self.name, "", self.options).read(part) for part in parts or [""]}
        return [word for word in self.options if word in words]


def check_count(name: str, parts: list[object] | list[str], most: int) -> None:
    """SettingsError for more than so many layers."""
    if len(parts) > most:
        raise SettingsError(
            "layers",
            f"{name}: expected at most {most} hidden layers, got {len(parts)}",
            name=name,
            got=len(parts),
            low=0,
            high=most,
        )


def parts_of(text: str) -> list[str]:
    text = text.translate(FULL_WIDTH).strip()
    return re.split(r"\s*[,;]\s*|\s+", text) if text else []
