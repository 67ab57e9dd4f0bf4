"""Zip files whose bytes depend on their contents only."""

import zipfile
from pathlib import Path


def read_zip(path: Path) -> dict[str, bytes]:
    """Every file in the archive, in its order."""
    with zipfile.ZipFile(path) as archive:
        return {
            entry.filename: archive.read(entry)
            for entry in archive.infolist()
            if not entry.is_dir()
        }


def write_zip(path: Path, files: dict[str, bytes]) -> None:
    """Writes the files in the given order with the earliest date that a zip can hold."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o100644 << 16
            archive.writestr(entry, content, compresslevel=9)
