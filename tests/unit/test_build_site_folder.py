"""build/site_folder.py and build/sizes.py: dist/ holds exactly the parts, and lists itself."""

import base64
import hashlib
import json
import re
from pathlib import Path

import pytest
from paths import ROOT
from problem import Problem
from site_folder import synchronise, write_release
from sizes import measure, report

TEMPLATE = (ROOT / "web/service-worker.js").read_text("utf-8")


def write(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder


def names(folder: Path) -> list[str]:
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())


@pytest.fixture
def parts(tmp_path: Path) -> dict[str, Path]:
    front = write(tmp_path / "front", {"index.html": "<p>", "assets/app-1.js": "1"})
    return {".": front, "mnist": write(tmp_path / "mnist", {"a.gz": "x"})}


def test_site_holds_exactly_the_parts(tmp_path: Path, parts: dict[str, Path]) -> None:
    site = write(tmp_path / "site", {"old/deep/file.js": "", "mnist/a.gz": "stale"})
    synchronise(parts, site)
    assert names(site) == ["assets/app-1.js", "index.html", "mnist/a.gz"]
    assert (site / "mnist/a.gz").read_text() == "x"
    assert not (site / "old").exists()


def test_files_that_are_right_are_left_alone(tmp_path: Path, parts: dict[str, Path]) -> None:
    site = tmp_path / "site"
    synchronise(parts, site)
    before = (site / "index.html").stat().st_mtime_ns
    write(parts["."], {"assets/app-1.js": "2"})
    synchronise(parts, site)
    assert (site / "index.html").stat().st_mtime_ns == before
    assert (site / "assets/app-1.js").read_text() == "2"


def test_files_json_gives_length_and_hash_of_every_file(
    tmp_path: Path, parts: dict[str, Path]
) -> None:
    site = tmp_path / "site"
    synchronise(parts, site)
    write_release(site, TEMPLATE)
    manifest = json.loads((site / "files.json").read_text())
    digest = base64.b64encode(hashlib.sha256(b"<p>").digest()).decode()
    assert manifest["files"]["index.html"] == {"bytes": 3, "sha256": digest}
    assert sorted(manifest["files"]) == ["assets/app-1.js", "index.html", "mnist/a.gz"]


def test_service_worker_knows_the_same_files_and_files_json_itself(
    tmp_path: Path, parts: dict[str, Path]
) -> None:
    site = tmp_path / "site"
    synchronise(parts, site)
    write_release(site, TEMPLATE)
    script = (site / "service-worker.js").read_text()
    found = re.search(r"const RELEASE = (\{.*?\n\});", script, re.DOTALL)
    assert found
    release = json.loads(found[1])
    manifest = json.loads((site / "files.json").read_text())
    assert release["version"] == manifest["version"]
    assert set(release["files"]) == {*manifest["files"], "files.json"}


def test_version_changes_with_any_file_and_only_then(
    tmp_path: Path, parts: dict[str, Path]
) -> None:
    def version() -> str:
        synchronise(parts, tmp_path / "site")
        write_release(tmp_path / "site", TEMPLATE)
        return str(json.loads((tmp_path / "site/files.json").read_text())["version"])

    first = version()
    assert version() == first
    write(parts["mnist"], {"a.gz": "y"})
    assert version() != first


def test_template_without_its_mark_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Problem, match=r"must hold the text .* once"):
        write_release(tmp_path, "const RELEASE = {};")


def test_sizes_count_what_is_sent_and_leave_the_images_out_of_the_budget(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site = write(tmp_path / "site", {"index.html": "a" * 100_000, "mnist/a.gz": "b" * 100_000})
    raw, sent = measure(site)["page"]
    assert raw == 100_000 and sent < 1000
    report(site, budget=0.01)
    assert re.search(r"first visit +0.00  \(at most 0.01\)", capsys.readouterr().out)


def test_site_over_the_budget_is_an_error(tmp_path: Path) -> None:
    site = write(tmp_path / "site", {"pyodide/python_stdlib.zip": "a" * 20_000})
    with pytest.raises(Problem, match=r"A first visit takes 0.02 MB gzipped, more than 0.01 MB"):
        report(site, budget=0.01)
