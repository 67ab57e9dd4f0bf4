"""The `pynn` command: one thread for small products, then the command line.

On a busy machine the threads of OpenBLAS wait for one another far longer than a small product
takes. How many there are is read from the environment when NumPy is first imported, and `pynn`
imports it: so this is a module beside the package.
"""

import os
import sys
from collections.abc import Sequence

THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")


def wants_one_thread(arguments: Sequence[str]) -> bool:
    """Whether nobody has said how many; `pynn run` leaves it to its program."""
    return list(arguments[:1]) != ["run"] and not any(name in os.environ for name in THREADS)


def main() -> int:
    if wants_one_thread(sys.argv[1:]):
        os.environ[THREADS[0]] = "1"
    from pynn.cli import main

    return main()
