"""The second network of a comparison: what it has other than the first.

As a text, for an address: "optimizer_sgd*learning-rate_0.3".
"""

from typing import Any

from pynn.live.lesson import LESSON
from pynn.live.planar_task import DATA, TABLE
from pynn.settings import SettingsError

# The points and the seed are the same, and a second has no second.
SAME = DATA | LESSON | {"seed", "guess", "edits", "stop_at", "compare"}


def read_second(text: str) -> dict[str, Any]:
    """The settings that differ, checked. Raises SettingsError."""
    named = {setting.name: setting for setting in TABLE if setting.name not in SAME}
    found = {}
    for part in text.split("*") if text else []:
        written, _, value = part.partition("_")
        name = written.replace("-", "_")
        if name not in named:
            raise _refused(part, "a setting of the network or of its training")
        try:
            found[name] = named[name].read(value)
        except SettingsError as error:
            raise _refused(part, str(error).partition(", got ")[0]) from None
    return found


def _refused(got: str, wanted: str) -> SettingsError:
    shown = got[:40]
    sentence = f"compare: expected {wanted}, got {shown}"
    return SettingsError("edits", sentence, name="compare", got=shown, wanted=wanted)
