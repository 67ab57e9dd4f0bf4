"""build/pynn_wheel.py and build/byte_code.py: what goes into dist/pyodide/."""

import base64
import csv
import gzip
import hashlib
import json
import shutil
from pathlib import Path

import pytest
from byte_code import in_pyodide, trimmed, with_byte_code, with_record
from hashes import base64_of, sha256_of
from paths import PYODIDE
from problem import Problem
from pynn_wheel import build_wheel, write_lock
from zips import read_zip, write_gzip, write_zip

PROJECT = """
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"
[project]
name = "tiny"
version = "1.0"
dependencies = ["numpy>=2"]
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    (folder / "tiny").mkdir(parents=True)
    (folder / "tiny/__init__.py").write_text("ANSWER = 42\n")
    (folder / "pyproject.toml").write_text(PROJECT)
    return folder


def test_wheel_has_the_same_bytes_whenever_it_is_built(project: Path, tmp_path: Path) -> None:
    first = sha256_of(build_wheel(project, tmp_path))
    (project / "tiny/__init__.py").touch()
    assert sha256_of(build_wheel(project, tmp_path)) == first


def test_wheel_that_cannot_be_built_says_why(project: Path, tmp_path: Path) -> None:
    (project / "pyproject.toml").write_text(PROJECT.replace('version = "1.0"', ""))
    with pytest.raises(Problem, match=r"Building the wheel of pynn failed:[\s\S]*version"):
        build_wheel(project, tmp_path)


def test_lock_names_numpy_and_our_wheel_only_with_their_hashes(
    project: Path, tmp_path: Path
) -> None:
    wheel = build_wheel(project, tmp_path)
    lock = json.loads(write_lock(tmp_path, [wheel], keep=["numpy"]).read_text())
    original = json.loads((PYODIDE / "pyodide-lock.json").read_text())
    assert sorted(lock["packages"]) == ["numpy", "tiny"]
    assert lock["info"] == original["info"]
    assert lock["packages"]["numpy"]["sha256"] == original["packages"]["numpy"]["sha256"]
    tiny = lock["packages"]["tiny"]
    assert tiny["file_name"] == wheel.name
    assert tiny["sha256"] == sha256_of(wheel)
    assert (tiny["depends"], tiny["imports"]) == (["numpy"], ["tiny"])


def test_zip_bytes_depend_on_names_and_contents_only(tmp_path: Path) -> None:
    files = {"b/c.txt": b"words " * 100, "a.txt": b""}
    for name in ("one.zip", "two.zip"):
        write_zip(tmp_path / name, files)
    shutil.copy(tmp_path / "one.zip", tmp_path / "three.zip")
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    assert read_zip(tmp_path / "three.zip") == files
    assert list(read_zip(tmp_path / "one.zip")) == ["b/c.txt", "a.txt"]


def test_zip_that_is_not_packed_holds_its_files_as_they_are(tmp_path: Path) -> None:
    files = {"b/c.txt": b"words " * 100, "a.txt": b""}
    write_zip(tmp_path / "one.zip", files, packed=False)
    assert read_zip(tmp_path / "one.zip") == files
    assert files["b/c.txt"] in (tmp_path / "one.zip").read_bytes()


def test_gzip_bytes_depend_on_the_content_only(tmp_path: Path) -> None:
    for name in ("one.gzip", "two.gzip"):
        write_gzip(tmp_path / name, b"words " * 100)
    assert (tmp_path / "one.gzip").read_bytes() == (tmp_path / "two.gzip").read_bytes()
    assert gzip.decompress((tmp_path / "one.gzip").read_bytes()) == b"words " * 100


def test_record_lists_every_file_with_its_hash() -> None:
    files = {"p/a.py": b"1", "p-1.dist-info/RECORD": b"old", "p-1.dist-info/METADATA": b"m"}
    files["p/__pycache__/a.cpython-314.pyc"] = b"code"
    result = with_record(files)
    rows = list(csv.reader(result["p-1.dist-info/RECORD"].decode().splitlines()))
    digest = base64.urlsafe_b64encode(hashlib.sha256(b"1").digest()).decode().rstrip("=")
    assert ["p/a.py", f"sha256={digest}", "1"] in rows
    assert ["p/__pycache__/a.cpython-314.pyc", "", ""] in rows
    assert [row[0] for row in rows] == list(result)
    assert rows[-1] == ["p-1.dist-info/RECORD", "", ""]


def test_trimming_keeps_code_and_licences() -> None:
    kept = ["numpy/a.py", "numpy/x.so", "numpy/testing/utils.py", "numpy/random/LICENSE.md"]
    kept += ["numpy-2.dist-info/licenses/numpy/f2py/LICENSE.h", "numpy/_core/tests/LICENSE.txt"]
    left_out = ["numpy/a.pyi", "numpy/_core/include/n.h", "numpy/f2py/x.py", "numpy/lib/m.a"]
    left_out += ["numpy/_core/tests/test_a.py", "numpy/conftest.py", "numpy/__init__.pxd"]
    assert list(trimmed(dict.fromkeys(kept + left_out, b""))) == kept


def test_trimming_keeps_the_fields_of_what_a_package_says_of_itself() -> None:
    name, said = "numpy-2.dist-info/METADATA", b"Name: numpy\nVersion: 2\n"
    assert trimmed({name: said + b"\nA long\n\ndescription.\n"}) == {name: said}
    assert trimmed({name: said}) == {name: said}


def test_byte_code_stands_beside_the_sources_that_are_kept(tmp_path: Path) -> None:
    (tmp_path / "p").mkdir()
    (tmp_path / "p/a.pyc").write_bytes(b"code")
    files = {"p/a.py": b"source", "p/b.py": b"never imported"}
    assert with_byte_code(files, tmp_path, keep_sources=True) == {
        "p/a.py": b"source",
        "p/__pycache__/a.cpython-314.pyc": b"code",
        "p/b.py": b"never imported",
    }
    assert with_byte_code(files, tmp_path, keep_sources=False) == {
        "p/a.pyc": b"code",
        "p/b.py": b"never imported",
    }


def test_failure_inside_pyodide_is_told_with_its_reason(tmp_path: Path) -> None:
    with pytest.raises(Problem, match=r"compile_modules.py failed inside Pyodide:\n.*pyodide.mjs"):
        in_pyodide(tmp_path, "compile_modules.py", "compile_modules", mount=tmp_path)


def test_integrity_is_the_same_hash_in_base64() -> None:
    digest = hashlib.sha256(b"words")
    assert base64_of(digest.hexdigest()) == base64.b64encode(digest.digest()).decode()
