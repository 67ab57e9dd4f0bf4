"""SHA-256 of bytes and files, as the different files of the site want it written."""

import base64
import hashlib
from pathlib import Path


def sha256_of(path: Path) -> str:
    """In hexadecimal, as pyodide-lock.json has it."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def base64_of(hexadecimal: str) -> str:
    """In base64, as the browser's `integrity` wants it."""
    return base64.b64encode(bytes.fromhex(hexadecimal)).decode()
