"""A build step makes a folder of files from its inputs, and is skipped when nothing changed."""

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from hashes import sha256_of
from paths import CACHE, ROOT, files_below


@contextmanager
def only_one_build(store: Path = CACHE) -> Iterator[None]:
    """Waits until no other build of this folder runs; the lock ends with its process."""
    store.mkdir(parents=True, exist_ok=True)
    with (store / "build.lock").open("w") as file:
        if os.name == "posix":
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def key_of(inputs: Iterable[Path]) -> str:
    """One hash over the inputs' names and contents; a folder stands for all files below it."""
    digest = hashlib.sha256()
    for given in inputs:
        for path in files_below(given) if given.is_dir() else [given]:
            name = path.relative_to(ROOT) if path.is_relative_to(ROOT) else path
            digest.update(f"{name} {sha256_of(path)}\n".encode())
    return digest.hexdigest()


def contents_of(folder: Path) -> dict[str, str]:
    """Each file below the folder, by its name inside it, with its SHA-256."""
    return {path.relative_to(folder).as_posix(): sha256_of(path) for path in files_below(folder)}


def run_step(
    name: str,
    inputs: Iterable[Path],
    make: Callable[[Path], None],
    store: Path = CACHE / "steps",
    setting: str = "",
) -> Path:
    """Returns the folder that `make(folder)` fills.

    `make` runs only when an input, the setting, one of the build's own files or a file of the last
    result is not what it was. The stamp is written last: an interrupted step counts as not done.
    """
    folder = store / name
    stamp = store / f"{name}.json"
    key = key_of([*inputs, *sorted((ROOT / "build").glob("*.*"))]) + setting
    if stamp.exists() and folder.is_dir():
        wanted = json.loads(stamp.read_text("utf-8"))
        if wanted["key"] == key and wanted["files"] == contents_of(folder):
            return folder
    print(f"Build: {name}", flush=True)
    stamp.unlink(missing_ok=True)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    make(folder)
    stamp.write_text(json.dumps({"key": key, "files": contents_of(folder)}), "utf-8")
    return folder
