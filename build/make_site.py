"""Builds the whole site into dist/. Steps whose inputs have not changed are skipped.

The parts do not depend on each other and spend their time in other programs and in zlib, so they
are made at the same time.
"""

import time
from concurrent.futures import ThreadPoolExecutor

from front import front_folder
from mnist_shards import mnist_folder
from paths import DIST, ROOT
from problem import run_main
from pyodide_folder import pyodide_folder
from site_folder import site_folder
from sizes import report
from steps import only_one_build


def main() -> None:
    started = time.perf_counter()
    with only_one_build():
        with ThreadPoolExecutor() as pool:
            parts = [pool.submit(part) for part in (pyodide_folder, mnist_folder, front_folder)]
        pyodide, mnist, front = (part.result() for part in parts)
        report(site_folder(front, pyodide, mnist))
    seconds = time.perf_counter() - started
    print(f"Build: {DIST.relative_to(ROOT)}/ is ready ({seconds:.1f} s)")


if __name__ == "__main__":
    run_main(main)
