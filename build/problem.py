"""Something the person at the keyboard can mend: shown as its sentence, without a traceback."""

import sys
from collections.abc import Callable


class Problem(Exception):
    """The text says what is wrong and what can be done about it."""


def run_main(main: Callable[[], None]) -> None:
    """Runs a script's main function; a Problem ends the process with exit code 1."""
    try:
        main()
    except Problem as problem:
        print(f"\n{problem}", file=sys.stderr)
        sys.exit(1)
