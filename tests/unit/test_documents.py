"""The documentation and the README: what a reader may copy runs, and prints what it says."""

import ast
import re
from pathlib import Path

import pytest

import pynn
from tests.documents import alike, blocks, run_apart

for package in ("distributed", "matplotlib", "onnx", "onnxruntime", "sklearn"):
    pytest.importorskip(package)

ROOT = Path(__file__).resolve().parent.parent.parent
ENGLISH, CHINESE = ROOT / "docs/en", ROOT / "docs/zh"


def pages_of(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.md"))


# Docstrings are English, and so is what one reads beside them.
ALONE = "english: true"
UNTRANSLATED = {page for page in pages_of(ENGLISH) if ALONE in (ENGLISH / page).read_text("utf-8")}
# Nothing to run.
WORDS_ALONE = {"tutorial/index.md", "how-it-works/page.md", "how-to/teach.md"} | UNTRANSLATED


def iris(folder: Path) -> None:
    """The tables that the README's commands speak of."""
    from sklearn.datasets import load_iris

    flowers, kinds = load_iris(return_X_y=True)
    head = "sepal length,sepal width,petal length,petal width"
    lines = [",".join(map(str, flower)) for flower in flowers]
    (folder / "flowers.csv").write_text("\n".join([head, *lines]) + "\n", "utf-8")
    told = [f"{line},{kind}" for line, kind in zip(lines, kinds, strict=True)]
    (folder / "iris.csv").write_text("\n".join([f"{head},kind", *told]) + "\n", "utf-8")


@pytest.mark.parametrize("name", sorted({*pages_of(ENGLISH)} - WORDS_ALONE))
def test_page_runs_and_prints_what_it_says(name: str, mnist_folder: Path, tmp_path: Path) -> None:
    ended = run_apart(ENGLISH / name, tmp_path, mnist_folder)
    assert ended.returncode == 0, ended.stderr
    assert int(ended.stdout) > 0


@pytest.mark.parametrize("name", sorted(WORDS_ALONE))
def test_page_of_words_has_nothing_to_run(name: str) -> None:
    assert not {kind for kind, *_ in blocks(ENGLISH / name)} & {"python", "sh"}


def test_readme_runs_and_prints_what_it_says(mnist_folder: Path, tmp_path: Path) -> None:
    iris(tmp_path)
    ended = run_apart(ROOT / "README.md", tmp_path, mnist_folder)
    assert ended.returncode == 0, ended.stderr
    assert int(ended.stdout) > 5


def program(text: str) -> str:
    """What a block does, without its comments."""
    return ast.dump(ast.parse(text))


def test_every_page_is_there_in_chinese_unless_it_says_that_it_is_not() -> None:
    assert {*pages_of(CHINESE)} == {*pages_of(ENGLISH)} - UNTRANSLATED


@pytest.mark.parametrize("name", sorted({*pages_of(ENGLISH)} - UNTRANSLATED))
def test_chinese_page_has_the_same_programs_and_outputs(name: str) -> None:
    there, here = list(blocks(ENGLISH / name)), list(blocks(CHINESE / name))
    assert [kind for kind, *_ in here] == [kind for kind, *_ in there]
    for (kind, english, directly), (_, chinese, _) in zip(there, here, strict=True):
        if kind == "python" and "task" not in english:
            assert program(chinese) == program(english)
        elif kind == "sh" or (kind == "text" and directly):
            assert chinese == english


def test_reference_has_every_name_of_the_package() -> None:
    text = "\n".join(path.read_text("utf-8") for path in (ENGLISH / "reference").glob("*.md"))
    named = set(re.findall(r"^::: (pynn[\w.]*)$", text, re.MULTILINE))
    last = {name.rpartition(".")[2] for name in named}
    modules = {name.removeprefix("pynn.").partition(".")[0] for name in named}
    assert not {*pynn.__all__} - last - modules
    assert not {*pynn.datasets.__all__, *pynn.show.__all__} - last - {"PLANAR", "FEATURES"}


@pytest.mark.parametrize(
    ("written", "same"),
    [
        ("loss 0.24, 88% right\n", True),
        ("loss 0.26, 91% right", True),
        ("loss 0.31, 88% right", False),
        ("loss 0.24, 60% right", False),
        ("loss 0.24, 88% wrong", False),
        ("loss 0.24", False),
        ("True", False),
    ],
)
def test_output_may_differ_by_a_little_and_no_more(written: str, same: bool) -> None:
    assert alike(written, "loss 0.24, 88% right\n") == same


def test_page_that_says_something_else_is_found(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    for text, problem in [
        ("```python\nprint(1)\n```\n\n```text\n2\n```\n", "page.md says"),
        ("```sh\nrm nothing\n```\n", "no test runs"),
        ("```sh\npynn train nowhere.csv\n```\n", "nowhere.csv"),
    ]:
        page.write_text(text, "utf-8")
        ended = run_apart(page, tmp_path, tmp_path)
        assert ended.returncode == 1
        assert problem in ended.stderr
