"""dist/recording/: a run of the playground that the page plays while Python starts."""

import sys
from pathlib import Path

from paths import ROOT
from run_tool import run_tool
from steps import run_step


def recording_folder() -> Path:
    def make(folder: Path) -> None:
        program, file = ROOT / "build/recorded_run.py", folder / "playground.json"
        where = {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
        run_tool([sys.executable, str(program), str(file)], ROOT, "Recording a run", where)

    return run_step("recording", [ROOT / "pynn", ROOT / "requirements.txt"], make)
