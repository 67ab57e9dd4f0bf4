"""`import pynn` is quick: it reads what every program needs, and the rest when asked for it."""

import subprocess
import sys
from pathlib import Path

import pytest

import pynn

ROOT = Path(__file__).resolve().parents[2]
# `numpy.random` alone takes a sixth of the time of `import numpy`.
LATER = (
    "numpy.random",
    "numpy.polynomial",
    "pynn.show",
    "pynn.datasets",
    "pynn.files",
    "pynn.digits",
)


def test_import_leaves_what_is_asked_for_later() -> None:
    program = f"import sys, pynn; print([name for name in {LATER} if name in sys.modules])"
    run = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, encoding="utf-8", check=True
    )
    assert run.stdout.strip() == "[]", run.stderr


@pytest.mark.parametrize("name", pynn.__all__)
def test_every_name_is_there_when_it_is_asked_for(name: str) -> None:
    assert getattr(pynn, name) is not None
    assert name in dir(pynn)


def test_name_that_is_not_there_is_named() -> None:
    with pytest.raises(AttributeError, match="module 'pynn' has no attribute 'nets'"):
        _ = pynn.nets
