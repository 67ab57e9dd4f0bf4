"""Zip files and streams of gzip whose bytes depend on their contents only."""

import gzip
import zipfile
from pathlib import Path

import zopfli.gzip


def read_zip(path: Path) -> dict[str, bytes]:
    """Every file in the archive, in its order."""
    with zipfile.ZipFile(path) as archive:
        return {
            entry.filename: archive.read(entry)
            for entry in archive.infolist()
            if not entry.is_dir()
        }


def write_zip(path: Path, files: dict[str, bytes], *, packed: bool = True) -> None:
    """Writes the files in the given order with the earliest date that a zip can hold.

    Not packed, each stands in the zip as it is.
    """
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
            entry.external_attr = 0o100644 << 16
            archive.writestr(entry, content, compresslevel=9)


def write_gzip(path: Path, content: bytes) -> None:
    """Writes a stream of gzip, of the same bytes whenever it is written.

    Its name should not end in .gz: some servers send such files as gzipped forms of others, and
    browsers then unpack them.
    """
    path.write_bytes(gzip.compress(content, compresslevel=9, mtime=0))


def write_smallest_gzip(path: Path, content: bytes) -> None:
    """The same in fewer bytes, for what every visitor downloads; it takes far longer."""
    path.write_bytes(zopfli.gzip.compress(content, numiterations=5))
