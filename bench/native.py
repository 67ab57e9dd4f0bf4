"""A native peer: a process of its own with one thread, spoken to in lines of JSON."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
VENV = HERE.parent / ".cache" / "bench-venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


class NativeRunner:
    def __init__(self, peer: str) -> None:
        self.peer = peer
        self.process: subprocess.Popen[str] | None = None

    def open(self) -> str:
        python = PYTHON if PYTHON.exists() else Path(sys.executable)
        environment = {**os.environ, **dict.fromkeys(THREADS, "1")}
        environment["PYTHONPATH"] = os.pathsep.join([str(HERE.parent), str(HERE / "peers")])
        self.process = subprocess.Popen(
            [python, HERE / "native_process.py", self.peer],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
            text=True,
        )
        try:
            return self._ask("about")
        except RuntimeError as error:
            if "ModuleNotFoundError" in str(error):
                raise RuntimeError("its package could not be installed here") from error
            raise

    def prepare(self, task: dict[str, Any]) -> None:
        self._ask("prepare", task)

    def timed(self, what: str) -> float:
        return self._ask("timed", what)

    def accuracy(self) -> float:
        return self._ask("accuracy")

    def call(self, module: str, name: str, *args: Any) -> Any:
        return self._ask("call", module, name, *args)

    def _ask(self, method: str, *args: Any) -> Any:
        assert self.process and self.process.stdin and self.process.stdout
        try:
            self.process.stdin.write(json.dumps([method, *args]) + "\n")
            self.process.stdin.flush()
        except BrokenPipeError:
            raise RuntimeError(f"the process of {self.peer} has ended") from None
        answer = self.process.stdout.readline()
        if not answer:
            raise RuntimeError(f"the process of {self.peer} has ended")
        reply = json.loads(answer)
        if "error" in reply:
            raise RuntimeError(reply["error"])
        return reply["value"]

    def close(self) -> None:
        if self.process:
            assert self.process.stdin
            self.process.stdin.close()
            self.process.wait(timeout=30)
