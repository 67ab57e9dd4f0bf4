"""Both languages say the same things: equal keys, equal places for values, no empty text."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from pynn.recipes import RECIPES
from pynn.recipes.programs import program

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


@pytest.mark.parametrize("name", RECIPES)
def test_every_name_that_a_recipe_shows_has_a_text(name: str) -> None:
    script, known = program(name), texts("en", "recipes.json")
    named = set(re.findall(r'show\.(?:curve|compare)\("([^"]+)"', script.text))
    assert not {f"results.{key}" for key in named | set(script.published)} - known.keys()
    published = [text for given in script.published.values() for text in given]
    words = {text for text in published if re.search(r"[a-z]{3}", text)}
    assert not {f"texts.{text}" for text in words} - known.keys()
    for setting in script.short:
        shell = texts("en", "shell.json")
        assert f"changed.{setting}" in known or f"settings.{setting}" in shell
    assert {f"list.{name}.{key}" for key in ("name", "text", "chart", "axis", "along")} <= set(
        known
    )
