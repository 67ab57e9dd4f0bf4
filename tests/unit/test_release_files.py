"""What a release says of itself is so: its number, and the paths and commands that are named."""

import json
import re
from pathlib import Path

import pytest

import pynn

ROOT = Path(__file__).resolve().parents[2]
MADE = (".venv", ".cache", "dist", "node_modules")  # by set-up and build
TEXTS = "web/page/locales/en"


def text_of(name: str) -> str:
    if not (ROOT / name).exists():
        pytest.skip(f"{name} is not here")  # as in the sdist
    return (ROOT / name).read_text("utf-8")


def test_newest_release_in_the_changelog_is_this_version() -> None:
    releases = re.findall(r"^## (\d\S*) - (\d{4}-\d\d-\d\d)$", text_of("CHANGELOG.md"), re.M)
    assert releases[0][0] == pynn.__version__
    assert releases == sorted(releases, key=lambda release: release[1], reverse=True)


def test_citation_is_of_the_newest_release() -> None:
    said = dict(re.findall(r"^(version|date-released): (\S+)$", text_of("CITATION.cff"), re.M))
    assert said["version"] == pynn.__version__
    assert f"## {said['version']} - {said['date-released']}\n" in text_of("CHANGELOG.md")


@pytest.mark.parametrize("name", ["CONTRIBUTING.md", "SECURITY.md"])
def test_paths_that_are_named_exist(name: str) -> None:
    text = text_of(name)
    named = {
        *re.findall(r"`([\w.-]+/[\w./-]*)`", text),
        *re.findall(r"`([\w.-]+\.(?:py|md|json|js|toml|txt|in|cff))`", text),
        *re.findall(r"\btests/[\w./-]+\.py\b", text),  # in commands too
    }
    known = [path for path in named if not path.startswith(MADE)]
    assert len(known) > 5
    missing = [
        path for path in known if not ((ROOT / path).exists() or (ROOT / TEXTS / path).exists())
    ]
    assert not missing


def test_commands_that_are_named_exist() -> None:
    named = set(re.findall(r"npm (?:run )?([\w:]+)", text_of("CONTRIBUTING.md")))
    scripts = json.loads(text_of("package.json"))["scripts"]
    assert {"start", "test", "build"} <= named <= scripts.keys()
