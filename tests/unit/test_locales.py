"""Both languages say the same things: equal keys, equal places for values, no empty text."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

LOCALES = Path(__file__).resolve().parents[2] / "web/page/locales"
NAMESPACES = sorted(path.name for path in (LOCALES / "en").glob("*.json"))


def texts(language: str, namespace: str) -> dict[str, str]:
    """Every text of a file by its path of keys, such as `boot.ready`."""
    found: dict[str, str] = {}

    def walk(node: dict[str, Any], path: str) -> None:
        for key, value in node.items():
            if isinstance(value, dict):
                walk(value, f"{path}{key}.")
            else:
                found[path + key] = value

    walk(json.loads((LOCALES / language / namespace).read_text(encoding="utf-8")), "")
    return found


def values_in(text: str) -> set[str]:
    return set(re.findall(r"\{\{\s*(\w+)", text))


def without_plural(key: str) -> str:
    """Chinese has one form where English has two (`_one`, `_other`)."""
    return re.sub(r"_(one|other)$", "", key)


def test_both_languages_have_the_same_files() -> None:
    assert sorted(path.name for path in (LOCALES / "zh").glob("*.json")) == NAMESPACES


@pytest.mark.parametrize("namespace", NAMESPACES)
def test_both_languages_have_the_same_keys(namespace: str) -> None:
    english = {without_plural(key) for key in texts("en", namespace)}
    assert english == {without_plural(key) for key in texts("zh", namespace)}


@pytest.mark.parametrize("namespace", NAMESPACES)
def test_texts_take_the_same_values(namespace: str) -> None:
    english = {without_plural(key): values_in(text) for key, text in texts("en", namespace).items()}
    chinese = {without_plural(key): values_in(text) for key, text in texts("zh", namespace).items()}
    # A translation may leave out a value that its sentence does not need, never invent one.
    invented = {key: found - english[key] for key, found in chinese.items() if found - english[key]}
    assert not invented


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("namespace", NAMESPACES)
def test_no_text_is_empty(language: str, namespace: str) -> None:
    assert not [key for key, text in texts(language, namespace).items() if not text.strip()]
