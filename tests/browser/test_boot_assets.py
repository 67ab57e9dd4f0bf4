"""What dist/ holds: complete, hashed, nothing superfluous, and nothing else is asked for."""

import csv
import gzip
import hashlib
import io
import json
import os
import re
import struct
import subprocess
import sys
import venv
import zipfile
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy
import pytest
from byte_code import trimmed
from hashes import base64_of, sha256_of
from paths import PYODIDE
from playwright.sync_api import expect

STDLIB = "python_stdlib.zip"
# Python 3.14's magic number and the flag "hash-based, not checked against the source".
PYTHON_314_UNCHECKED = bytes.fromhex("2b0e0d0a01000000")


def names_in(site: Path) -> set[str]:
    return {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}


def unpacked(path: Path) -> io.BytesIO:
    """A file, or what is in it if it is a stream of gzip."""
    content = path.read_bytes()
    return io.BytesIO(gzip.decompress(content) if path.suffix == ".gzip" else content)


def wheel_of(dist: Path, entry: Any) -> zipfile.ZipFile:
    return zipfile.ZipFile(unpacked(dist / "pyodide" / f"{entry['file_name']}.gzip"))


@pytest.fixture
def lock(dist: Path) -> Any:
    return json.loads((dist / "pyodide/pyodide-lock.json").read_text("utf-8"))


def test_files_json_is_the_whole_site_but_for_its_documentation(dist: Path) -> None:
    files = json.loads((dist / "files.json").read_text("utf-8"))["files"]
    page = {name for name in names_in(dist) if not name.startswith("docs/")}
    assert set(files) == page - {"files.json", "service-worker.js"}
    for name, entry in files.items():
        path = dist / name
        assert entry == {"bytes": path.stat().st_size, "sha256": base64_of(sha256_of(path))}


def test_lock_names_numpy_and_pynn_with_the_hashes_of_the_shipped_wheels(
    dist: Path, lock: Any
) -> None:
    packages = lock["packages"]
    assert {"numpy", "pynn-playground"} <= set(packages)
    wheels = {path.name: unpacked(path) for path in (dist / "pyodide").glob("*.whl.gzip")}
    assert {f"{entry['file_name']}.gzip" for entry in packages.values()} == set(wheels)
    for entry in packages.values():
        content = wheels[f"{entry['file_name']}.gzip"].getvalue()
        assert entry["sha256"] == hashlib.sha256(content).hexdigest()


def test_nothing_superfluous_is_shipped(dist: Path) -> None:
    wrong = re.compile(r"\.map$|\.d\.ts$|console.*\.html$|(^|/)pyodide\.js$|\.pyc$|\.part$")
    assert [name for name in names_in(dist) if wrong.search(name)] == []


def test_page_refers_to_its_own_folder_only(dist: Path) -> None:
    text = (dist / "index.html").read_text("utf-8")
    # Tabs lead to places in the page itself.
    links = re.findall(r'(?:src|href)="(?!#/)([^"]+)"', text)
    assert links and all(link.startswith("./") for link in links)
    assert all((dist / link).is_file() for link in links)


def test_pictures_for_links_and_icons_are_there_and_as_large_as_they_say(dist: Path) -> None:
    text = (dist / "index.html").read_text("utf-8")
    meta = dict(re.findall(r'<meta\s+property="og:([\w:]+)"\s+content="([^"]*)"', text))
    assert meta["title"] and meta["description"]
    assert meta["image"].endswith("preview/page.png")
    picture = dist / "preview/page.png"
    assert png_size(picture) == (int(meta["image:width"]), int(meta["image:height"]))
    # What some readers of links refuse is above 300 kB.
    assert picture.stat().st_size < 150_000
    assert png_size(dist / "icon-180.png") == (180, 180)
    for icon in json.loads((dist / "manifest.webmanifest").read_text("utf-8"))["icons"]:
        assert (dist / icon["src"]).is_file()


def png_size(path: Path) -> tuple[int, int]:
    signature, (width, height) = (
        path.read_bytes()[:8],
        struct.unpack(">II", path.read_bytes()[16:24]),
    )
    assert signature == b"\x89PNG\r\n\x1a\n"
    return width, height


