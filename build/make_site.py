"""Builds the whole site into dist/. Steps whose inputs have not changed are skipped.

The parts do not depend on each other and spend their time in other programs and in zlib, so they
are made at the same time.
"""

import time
from concurrent.futures import ThreadPoolExecutor

from docs_folder import docs_folder
from fashion_shards import fashion_folder
from front import front_folder
from mnist_shards import mnist_folder
from paths import DIST, ROOT
from problem import run_main
from pynn_wheel import package_folder
from pyodide_folder import pyodide_folder
from recording import lessons_folder, presets_folder, recording_folder
from site_folder import site_folder
from sizes import report
from steps import only_one_build


def main() -> None:
    started = time.perf_counter()
    with only_one_build():
        with ThreadPoolExecutor() as pool:
            mnist, front = pool.submit(mnist_folder), pool.submit(front_folder)
            fashion, docs = pool.submit(fashion_folder), pool.submit(docs_folder)
            recording, presets = pool.submit(recording_folder), pool.submit(presets_folder)
            lessons = pool.submit(lessons_folder)
            package = package_folder()
            pyodide = pyodide_folder(package)
        parts = {
            ".": front.result(),
            "pyodide": pyodide,
            "mnist": mnist.result(),
            "mnist/fashion": fashion.result(),
            "package": package,
            "recording": recording.result(),
            "presets": presets.result(),
            "lab/lessons": lessons.result(),
            "docs": docs.result(),
        }
        report(site_folder(parts))
    seconds = time.perf_counter() - started
    print(f"Build: {DIST.relative_to(ROOT)}/ is ready ({seconds:.1f} s)")


if __name__ == "__main__":
    run_main(main)
