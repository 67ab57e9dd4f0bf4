"""`npm run bench [-- --quick] [-- --only train,boot]`: side by side, in turn, into results.md.

Part after part; one that fails says so in the results and the next one follows.
"""

import argparse
import importlib
import sys
import traceback
from pathlib import Path

HERE = Path(__file__).resolve().parent
# build/ and tests/ hold what finds a browser and serves a folder; pynn is not installed.
sys.path[1:1] = [str(HERE.parent / name) for name in ("build", "tests", "")]

from chrome import chrome  # noqa: E402
from problem import Problem, run_main  # noqa: E402
from report import machine  # noqa: E402

PARTS = (
    "train",
    "products",
    "scaling",
    "boot",
    "memory",
    "frames",
    "playground",
    "rooms",
    "digits",
    "lab",
    "recipes",
)
RESULTS = HERE / "results.md"


def chosen_parts(text: str) -> list[str]:
    parts = [name.strip() for name in text.split(",")]
    if unknown := [name for name in parts if name not in PARTS]:
        raise Problem(f"--only: expected some of {', '.join(PARTS)}, got {', '.join(unknown)}")
    return parts


def main() -> None:
    parser = argparse.ArgumentParser(prog="npm run bench --", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small and few, to see that it works")
    parser.add_argument("--only", default=",".join(PARTS), help="parts, with commas between")
    parser.add_argument("--output", type=Path, default=RESULTS, help="the Markdown file to write")
    options = parser.parse_args()
    parts = chosen_parts(options.only)
    with chrome() as started:
        lines = ["# Measurements", "", *machine(started.browser.version)]
        kind = "quick: too short to be quoted" if options.quick else "full"
        lines += [f"- `npm run bench`, {kind}; parts: {', '.join(parts)}"]
        for name in parts:
            try:
                section = importlib.import_module(f"parts.{name}").run(started, options.quick)
            except Exception as error:
                traceback.print_exc()
                section = [
                    f"## {name.capitalize()}",
                    "",
                    f"Failed: {type(error).__name__}: {error}",
                ]
            lines += ["", *section]
            # After every part, so that nothing is lost when a long run is ended.
            options.output.write_text("\n".join(lines) + "\n", "utf-8")
    print(f"\nResults: {options.output}")


if __name__ == "__main__":
    run_main(main)