@pytest.mark.parametrize("package", ["numpy", "pynn-playground", "pynn-kernel"])
def test_wheel_holds_what_its_record_says_and_its_licence(
    dist: Path, lock: Any, package: str
) -> None:
    with wheel_of(dist, lock["packages"][package]) as wheel:
        assert wheel.testzip() is None
        # The page takes the files as they lie in the zip.
        assert {entry.compress_type for entry in wheel.infolist()} == {zipfile.ZIP_STORED}
        names = wheel.namelist()
        [record] = [name for name in names if name.endswith(".dist-info/RECORD")]
        rows = list(csv.reader(wheel.read(record).decode().splitlines()))
    assert sorted(row[0] for row in rows) == sorted(names)
    assert any(re.search(r"\.dist-info/licenses/LICENSE", name) for name in names)


def test_sources_of_pynn_can_be_read_in_the_page(dist: Path, lock: Any) -> None:
    project = Path(__file__).parents[2]
    with wheel_of(dist, lock["packages"]["pynn-playground"]) as wheel:
        for path in (project / "pynn").rglob("*.py"):
            name = path.relative_to(project).as_posix()
            if name in trimmed({name: b""}):
                assert wheel.getinfo(name).file_size > 0


@pytest.mark.parametrize(
    ("archive", "module"),
    [
        (STDLIB, "typing.pyc"),
        ("numpy-*.whl.gzip", "numpy/_core/numeric.pyc"),
        ("pynn_playground-*.whl.gzip", "pynn/__pycache__/training.cpython-314.pyc"),
    ],
)
def test_byte_code_is_of_the_python_that_reads_it(dist: Path, archive: str, module: str) -> None:
    [path] = (dist / "pyodide").glob(archive)
    with zipfile.ZipFile(unpacked(path)) as files:
        assert files.read(module)[:8] == PYTHON_314_UNCHECKED


def test_library_is_whole_but_for_what_needs_sockets(dist: Path) -> None:
    def modules(path: Path) -> set[str]:
        names = zipfile.ZipFile(path).namelist()
        files = {name for name in names if not name.endswith("/")}
        return {re.sub(r"\.pyc$", ".py", name) for name in files}

    [ours, all_of_it] = map(modules, (dist / "pyodide" / STDLIB, PYODIDE / STDLIB))
    left_out = {name.split("/")[0].removesuffix(".py") for name in all_of_it - ours}
    assert ours < all_of_it
    assert left_out == set(
        ["ftplib", "imaplib", "mailbox", "poplib", "smtplib", "wsgiref", "xmlrpc"]
    )


def test_start_asks_for_listed_files_only_and_for_no_training_images(
    open_page: Any, site_url: str, dist: Path, watch: Any
) -> None:
    open_page()
    base = urlsplit(site_url).path
    paths = {urlsplit(url).path.removeprefix(base) for url in watch.requests}
    asked = {path for path in paths if path}
    assert asked <= set(json.loads((dist / "files.json").read_text("utf-8"))["files"]) | {
        "files.json"
    }
    assert not [name for name in asked if name.startswith("mnist/")]
    assert "pyodide/pyodide.asm.wasm" in asked


def test_the_wheel_to_take_home_gives_pynn_to_any_python(dist: Path, tmp_path: Path) -> None:
    [wheel] = (dist / "package").iterdir()
    with zipfile.ZipFile(wheel) as files:
        assert not [name for name in files.namelist() if name.endswith(".pyc")]
    place = tmp_path / "venv"
    venv.create(place, with_pip=False, symlinks=os.name == "posix", system_site_packages=False)
    python = place / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    install = ["install", "--quiet", "--no-deps", "--no-index", str(wheel)]
    pip = [sys.executable, "-m", "pip", "--python", str(python)]
    subprocess.run([*pip, *install], check=True)
    # NumPy, which the wheel asks for, comes from here.
    where = {"PYTHONPATH": str(Path(numpy.__file__).parents[1])}
    program = "import pynn; print(pynn.__version__, pynn.__file__)"
    run = subprocess.run(
        [str(python), "-c", program],
        cwd=tmp_path,
        env=os.environ | where,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    version, file = run.stdout.split(maxsplit=1)
    assert wheel.name == f"pynn_playground-{version}-py3-none-any.whl"
    assert Path(file.strip()).is_relative_to(place)


def test_script_names_the_wheel_at_the_address_of_the_page(
    open_page: Any, site_url: str, dist: Path
) -> None:
    page = open_page("#/playground")
    page.get_by_test_id("step").click()
    page.get_by_test_id("show-code").click()
    [wheel] = (dist / "package").iterdir()
    install = f"pip install {site_url}package/{wheel.name}"
    expect(page.get_by_test_id("script")).to_contain_text(install)
    assert page.request.get(install.split()[-1]).body() == wheel.read_bytes()
