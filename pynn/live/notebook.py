"""A script as a Jupyter notebook (nbformat 4.5): a cell for each of its parts."""

import ast
import json
from typing import Any

FORMAT = {"nbformat": 4, "nbformat_minor": 5}
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def notebook(script: str) -> str:
    """The notebook's file. The script begins with a docstring whose last lines say `pip install …`.

    Run from above to below, it does what the script does.
    """
    said = ast.get_docstring(ast.parse(script)) or ""
    told = [line for line in said.splitlines() if not line.strip().startswith("pip install")]
    install = [line.strip() for line in said.splitlines() if line.strip().startswith("pip install")]
    code = script.split('"""', 2)[2].strip("\n")
    sources = [f"%{line}" for line in install] + _parts(code)
    cells = [_cell("markdown", 0, "\n".join(told).strip())]
    cells += [_cell("code", place, source) for place, source in enumerate(sources, 1)]
    return json.dumps({**FORMAT, "metadata": METADATA, "cells": cells}, indent=1) + "\n"


def _parts(code: str) -> list[str]:
    """What stands between empty lines, but never less than whole statements."""
    parts: list[str] = []
    for part in code.split("\n\n"):
        if not part.strip():
            continue
        if parts and not _is_whole(parts[-1]):
            parts[-1] += "\n\n" + part
        else:
            parts.append(part.strip("\n"))
    return parts


def _is_whole(code: str) -> bool:
    try:
        ast.parse(code)
    except SyntaxError:
        return False
    return True


def _cell(kind: str, place: int, source: str) -> dict[str, Any]:
    own: dict[str, Any] = {"execution_count": None, "outputs": []} if kind == "code" else {}
    lines = source.splitlines(keepends=True)
    return {"cell_type": kind, "id": f"cell-{place}", "metadata": {}, "source": lines, **own}
