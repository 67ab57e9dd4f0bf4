"""The border between Python and JavaScript: whole replies, and nothing left behind."""

import json
import shutil
import subprocess
from pathlib import Path

CALLS = 300


def test_many_calls_leave_no_objects_behind(dist: Path) -> None:
    node = shutil.which("node")
    assert node, "Node.js is needed on the PATH"
    program = Path(__file__).with_name("bridge_leaks.mjs")
    printed = subprocess.run(
        [node, program, dist, str(CALLS)], capture_output=True, text=True, check=True
    ).stdout
    found = json.loads(printed.splitlines()[-1])
    assert found["points"] == [300, 2]
    assert found["map"] == 60 * 60
    assert found["refused"]["type"] == "SettingsError"
    assert found["refused"]["values"]["name"] == "dataset"
    assert found["unknown"]["code"] == "unknown"
    assert found["unknown"]["values"]["name"] == "constructor"
    assert found["broken"]["type"] == "PythonError"
    assert found["broken"]["details"]
    # A proxy or a buffer that leaked in every call would show as hundreds.
    assert abs(found["after"] - found["before"]) < CALLS / 4
