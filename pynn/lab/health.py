"""Is this Python still what it was? A program may have changed what the next one relies on.

Taken before the first program and looked at after each: a Python that is not sound is left
to the programs that made it so, and another one takes over. What a program may change by
right (the folder, the path, streams, limits) is put back.
"""

import gc
import os
import sys
from collections.abc import Set
from types import ModuleType
from typing import Any

Names = dict[str, Any]


class Health:
    """The names of all modules that are loaded now, and of pynn's classes, with their values."""

    def __init__(self) -> None:
        self.modules = dict(sys.modules)
        self.names = {
            name: dict(vars(module))
            for name, module in self.modules.items()
            if isinstance(module, ModuleType) and name != "__main__"
        }
        self.classes = {
            value: dict(vars(value))
            for name, names in self.names.items()
            if name.partition(".")[0] == "pynn"
            for value in names.values()
            if isinstance(value, type) and value.__module__.partition(".")[0] == "pynn"
        }
        # Tables such as ACTIVATIONS, which are looked into.
        self.tables = [
            (value, dict(value))
            for name, names in self.names.items()
            if name.partition(".")[0] == "pynn"
            for key, value in names.items()
            if isinstance(value, dict) and key.isupper()
        ]
        self.folder, self.path, self.limit = os.getcwd(), list(sys.path), sys.getrecursionlimit()
        self.environment = dict(os.environ)

    def restore(self) -> None:
        """What a program may leave behind by right is as before."""
        sys.settrace(None)
        sys.setprofile(None)
        sys.setrecursionlimit(self.limit)
        sys.path[:] = self.path
        os.chdir(self.folder)
        os.environ.clear()
        os.environ.update(self.environment)
        sys.modules["__main__"] = self.modules["__main__"]
        gc.enable()

    def damage(self) -> str | None:
        """The first name that is missing or another one; None where all is as it was."""
        try:
            return self._damage()
        except BaseException as error:
            return f"{type(error).__name__}"

    def _damage(self) -> str | None:
        for name, module in self.modules.items():
            if sys.modules.get(name) is not module:
                return name
        for name, names in self.names.items():
            found = _changed(names, vars(self.modules[name]), CHANGING.get(name, set()))
            if found is not None:
                return f"{name}.{found}"
        for kind, names in self.classes.items():
            found = _changed(names, vars(kind)) or _changed(
                {key: value for key, value in vars(kind).items() if key[:2] != "__"}, names
            )
            if found is not None:
                return f"{kind.__module__}.{kind.__name__}.{found}"
        for table, before in self.tables:
            if (found := _changed(before, table)) is not None:
                return str(found)
        return None


def _changed(before: Names, now: Any, may_change: Set[str] = frozenset()) -> str | None:
    missing = object()
    for key, value in before.items():
        if (
            now.get(key, missing) is not value
            and key != "__warningregistry__"
            and key not in may_change
        ):
            return key
    return None


# Names that their own modules set anew at work.
CHANGING: dict[str, Set[str]] = {
    "builtins": {"_"},
    "sys": {"stdout", "stderr", "stdin", "last_exc", "last_type", "last_value", "last_traceback"},
}
