"""The recipes of four examples give the same weights in the browser as natively."""

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Page
from serving import Server
from worker_page import ask_worker

from pynn.recipes import RECIPES

HERE = Path(__file__).resolve().parent
# Each is run for as many updates as its post has.
RUNS = [
    ("eleven_lines", {"part": 1}, 10_000),
    ("eleven_lines", {"part": 2}, 60_000),
    ("quadrants", {}, 10_000),
]
PROGRAM = """
import json
from pynn.recipes import RECIPES

def weights(name, options, updates):
    program = RECIPES[name].start(**options)
    program.update(updates)
    return {{key: array.tolist() for key, array in program.weights.items()}}

json.dumps([weights(*run) for run in json.loads({runs!r})])
"""


@pytest.mark.long
def test_weights_are_those_of_native_python_to_nine_decimals(
    copied_site: Path, page: Page, serve_site: Callable[[Path], Server]
) -> None:
    program = PROGRAM.format(runs=json.dumps(RUNS))
    reply = ask_worker(page, copied_site, serve_site, HERE / "python_worker.js", program)
    assert "error" not in reply, reply
    for (name, options, updates), found in zip(RUNS, json.loads(reply["text"]), strict=True):
        native = RECIPES[name].start(**options)
        native.update(updates)
        assert found.keys() == native.weights.keys()
        for key, array in native.weights.items():
            np.testing.assert_allclose(
                found[key], array, rtol=0, atol=1e-9, err_msg=f"{name} {key}"
            )
