"""What may stand at a place of a program, and what a name there means.

A program that has run has its names. For one that has not, its imports are looked up: only
of what is loaded already or belongs to pynn and NumPy, since to import is to run.
"""

import ast
import builtins
import importlib
import inspect
import keyword
import re
import sys
from typing import Any

MOST = 400
MOST_DOC = 3_000  # characters
MAY_BE_IMPORTED = ("pynn", "numpy")

_CHAIN = re.compile(r"((?:[^\W\d]\w*\.)*)([^\W\d]\w*)?$")
_IMPORT = re.compile(r"^\s*(?:from\s+\S+\s+import\s+.+|import\s+.+)$", re.MULTILINE)
_FROM = re.compile(r"^\s*(?:from\s+([\w.]+)\s+import\s+[\w, ]*|import\s+([\w.]*))$")


def complete(text: str, place: int, names: dict[str, Any]) -> tuple[int, list[list[str]]]:
    """Where the name at `place` begins, and what it may become: [name, kind] each.

    kind  "class", "function", "namespace", "variable", "keyword", as editors tell them apart
    """
    line = text[:place].rpartition("\n")[2]
    found = _CHAIN.search(line)
    path, begun = (found.group(1), found.group(2) or "") if found else ("", "")
    start = place - len(begun)
    imported = _FROM.match(line)
    if imported and (module := imported.group(1)):
        return start, _listed(_module(module), begun)
    if imported and imported.group(2) and path:
        owner = _module(path.rstrip("."))
        return start, [one for one in _listed(owner, begun) if one[1] == "namespace"]
    known = {**vars(builtins), **_imported(text), **names}
    if path:
        try:
            owner = _resolved(path.rstrip("."), known)
        except LookupError:
            return start, []
        return start, _listed(owner, begun)
    found_names = [
        *((name, kind_of(value)) for name, value in known.items()),
        *((name, "variable") for name in _written(text) - set(known)),
        *((name, "keyword") for name in keyword.kwlist),
    ]
    return start, _chosen(found_names, begun)


def describe(text: str, place: int, names: dict[str, Any]) -> dict[str, str] | None:
    """The name at `place` with its signature and docstring; None where nothing is known."""
    line_start = text.rfind("\n", 0, place) + 1
    rest = re.match(r"\w*", text[place:])
    before = _CHAIN.search(text[line_start:place])
    if not before or not rest:
        return None
    path = before.group(0) + rest.group(0)
    if not path or path.endswith("."):
        return None
    try:
        value = _resolved(path, {**vars(builtins), **_imported(text), **names})
    except LookupError:
        return None
    doc = inspect.getdoc(value) if _has_own_doc(value) else None
    return {"name": path, "signature": _signature(value), "doc": (doc or "")[:MOST_DOC]}


def kind_of(value: object) -> str:
    if inspect.ismodule(value):
        return "namespace"
    if inspect.isclass(value):
        return "class"
    return "function" if callable(value) else "variable"


def _has_own_doc(value: object) -> bool:
    """A number's docstring would be that of all numbers."""
    return inspect.ismodule(value) or callable(value)


def _signature(value: object) -> str:
    if not callable(value):
        return ""
    try:
        return str(inspect.signature(value))
    except (TypeError, ValueError):
        return ""


def _listed(owner: object, begun: str) -> list[list[str]]:
    if owner is None:
        return []
    return _chosen([(name, _kind_in(owner, name)) for name in _names_of(owner)], begun)


def _names_of(owner: object) -> list[str]:
    shown = getattr(owner, "__all__", None)
    own = [name for name in dir(owner) if isinstance(name, str)]
    return sorted({*own, *(shown if isinstance(shown, (list, tuple)) else ())})


def _kind_in(owner: object, name: str) -> str:
    try:
        return kind_of(inspect.getattr_static(owner, name))
    except AttributeError:
        return "variable"


def _chosen(found: list[tuple[str, str]], begun: str) -> list[list[str]]:
    """Those that begin so; private ones only for who has begun with an underscore."""
    fits = {
        name: kind
        for name, kind in found
        if name.startswith(begun) and (begun.startswith("_") or not name.startswith("_"))
    }
    return [[name, fits[name]] for name in sorted(fits)[:MOST]]


def _resolved(path: str, known: dict[str, Any]) -> Any:
    """What a chain of names means, without running anything. Raises LookupError."""
    first, *rest = path.split(".")
    value = known[first]
    for name in rest:
        try:
            if inspect.ismodule(value):
                value = getattr(value, name)
            else:
                value = inspect.getattr_static(value, name)
        except AttributeError:
            raise LookupError(path) from None
    return value


def _imported(text: str) -> dict[str, Any]:
    """The names that the program's imports give it, as far as they are within reach."""
    found: dict[str, Any] = {}
    for line in _IMPORT.findall(text):
        try:
            (node,) = ast.parse(line.strip()).body
        except (SyntaxError, ValueError):
            continue
        if isinstance(node, ast.Import):
            for alias in node.names:
                name = alias.name if alias.asname else alias.name.partition(".")[0]
                if (module := _module(name)) is not None:
                    found[alias.asname or name] = module
        elif isinstance(node, ast.ImportFrom) and node.module:
            module = _module(node.module)
            for alias in node.names:
                value = getattr(module, alias.name, None)
                if value is None:
                    value = _module(f"{node.module}.{alias.name}")
                if value is not None:
                    found[alias.asname or alias.name] = value
    return found


def _module(name: str) -> Any:
    """The module, if it is loaded or may be; else None."""
    if name in sys.modules:
        return sys.modules[name]
    if name.partition(".")[0] not in MAY_BE_IMPORTED:
        return None
    try:
        return importlib.import_module(name)
    except Exception:
        return None


def _written(text: str) -> set[str]:
    """Names that stand in the program itself."""
    return set(re.findall(r"\b[^\W\d]\w+\b", text))
