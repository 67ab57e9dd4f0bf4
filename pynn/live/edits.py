"""What was changed while a run went on, and after which mini-batch.

An edit's name is that of a setting, or of something of the network itself:

    w2.0.3      the weight of layer 2 from unit 0 to unit 3, counted from 0; layers from 1
    b2.3        the bias of unit 3
    hold.w2.0.3, hold.b2.3   1: it stays while the others learn; 0: it learns again
    off1.3      1: unit 3 of layer 1 says nothing any more; 0: it speaks again

As a text, for an address: "1200_learning-rate_0.01*1300_w2.0.3_-0.5". There a setting that is
said of step 0 is the one with which the run began.
"""

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pynn.settings import SettingsError, Table

# So many can be told in an address.
MOST = 1000
UNIT = re.compile(
    r"(?P<hold>hold\.)?(?:(?P<kind>w)(?P<layer>\d+)\.(?P<row>\d+)\.(?P<column>\d+)"
    r"|(?P<bias>b)(?P<bias_layer>\d+)\.(?P<unit>\d+))|off(?P<off_layer>\d+)\.(?P<off_unit>\d+)"
)
LARGEST = 1e6


@dataclass(frozen=True)
class Place:
    """Where in the network an edit changes something.

    what   "w", "b" or "off"
    layer  of the dense ones, from 0
    at     the weight's row and column, or the unit
    """

    what: str
    layer: int
    at: tuple[int, ...]
    hold: bool = False

    @staticmethod
    def of(name: str) -> "Place | None":
        """None for a name of another kind."""
        found = UNIT.fullmatch(name)
        if not found:
            return None
        hold = found["hold"] is not None
        if found["kind"]:
            at = int(found["row"]), int(found["column"])
            return Place("w", int(found["layer"]) - 1, at, hold)
        if found["bias"]:
            return Place("b", int(found["bias_layer"]) - 1, (int(found["unit"]),), hold)
        return Place("off", int(found["off_layer"]) - 1, (int(found["off_unit"]),))

    @property
    def parameter(self) -> str:
        """The network's array that is changed; of a unit that is off, what leads to it."""
        return f"dense_{self.layer + 1}.{'bias' if self.what == 'b' else 'weights'}"

    def fits(self, layers: Sequence[int]) -> bool:
        """Whether a network of so many units in each layer, inputs first, has such a place."""
        if not 0 <= self.layer < len(layers) - 1:
            return False
        if self.what == "off":  # the last layer answers
            return self.layer < len(layers) - 2 and self.at[0] < layers[self.layer + 1]
        sizes = layers[self.layer : self.layer + 2][-len(self.at) :]
        return all(at < size for at, size in zip(self.at, sizes, strict=True))


@dataclass(frozen=True)
class Edit:
    """After `step` mini-batches what has this name becomes `value`."""

    step: int
    name: str
    value: Any

    @property
    def shows(self) -> bool:
        """Whether losses are others at once, and not only after the next mini-batch."""
        return self.name == "noise" or Place.of(self.name) is not None


