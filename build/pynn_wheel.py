"""Our own package as a wheel, and the lock that names all that the page may load."""

import json
import shutil
import sys
import tempfile
from pathlib import Path

from paths import PYODIDE, ROOT
from run_tool import run_tool
from steps import run_step

# The wheel's bytes, and so its hash, must not change from one build to the next.
FIXED_TIME = {"SOURCE_DATE_EPOCH": "315532800"}
# All that the wheel is made from.
PROJECT = [
    ROOT / name for name in ("pynn", "pynn_command.py", "pyproject.toml", "README.md", "LICENSE")
]


def build_wheel(project: Path, folder: Path) -> Path:
    """Builds the project's wheel into the folder and returns its path."""
    with tempfile.TemporaryDirectory() as fresh:
        command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", fresh]
        run_tool(command, project, "Building the wheel of pynn", FIXED_TIME)
        [wheel] = Path(fresh).glob("*.whl")
        return Path(shutil.copy(wheel, folder))


def package_folder() -> Path:
    """dist/package/: the wheel as any Python installs it, for people to take home."""

    def make(folder: Path) -> None:
        build_wheel(ROOT, folder)

    return run_step("package", [*PROJECT, ROOT / "requirements.txt"], make)


def write_lock(folder: Path, wheels: list[Path], keep: list[str]) -> Path:
    """Writes pyodide-lock.json into the folder: Pyodide's own lock and our wheels, trimmed.

    The wheels lie in the folder. `keep` names the packages of Pyodide that the page needs.
    """
    lock = folder / "pyodide-lock.json"
    names = [wheel.name for wheel in wheels]
    options = ["--input", str(PYODIDE / "pyodide-lock.json"), "--output", str(lock)]
    command = [sys.executable, "-m", "pyodide_cli", "lockfile", "add-wheels", *options]
    run_tool(
        [*command, "--base-path", ".", *names],
        folder,
        "Adding our wheels to pyodide-lock.json",
        FIXED_TIME,
    )
    content = json.loads(lock.read_text("utf-8"))
    content["packages"] = {
        name: entry
        for name, entry in content["packages"].items()
        if name in keep or entry["file_name"] in names
    }
    lock.write_text(json.dumps(content, indent=1, sort_keys=True), "utf-8")
    return lock
