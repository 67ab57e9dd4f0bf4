"""The second network of a comparison: what it has other than the first.

As a text, for an address: "optimizer_sgd*learning-rate_0.3".
"""

from typing import Any

from pynn.live.edits import refused
from pynn.live.planar_task import ASIDE, DATA, TABLE
from pynn.settings import SettingsError

# The points and the seed are the same, and a second has no second.
SAME = DATA | ASIDE | {"seed", "edits"}


def read_second(text: str) -> dict[str, Any]:
    """The settings that differ, checked. Raises SettingsError."""
    named = {setting.name: setting for setting in TABLE if setting.name not in SAME}
    found = {}
    for part in text.split("*") if text else []:
        written, _, value = part.partition("_")
        name = written.replace("-", "_")
        if name not in named:
            raise refused(part, "a setting of the network or of its training", "compare")
        try:
            found[name] = named[name].read(value)
        except SettingsError as error:
            raise refused(part, str(error).partition(", got ")[0], "compare") from None
    return found
