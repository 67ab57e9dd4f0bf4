"""Options of a command line from a table of settings."""

import argparse
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NoReturn

from pynn.paths import as_path
from pynn.settings import Choice, Integer, Layers, Real, Setting, SettingsError, Table, Text, check


class Parser(argparse.ArgumentParser):
    """One sentence for what cannot be parsed, without the usage before it."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}\n")


def add_options(
    parser: argparse.ArgumentParser, table: Table, about: Mapping[str, str] | None = None
) -> None:
    """An option for each setting. `about` says more of some, by their names."""
    for setting in table:
        more = (about or {}).get(setting.name, "")
        told = "; ".join(text for text in (more, allowed(setting)) if text)
        parser.add_argument(option(setting.name), metavar="X", help=escaped(told))


def option(name: str) -> str:
    """A setting's name as it is typed."""
    return "--" + name.replace("_", "-")


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
        case Text(default=text):
            return f"default {text}" if text else ""
    return ""


def escaped(text: str) -> str:
    """argparse puts values into its texts by %."""
    return text.replace("%", "%%")


def chosen(options: argparse.Namespace, table: Table) -> dict[str, Any]:
    """The options of a table that were given, as they were written."""
    written = {setting.name: getattr(options, setting.name) for setting in table}
    return {name: text for name, text in written.items() if text is not None}


def checked(table: Table, given: Mapping[str, Any]) -> dict[str, Any]:
    """Every setting's value. Raises SettingsError, which names the option as it is typed."""
    try:
        return check(table, given)
    except SettingsError as error:
        name, sentence = error.values.get("name"), str(error)
        if isinstance(name, str) and sentence.startswith(f"{name}:"):
            sentence = option(name) + sentence.removeprefix(name)
        raise SettingsError(error.code, sentence, **error.values) from None


def place_to_save(file: str | None, who: str = "--save") -> Path | None:
    """Where something will be written; refused now rather than after the work."""
    if file is None:
        return None
    path = as_path(who, file)
    if path.is_dir() or not path.parent.is_dir():
        raise SettingsError("save", f"{who}: expected a file in a folder that exists, got {file}")
    return path


def folder_at(who: str, folder: str) -> Path:
    """The folder, or SettingsError where it is missing. `who` is the option that names it."""
    path = as_path(who, folder)
    if not path.is_dir():
        why = "which is a file" if path.exists() else "which is missing"
        raise SettingsError("folder", f"{who}: expected a folder, got {folder}, {why}")
    return path


def print_json(found: Mapping[str, Any]) -> None:
    """One object on the standard output; a number that is NaN is null."""
    print(json.dumps(_plain(found), ensure_ascii=False, allow_nan=False))


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(one) for one in value]
    if isinstance(value, float) and not float("-inf") < value < float("inf"):
        return None
    return value
