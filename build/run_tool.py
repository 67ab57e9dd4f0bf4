"""Other people's programs, as a step of the build: quiet, unless they fail."""

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

from problem import Problem


def run_tool(
    command: list[str], folder: Path, what: str, environment: Mapping[str, str] | None = None
) -> None:
    """Runs the command in the folder. Raises Problem with all that it printed: "`what` failed"."""
    run = subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, **(environment or {})},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if run.returncode != 0:
        raise Problem(f"{what} failed:\n{run.stdout}{run.stderr}")