class Edits:
    """The edits of one run, in the order of their steps."""

    def __init__(self, edits: Iterable[Edit] = ()) -> None:
        self._by_step: dict[int, list[Edit]] = {}
        self._in_order: list[Edit] | None = []
        for edit in edits:
            self.add(edit.step, edit.name, edit.value)

    def __iter__(self) -> Iterator[Edit]:
        if self._in_order is None:
            rising = sorted(self._by_step.items())
            self._in_order = [edit for _, edits in rising for edit in edits]
        return iter(self._in_order)

    def __bool__(self) -> bool:
        return bool(self._by_step)

    def add(self, step: int, name: str, value: Any) -> None:
        """In the place of what was said of this name at this step."""
        others = [edit for edit in self.due(step) if edit.name != name]
        self._by_step[step] = [*others, Edit(step, name, value)]
        self._in_order = None

    def take_first(self) -> dict[str, Any]:
        """Takes out the settings that are said of step 0: with these the run begins."""
        said = self._by_step.pop(0, [])
        self._in_order = None
        for edit in said:
            if Place.of(edit.name):
                self.add(0, edit.name, edit.value)
        return {edit.name: edit.value for edit in said if not Place.of(edit.name)}

    def due(self, step: int) -> list[Edit]:
        """What changes after so many mini-batches."""
        return self._by_step.get(step, [])

    def cut(self, step: int) -> None:
        """Forgets what comes after this step."""
        self._by_step = {at: edits for at, edits in self._by_step.items() if at <= step}
        self._in_order = None

    def within(self, step: int) -> list[Edit]:
        """Those until then."""
        return [edit for edit in self if edit.step <= step]

    def settings(self, first: Mapping[str, Any], step: int) -> dict[str, Any]:
        """What the `first` settings have become."""
        changed = {edit.name: edit.value for edit in self.within(step) if edit.name in first}
        return {**first, **changed}

    def changes(self, first: Mapping[str, Any], before: int) -> list[Edit]:
        """Those before so many mini-batches that made a setting another than it was."""
        present, found = dict(first), []
        for edit in self.within(before - 1):
            if present.get(edit.name) != edit.value:
                present[edit.name] = edit.value
                found.append(edit)
        return found

    def text(self, first: Mapping[str, Any] | None = None) -> str:
        """For `read_edits`; `first` are settings to be said of step 0."""
        began = [Edit(0, name, value) for name, value in (first or {}).items()]
        told = (
            f"{edit.step}_{edit.name.replace('_', '-')}_{edit.value}" for edit in (*began, *self)
        )
        return "*".join(told)


def last_said(name: str, edits: Iterable[Edit]) -> Any:
    """The value that the last of these gives to a name; None: they say nothing of it."""
    said = [edit.value for edit in edits if edit.name == name]
    return said[-1] if said else None


def read_edits(text: str, table: Table, allowed: Iterable[str], layers: Sequence[int]) -> Edits:
    """What `text` gave. Raises SettingsError for the first edit that cannot be made."""
    parts = text.split("*") if text else []
    if len(parts) > MOST:
        raise refused(f"{len(parts)} changes", f"at most {MOST}")
    edits = []
    for part in parts:
        step, _, rest = part.partition("_")
        name, _, value = rest.partition("_")
        if not (step.isdecimal() and step.isascii() and len(step) < 16):
            raise refused(part, "STEP_NAME_VALUE")
        edits.append(Edit(int(step), *read_change(name, value, table, allowed, layers)))
    return Edits(edits)


def read_change(
    name: str, value: object, table: Table, allowed: Iterable[str], layers: Sequence[int]
) -> tuple[str, Any]:
    """An edit's name and value, checked against the settings and the network's sizes."""
    if place := Place.of(name):
        if not place.fits(layers):
            sizes = " - ".join(map(str, layers))
            raise refused(name, f"a place in a network of {sizes} units")
        return name, _flag(name, value) if place.hold or place.what == "off" else _weight(value)
    named = {setting.name: setting for setting in table}
    key = name.replace("-", "_")
    if key not in allowed:
        raise refused(name, "a setting that may change while it runs, or a place in the network")
    try:
        return key, named[key].read(value)
    except SettingsError as error:
        # The whole text is what an address can leave out.
        raise refused(f"{name} {value}", str(error).partition(", got ")[0]) from None


def _flag(name: str, value: object) -> int:
    if str(value) not in ("0", "1"):
        raise refused(f"{name} {value}", "0 or 1")
    return int(str(value))


def _weight(value: object) -> float:
    try:
        number = float(str(value))
    except ValueError:
        number = math.nan
    if not abs(number) <= LARGEST:
        raise refused(value, f"a number from {-LARGEST:g} to {LARGEST:g}")
    return number


def refused(got: object, wanted: str, name: str = "edits") -> SettingsError:
    """For changes that are told in a text: in which setting, expected, got."""
    shown = str(got)[:40]
    sentence = f"{name}: expected {wanted}, got {shown}"
    return SettingsError("edits", sentence, name=name, got=shown, wanted=wanted)
