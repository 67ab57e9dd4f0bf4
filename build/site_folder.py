"""dist/: the parts put together, the list of its files, and the service worker that knows it."""

import hashlib
import json
import shutil
from pathlib import Path

from hashes import base64_of, sha256_of
from paths import DIST, ROOT, files_below
from problem import Problem

# What the page does without: no part of a release, nor kept by the service worker.
APART = "docs/"
RELEASE_MARK = "/* the release */ { version: '', files: {} }"


def synchronise(parts: dict[str, Path], site: Path) -> None:
    """Makes the site folder hold exactly the parts' files, each part in its subfolder.

    Files that are already right are left alone, so that a server may go on serving them.
    """
    wanted = {
        Path(place, path.relative_to(folder)): path
        for place, folder in parts.items()
        for path in files_below(folder)
    }
    site.mkdir(exist_ok=True)
    for path in list(files_below(site)):
        if path.relative_to(site) not in wanted:
            path.unlink()
    for name, source in wanted.items():
        target = site / name
        if target.exists() and sha256_of(target) == sha256_of(source):
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
    for path in sorted(site.rglob("*"), reverse=True):
        if path.is_dir() and not any(path.iterdir()):
            path.rmdir()


def list_files(site: Path) -> dict[str, dict[str, object]]:
    """Path, length and hash of every file of a release, as files.json has it."""
    return {
        path.relative_to(site).as_posix(): {
            "bytes": path.stat().st_size,
            "sha256": base64_of(sha256_of(path)),
        }
        for path in files_below(site)
        if not path.relative_to(site).as_posix().startswith(APART)
    }


def write_release(site: Path, template: str) -> None:
    """Writes files.json and, with the same list in it, service-worker.js."""
    if template.count(RELEASE_MARK) != 1:
        raise Problem(f"web/service-worker.js must hold the text `{RELEASE_MARK}` once.")
    files = list_files(site)
    content = json.dumps(files, sort_keys=True) + template
    version = hashlib.sha256(content.encode()).hexdigest()[:16]
    manifest = site / "files.json"
    manifest.write_text(json.dumps({"version": version, "files": files}, indent=1), "utf-8")
    kept = {path: entry["sha256"] for path, entry in list_files(site).items()}
    release = json.dumps({"version": version, "files": kept}, indent=1)
    (site / "service-worker.js").write_text(template.replace(RELEASE_MARK, release), "utf-8")


def site_folder(parts: dict[str, Path]) -> Path:
    """Each part's folder by its place in the site; gives the site's."""
    synchronise(parts, DIST)
    write_release(DIST, (ROOT / "web/service-worker.js").read_text("utf-8"))
    return DIST
