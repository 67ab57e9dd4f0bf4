"""The `pynn` command: one thread for small products, then the command line.

On a busy machine the threads of OpenBLAS wait for one another far longer than a small product
takes. How many there are is read from the environment when NumPy is first imported, and `pynn`
imports it: so this is a module beside the package. `pynn run` leaves it to its program.
"""

import os
import sys

THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")


def main() -> int:
    if sys.argv[1:2] != ["run"] and not any(name in os.environ for name in THREADS):
        os.environ[THREADS[0]] = "1"
    from pynn.cli import main

    return main()
