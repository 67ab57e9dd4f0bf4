"""The desk: where a user interface asks for experiments, with plain data both ways.

Every call gets exactly one frame back. Bad input makes a frame whose head has
"error" (type, code, values, message); only a mistake in the program raises.
"""

import io
import os
from collections.abc import Callable, Mapping
from typing import Any

from pynn.files import ModelFileError, load
from pynn.frame import Frame, make_frame
from pynn.live.digits import DigitsExperiment
from pynn.live.experiment import Experiment
from pynn.live.folder import MNISTFolder
from pynn.live.hand import HandExperiment
from pynn.live.planar import PlanarExperiment
from pynn.live.reading import ReadingExperiment
from pynn.live.recipes import RecipesExperiment
from pynn.live.sweep import SweepExperiment
from pynn.reader.hand import HandError
from pynn.settings import Bytes, SettingsError, check, describe
from pynn.state import State, StateError

RUN = Bytes("run", 1 << 28)

KINDS: dict[str, type[Experiment]] = {
    "planar": PlanarExperiment,
    "sweep": SweepExperiment,
    "digits": DigitsExperiment,
    "reading": ReadingExperiment,
    "hand": HandExperiment,
    "recipes": RecipesExperiment,
}


class Desk:
    """One experiment of each name at a time: a kind's, or with more behind it, "planar/second".

    data_folder  where MNIST's files lie
    keep_files   False: they are copies in memory, to be deleted once read
    """

    def __init__(
        self, data_folder: str | os.PathLike[str] = ".", *, keep_files: bool = True
    ) -> None:
        self.mnist = MNISTFolder(data_folder, keep_files)
        self._open: dict[str, Experiment] = {}

    def tables(self) -> Frame:
        """The table of settings of every kind of experiment."""
        return make_frame({name: describe(kind.table) for name, kind in KINDS.items()})

    def call(self, experiment: str, action: str, args: Mapping[str, Any]) -> Frame:
        """One action; "open" makes the experiment anew from the settings in `args`.

        "edit" takes as many settings; where only such differ from the present ones as may
        change while it runs, the experiment goes on with them. "resume" takes the blob of a
        "keep" as "run", and as "settings" those that hold from now on, if they are others.
        """
        try:
            return self._call(experiment, action, args)
        except SettingsError as error:
            return _refusal("SettingsError", error.code, error.values, str(error))
        except StateError as error:
            return _refusal("StateError", "other", {}, str(error))
        except HandError as error:
            return _refusal("HandError", error.code, {}, str(error))
        except ModelFileError as error:
            return _refusal("ModelFileError", error.code, {}, str(error))

    def _call(self, name: str, action: str, args: Mapping[str, Any]) -> Frame:
        kind = KINDS.get(name.partition("/")[0])
        if kind is None:
            return _refusal("state", "unknown", {"name": name}, f"{name}: no such experiment")
        if action == "needs":
            return make_frame({"files": kind.needs(check(kind.table, args), self.mnist)})
        if action == "edit" and name in self._open:
            went_on = self._open[name].edit(check(kind.table, args))
            if went_on is not None:
                return went_on
        if action == "resume":
            return self._resume(name, kind, args)
        if action in ("open", "edit"):
            # The old experiment stays when the new settings are refused.
            made = kind(check(kind.table, args), self.mnist)
            self._open[name] = made
            return made.opened()
        if action not in kind.actions:
            return _refusal("state", "unknown", {"name": action}, f"{action}: no such action")
        if name not in self._open and not kind.table:  # nothing to choose, so nothing to wait for
            self._open[name] = kind({}, self.mnist)
        if name not in self._open:
            return _refusal("state", "not_open", {"name": name}, f"{name}: not open yet")
        checked = check(kind.actions[action], args)
        perform: Callable[..., Frame] = getattr(self._open[name], action)
        return perform(**checked)

    def _resume(self, name: str, kind: type[Experiment], args: Mapping[str, Any]) -> Frame:
        run, settings = RUN.read(args.get("run")), args.get("settings")
        state = load(io.BytesIO(run))
        if not isinstance(state, State) or "run/settings" not in state.plain:
            raise StateError("resume: expected a run that was kept, got another file")
        kept = check(kind.table, state.plain["run/settings"])
        wanted = check(kind.table, settings) if isinstance(settings, Mapping) else kept
        if {key for key in kept if kept[key] != wanted[key]} - kind.live:
            raise StateError("resume: expected a run of these settings, got one of others")
        made = kind(kept, self.mnist)
        made.resume(state, wanted)
        self._open[name] = made
        return made.opened()


def _refusal(kind: str, code: str, values: Mapping[str, Any], message: str) -> Frame:
    return make_frame(
        {"error": {"type": kind, "code": code, "values": dict(values), "message": message}}
    )
