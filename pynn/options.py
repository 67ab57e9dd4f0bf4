"""Options of a command line from a table of settings."""

import argparse
from typing import Any, NoReturn

from pynn.settings import Choice, Integer, Layers, Real, Setting, Table


class Parser(argparse.ArgumentParser):
    """One sentence for what cannot be parsed, without the usage before it."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}\n")


def add_options(parser: argparse.ArgumentParser, table: Table) -> None:
    for setting in table:
        option = "--" + setting.name.replace("_", "-")
        parser.add_argument(option, metavar="X", help=escaped(allowed(setting)))


def allowed(setting: Setting) -> str:
    """What a setting takes, for the help."""
    match setting:
        case Choice():
            return f"{', '.join(setting.options)} (default {setting.default})"
        case Layers():
            most = f"at most {setting.most} layers of {setting.low} to {setting.high}"
            return f'neurons of each hidden layer, "" for none; {most} (default {setting.default})'
        case Integer() | Real():
            return f"{setting.low} to {setting.high} (default {setting.default})"
    return ""


def escaped(text: str) -> str:
    """argparse puts values into its texts by %."""
    return text.replace("%", "%%")


def chosen(options: argparse.Namespace, table: Table) -> dict[str, Any]:
    """The options of a table that were given, as they were written."""
    written = {setting.name: getattr(options, setting.name) for setting in table}
    return {name: text for name, text in written.items() if text is not None}
