"""Tables of settings: every name with its kind, limits and default, written once.

The page makes its controls from a table, the command line its options, and both
hand back what a person typed, often as text. `check` turns that into values or
says in one sentence what is allowed.
"""

from pynn.settings.kinds import Bytes, Choice, Flag, Integer, Real, SettingsError, Text
from pynn.settings.lists import Layers, Subset, Words
from pynn.settings.table import Setting, Table, check, describe

__all__ = [
    "Bytes",
    "Choice",
    "Flag",
    "Integer",
    "Layers",
    "Real",
    "Setting",
    "SettingsError",
    "Subset",
    "Table",
    "Text",
    "Words",
    "check",
    "describe",
]
