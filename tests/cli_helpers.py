"""What tests of the command line share: running a command, and small files for it."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pynn.cli import main

Capture = pytest.CaptureFixture[str]


def printed(capsys: Capture, *arguments: str) -> str:
    """What a command prints that is done."""
    code = main(arguments)
    out, err = capsys.readouterr()
    assert err == "" and code == 0, err  # no bar where there is no terminal
    return out


def as_json(capsys: Capture, *arguments: str) -> Any:
    """The one object that it prints."""
    out = printed(capsys, *arguments, "--json")
    assert out.count("\n") == 1
    return json.loads(out, parse_constant=pytest.fail)


def refused(capsys: Capture, *arguments: str) -> str:
    """The one line on standard error, with exit code 2."""
    try:
        code: Any = main(arguments)
    except SystemExit as end:  # argparse's way
        code = end.code
    out, err = capsys.readouterr()
    assert code == 2 and err.count("\n") == 1 and err.endswith("\n"), err
    assert "Traceback" not in err and "usage" not in out + err
    return err.rstrip("\n")


def write_flowers(path: Path, n: int = 90, head: bool = True, seed: int = 0) -> Path:
    """Three kinds that two lengths tell apart, of quite different sizes, and a useless column."""
    rng = np.random.default_rng(seed)
    y = np.arange(n) % 3
    length = 1000.0 + 100.0 * y + rng.normal(0, 15, n)
    width = 0.001 * (y == 1) + rng.normal(0, 0.0002, n)
    names = ["setosa", "versicolor", "virginica"]
    rows = zip(length.tolist(), width.tolist(), y.tolist(), strict=True)
    lines = [f"{a!r},{b!r},5,{names[kind]}" for a, b, kind in rows]
    path.write_text("\n".join(["length,width,same,kind"] * head + lines) + "\n", "utf-8")
    return path


def write_houses(path: Path, n: int = 80) -> Path:
    """A price that is told by the area and the age; it stands in the middle."""
    rng = np.random.default_rng(1)
    area, age = rng.uniform(40, 200, n), rng.uniform(0, 100, n)
    price = 3000.0 * area - 800.0 * age + 50_000.0
    rows = zip(area.tolist(), price.tolist(), age.tolist(), strict=True)
    path.write_text("area;price;age\n" + "\n".join(f"{a};{p};{o}" for a, p, o in rows), "utf-8")
    return path
