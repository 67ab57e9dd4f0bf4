"""What pynn itself draws for the page before Python has started there.

dist/recording/: a run of the playground, played while Python starts. dist/presets/: what each of
the playground's presets comes to. dist/lab/lessons/: the lessons, read from their Markdown.
"""

import sys
from pathlib import Path

from paths import ROOT
from run_tool import run_tool
from steps import run_step

PRESETS = ROOT / "web/page/views/playground/presets.json"


def run_with_pynn(program: str, *arguments: Path, what: str) -> None:
    where = {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    run_tool([sys.executable, f"build/{program}", *map(str, arguments)], ROOT, what, where)


def recording_folder() -> Path:
    def make(folder: Path) -> None:
        run_with_pynn("recorded_run.py", folder / "playground.json", what="Recording a run")

    return run_step("recording", [ROOT / "pynn", ROOT / "requirements.txt"], make)


def presets_folder() -> Path:
    def make(folder: Path) -> None:
        file = folder / "pictures.json"
        run_with_pynn("preset_pictures.py", PRESETS, file, what="Training the presets")

    return run_step("presets", [ROOT / "pynn", PRESETS, ROOT / "requirements.txt"], make)


def lessons_folder() -> Path:
    lessons = ROOT / "lessons"

    def make(folder: Path) -> None:
        run_with_pynn("lesson_texts.py", lessons, folder, what="Reading the lessons")

    inputs = [lessons, *(ROOT / "pynn" / name for name in ("lab", "settings", "show"))]
    return run_step("lessons", inputs, make)
