"""Runs that a person changes by hand: settings while they go on, and the network itself."""

from typing import Any, ClassVar

import numpy as np

from pynn.frame import Frame
from pynn.live.edits import MOST, Edit, Place, last_said, read_change
from pynn.live.rewinding import Rewinding
from pynn.matmul import Array
from pynn.settings import SettingsError, Text

OFF = "off/"


class Editing(Rewinding):
    """A run whose network is of dense layers, and maybe dropout between them.

    A unit that is switched off says nothing to anybody: the weights that lead on from it are 0
    and stay so. `off` has what they were, by layer and unit, until it is switched on again.
    """

    by_hand: ClassVar = {"put": (Text("changes", "", 4_000),)}

    off: dict[tuple[int, int], Array]

    def put(self, changes: str) -> Frame:
        """Weights, biases, what stays and what is switched off, from now on, all in one go.

        As in `pynn.live.edits`, without the step: "w1.0.3_2.5*b1.3_0". What an address said of
        later steps is forgotten. Raises SettingsError, with nothing changed.
        """
        if self.status == "diverged":
            raise SettingsError("diverged", "changes: expected a run that has not diverged")
        parts = [part.rpartition("_") for part in changes.split("*")] if changes else []
        read = [
            read_change(name, value, self.table, (), self.layer_sizes) for name, _, value in parts
        ]
        if len(self.edits.within(self.step)) + len(read) > MOST:
            raise SettingsError("many", f"changes: expected at most {MOST} in a run", high=MOST)
        self.edits.cut(self.step)
        for name, value in read:
            self.edits.add(self.step, name, value)
            self._change_unit(Edit(self.step, name, value))
        self._measure_anew()
        return self._frame({"goes_on": True, "link": self._link()})

    @property
    def layer_sizes(self) -> list[int]:
        """Units of each layer, the inputs first."""
        sizes = [layer.output_shape[0] for layer in self.network.neurons]
        return [*self.network.input_shape, *sizes]

    def _redo(self) -> None:
        super()._redo()
        due = [edit for edit in self.edits.due(self.step) if Place.of(edit.name)]
        for edit in due:
            self._change_unit(edit)
        if due:
            self._measure_anew()

    def _change_unit(self, edit: Edit) -> None:
        place = Place.of(edit.name)
        assert place is not None
        if place.what == "off":
            self._switch(place.layer, place.at[0], off=bool(edit.value))
            return
        name, at = place.parameter, place.at
        row = self.off.get((place.layer - 1, at[0])) if place.what == "w" else None
        if row is not None:  # it says so when it is switched on
            if not place.hold:
                row[at[1]] = edit.value
        elif place.hold:
            self.network.held[name][at] = bool(edit.value)
        else:
            self.network.parameters[name][at] = edit.value

    def _switch(self, layer: int, unit: int, *, off: bool) -> None:
        if off == ((layer, unit) in self.off):
            return
        name = f"dense_{layer + 2}.weights"
        row, stays = self.network.parameters[name][unit], self.network.held[name][unit]
        if off:
            self.off[layer, unit] = row.copy()
            row[:], stays[:] = 0.0, True
        else:
            row[:] = self.off.pop((layer, unit))
            holds = [f"hold.w{layer + 2}.{unit}.{to}" for to in range(len(row))]
            said = self.edits.within(self.step)
            stays[:] = [bool(last_said(name, said)) for name in holds]

    def _by_hand(self) -> dict[str, list[str]]:
        """What stays, and what is off, at this step."""
        said = {edit.name: edit.value for edit in self.edits.within(self.step)}
        held = [name for name, value in said.items() if name.startswith("hold.") and value]
        return {
            "held": sorted(name.removeprefix("hold.") for name in held),
            "off": sorted(f"{layer + 1}.{unit}" for layer, unit in self.off),
        }

    def _link(self) -> dict[str, Any]:
        """The settings that give this run again: those of now, and how they came about."""
        now = self._plain_settings()
        began = {name: self.first[name] for name in sorted(self.edited)}
        other = {name: value for name, value in began.items() if value != now[name]}
        return {**now, "edits": self.edits.text(other)}

    def _off_arrays(self) -> dict[str, Array]:
        return {f"{OFF}{layer}/{unit}": row.copy() for (layer, unit), row in self.off.items()}

    def _take_off(self, arrays: dict[str, Array]) -> None:
        """What `_off_arrays` gave."""
        self.off = {}
        for name, row in arrays.items():
            if name.startswith(OFF):
                layer, unit = map(int, name.removeprefix(OFF).split("/"))
                self.off[layer, unit] = np.array(row, self.network.dtype)

    def _measure_anew(self) -> None:
        """The network is another one, at the same step."""
        raise NotImplementedError
