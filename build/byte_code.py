"""Puts byte code into Pyodide's stdlib zip and into the wheels, and leaves out what no page needs.

The byte code is made by the Python that will read it: `compile_modules.py` runs inside Pyodide
under Node. Sources of pynn stay beside it, to be read and to be shown in tracebacks. Those of the
stdlib and of NumPy give way to it: they would add 1.4 MB to a first visit.
"""

import base64
import csv
import hashlib
import io
import json
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from hashes import sha256_of
from paths import ROOT
from problem import Problem
from zips import read_zip, write_zip

STDLIB = "/lib/python314.zip"
CACHE_TAG = "cpython-314"
SITE_PACKAGES = "/lib/python3.14/site-packages"

# Of NumPy's wheel: stubs, what C and Fortran compilers want, what packagers and testers want. Of
# ours: the bridges to packages that no page has, and the command line.
NOT_IN_A_PAGE = re.compile(
    r"\.(pyi|pxd|pyx|h|c|a|pc|ini|template)$|/tests/|/f2py/|/_pyinstaller/|/doc/|/conftest\.py$"
    r"|^pynn/(sklearn|onnx\w*|torch\w*|distributed)(\.py$|/)"
    r"|^pynn/(commands/|(cli|options|__main__)\.py$)|^pynn_command\.py$"
    r"|^pynn/show/(notebook|html)\.py$"
)
# Of Python's standard library: mail and servers, which need the sockets that no page has.
NO_SOCKETS = re.compile(r"^(wsgiref|xmlrpc)/|^(ftplib|imaplib|mailbox|poplib|smtplib)\.py$")
METADATA = re.compile(r"\.dist-info/METADATA$")
LICENCE = re.compile(r"licen[cs]e|copying", re.IGNORECASE)


def node() -> str:
    """The path of Node."""
    path = shutil.which("node")
    if path is None:
        raise Problem("Node.js was not found on the PATH: install it from https://nodejs.org/.")
    return path


def in_pyodide(folder: Path, script: str, function: str, *args: str, mount: Path) -> None:
    """Calls a function of a file in build/ inside the Pyodide of that folder."""
    command = [node(), str(ROOT / "build/in-pyodide.mjs"), "--mount", str(mount), str(folder)]
    run = subprocess.run(
        [*command, str(ROOT / "build" / script), function, *args],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if run.returncode != 0:
        raise Problem(f"{script} failed inside Pyodide:\n{run.stderr.strip()[-3000:]}")


def with_record(files: dict[str, bytes]) -> dict[str, bytes]:
    """The files of a wheel with a RECORD that lists exactly these.

    Byte code has no hash there, as the format allows: hashes cannot be packed, and a first
    visit would load 25 kB of them.
    """
    [record] = [name for name in files if name.endswith(".dist-info/RECORD")]
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    for name, content in files.items():
        if name != record:
            if name.endswith(".pyc"):
                rows.writerow([name, "", ""])
                continue
            digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).decode().rstrip("=")
            rows.writerow([name, f"sha256={digest}", len(content)])
    rows.writerow([record, "", ""])
    return {name: content for name, content in files.items() if name != record} | {
        record: text.getvalue().encode()
    }


def trimmed(files: dict[str, bytes]) -> dict[str, bytes]:
    """The files that a page can use; licences always stay.

    Of what a package says of itself the fields stay, and the description goes.
    """
    return {
        name: content.partition(b"\n\n")[0].rstrip() + b"\n" if METADATA.search(name) else content
        for name, content in files.items()
        if not NOT_IN_A_PAGE.search(name) or LICENCE.search(name)
    }


def with_byte_code(files: dict[str, bytes], compiled: Path, keep_sources: bool) -> dict[str, bytes]:
    """The files with byte code for those that were compiled: beside the source or instead of it."""
    result = {}
    for name, content in files.items():
        byte_code = compiled / f"{name}c"
        if not name.endswith(".py") or not byte_code.exists():
            result[name] = content
        elif keep_sources:
            folder, _, stem = name.removesuffix(".py").rpartition("/")
            result[name] = content
            result[f"{folder}/__pycache__/{stem}.{CACHE_TAG}.pyc"] = byte_code.read_bytes()
        else:
            result[f"{name}c"] = byte_code.read_bytes()
    return result


def add_byte_code(folder: Path) -> None:
    """Rewrites the stdlib, the wheels and their hashes in the lock of a Pyodide folder.

    The wheels are not packed any more: they are to be packed as a whole.
    """
    with tempfile.TemporaryDirectory() as scratch:
        compiled = Path(scratch)
        in_pyodide(
            folder,
            "compile_modules.py",
            "compile_modules",
            "/mounted",
            STDLIB,
            SITE_PACKAGES,
            mount=compiled,
        )
        stdlib = folder / "python_stdlib.zip"
        files = {
            name: content
            for name, content in read_zip(stdlib).items()
            if not NO_SOCKETS.search(name)
        }
        write_zip(stdlib, with_byte_code(files, compiled / "stdlib", keep_sources=False))
        lock_file = folder / "pyodide-lock.json"
        lock = json.loads(lock_file.read_text("utf-8"))
        for name, entry in lock["packages"].items():
            wheel = folder / entry["file_name"]
            files = trimmed(read_zip(wheel))
            keep = name.startswith("pynn")
            files = with_byte_code(files, compiled / "site", keep_sources=keep)
            write_zip(wheel, with_record(files), packed=False)
            entry["sha256"] = sha256_of(wheel)
        lock_file.write_text(json.dumps(lock, indent=1, sort_keys=True), "utf-8")
        in_pyodide(folder, "check_pyodide.py", "check", SITE_PACKAGES, mount=compiled)
