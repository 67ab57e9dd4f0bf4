"""The command line multiplies with one thread, unless the person has said how many."""

import os
import subprocess
import sys
from contextlib import nullcontext
from pathlib import Path

import pytest

import pynn_command
from pynn import cli

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = """
import os, sys
sys.argv = ["pynn", *sys.argv[1:]]
import pynn_command
assert "numpy" not in sys.modules
try:
    pynn_command.main()
except SystemExit:
    pass
print(os.environ.get("OPENBLAS_NUM_THREADS"), os.environ.get("OMP_NUM_THREADS"))
"""


@pytest.mark.parametrize(
    ("word", "environment", "threads"),
    [
        ("--version", {}, "1 None"),
        ("--version", {"OPENBLAS_NUM_THREADS": "3"}, "3 None"),
        ("--version", {"OMP_NUM_THREADS": "2"}, "None 2"),
        ("run", {}, "None None"),
    ],
)
def test_the_command_says_it_before_numpy_is_there(
    word: str, environment: dict[str, str], threads: str
) -> None:
    env = {name: value for name, value in os.environ.items() if name not in pynn_command.THREADS}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, word],
        env=env | {"PYTHONPATH": str(ROOT)} | environment,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.stdout.splitlines()[-1] == threads, done.stderr


def test_threadpoolctl_does_it_where_numpy_is_there_already(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    threadpoolctl = pytest.importorskip("threadpoolctl")
    for name in pynn_command.THREADS:
        monkeypatch.delenv(name, raising=False)
    with cli.one_thread(["train"]):
        info = threadpoolctl.threadpool_info()
        assert all(one["num_threads"] == 1 for one in info if one["user_api"] == "blas")
    assert isinstance(cli.one_thread(["run", "a.py"]), nullcontext)
    with monkeypatch.context() as patch:
        patch.setitem(sys.modules, "threadpoolctl", None)
        assert isinstance(cli.one_thread(["train"]), nullcontext)
    monkeypatch.setenv("OMP_NUM_THREADS", "2")
    assert isinstance(cli.one_thread(["train"]), nullcontext)
