"""Writes all lessons of a language as the page reads them. Runs with pynn on the path."""

import json
import sys
from pathlib import Path

from pynn.lab.lesson import read


def main(lessons: Path, out: Path) -> None:
    for folder in sorted(path for path in lessons.iterdir() if path.is_dir()):
        plain = [read(file).plain() for file in sorted(folder.glob("*.md"))]
        out.joinpath(f"{folder.name}.json").write_text(
            json.dumps({"lessons": plain}, ensure_ascii=False, separators=(",", ":")), "utf-8"
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
