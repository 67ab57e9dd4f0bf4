"""The lessons: each runs as it stands, tasks are open and solvable, both languages say the same."""

import ast
import contextlib
import functools
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from pynn import show
from pynn.lab.lesson import Code, Lesson, Quiz, Step, Task, Text, parse, read, run_check
from pynn.live import digit_networks, planar_task, recipes
from pynn.settings import Integer, Layers, Real, check
from pynn.show.items import Item, Line, Table
from pynn.show.record import Record
from pynn.show.wanted import settings_in

FOLDER = Path(__file__).resolve().parent.parent.parent / "lessons"
LANGUAGES = ("en", "zh")
NAMES = sorted(path.stem for path in (FOLDER / "en").glob("*.md"))
CHINESE = re.compile("[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")  # signs and punctuation
NUMBER = re.compile(r"(?<![\w.,])\d[\d,]*(?:\.\d+|(?=(?:\.\d+)? ?%))(?!\w)")
LINK = re.compile(r"\]\(#/(\w+)(?:\?([^)]*))?\)")

# Numbers that are to be tried, or might be seen.
TRIED = {
    "05-learning-rate": {0.15, 0.5, 1.5, 1.9, 2.1},
    "10-dropout": {0.2},
    "13-reading-digits": {80.0, 90.0},
    "14-own-layer": {0.3},
}

# Settings of the two tabs that say what is shown, or where it comes from.
OTHER = {"dataset", "points", "seed", "guess", "compare", "challenge", "edits"}


class Shown(Record):
    """Keeps all texts and numbers too."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []

    def item(self, item: Item) -> None:
        super().item(item)
        match item:
            case Line(text):
                self.texts.append(text)
            case Table(_, head, rows):
                self.texts += [" ".join(row) for row in [head, *rows]]


@dataclass
class Run:
    """What a run of a lesson has left: what was written, all names, and each task's two checks."""

    written: str
    names: dict[str, Any]
    checks: list[tuple[str | None, str | None]] = field(default_factory=list)


@functools.cache
def lesson(language: str, name: str) -> Lesson:
    return read(FOLDER / language / f"{name}.md")


def run(given: Lesson, settings: Mapping[str, Any]) -> Run:
    """From start to end; of a task first the code as it stands, then the solution."""
    shown, printed = Shown(), io.StringIO()
    done = Run("", {"__name__": "__main__"})
    with show.to(shown, settings), contextlib.redirect_stdout(printed):
        for step in given.steps:
            if isinstance(step, Code):
                execute(step.source, done.names)
            elif isinstance(step, Task):
                names = dict(done.names)
                execute(step.source, names)
                before = run_check(step.check, names)
                execute(step.solution, done.names)
                done.checks.append((before, run_check(step.check, done.names)))
    done.written = printed.getvalue() + "\n".join(shown.texts)
    return done


def execute(source: str, names: dict[str, Any]) -> None:
    """Runs a block, and makes sure that no value is left over that a prompt would write."""
    tree = ast.parse(source)
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "lesson", "exec"), names)
    if isinstance(last, ast.Expr):
        assert eval(compile(ast.Expression(last.value), "lesson", "eval"), names) is None


@functools.cache
def usual_run(language: str, name: str, folder: Path) -> Run:
    return run(lesson(language, name), {"data": str(folder)})


def blocks(given: Lesson) -> Iterator[str]:
    for step in given.steps:
        if isinstance(step, Code):
            yield step.source
        elif isinstance(step, Task):
            yield from (step.source, step.check, step.solution)


def words(step: Step) -> str:
    """What of it is told as true."""
    match step:
        case Text(markdown):
            return markdown
        case Quiz(question, answers, why):
            return "\n".join([question, *(text for text, right in answers if right), why])
        case Task(hint=hint):
            return hint
    return ""


def numbers(text: str) -> list[float]:
    """Those with a decimal point, and percentages; but none in links."""
    plain = LINK.sub("", text)
    return [float(found.replace(",", "")) for found in NUMBER.findall(plain)]


def test_there_are_fourteen_in_both_languages_with_the_same_names() -> None:
    assert len(NAMES) >= 14
    assert sorted(path.stem for path in (FOLDER / "zh").glob("*.md")) == NAMES


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_runs_from_start_to_end_and_its_tasks_are_open_and_solvable(
    language: str, name: str, small_mnist: Path
) -> None:
    done = usual_run(language, name, small_mnist)
    assert done.checks, "a lesson has a task"
    for before, after in done.checks:
        assert after is None
        assert before is not None and 15 < len(before) < 300
        assert before.endswith("." if language == "en" else "。")
        assert bool(CHINESE.search(before)) == (language == "zh")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_every_number_that_is_told_is_written_by_its_code_or_stands_there(
    language: str, name: str, small_mnist: Path
) -> None:
    given = lesson(language, name)
    known = usual_run(language, name, small_mnist).written + "\n".join(blocks(given))
    there = {float(number.replace(",", "")) for number in re.findall(r"\d[\d,]*\.?\d*", known)}
    for step in given.steps:
        for number in set(numbers(words(step))) - TRIED.get(name, set()):
            assert number in there, f"{name}: {number} comes from nowhere in {words(step)[:60]!r}"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_is_written_as_the_page_needs_it(language: str, name: str) -> None:
    given = lesson(language, name)
    assert any(isinstance(step, Quiz) for step in given.steps)
    settings = []
    for block in blocks(given):
        tree = ast.parse(block)
        settings += [setting.name for setting in settings_in(tree).table]
        assert max(map(len, block.split("\n"))) <= 100
    unique = [name for name in settings if settings.count(name) == 1]
    assert unique == settings and all(name.isidentifier() for name in settings)
    assert given.summary.endswith("." if language == "en" else "。")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_its_links_lead_to_tabs_with_settings_that_they_take(language: str, name: str) -> None:
    tables = {
        "playground": planar_task.TABLE,
        "digits": digit_networks.TABLE,
        "recipes": recipes.TABLE,
    }
    given = "\n".join(words(step) for step in lesson(language, name).steps)
    for tab, query in LINK.findall(given):
        check(tables[tab], dict(part.split("=") for part in query.split("&") if part))
    assert given.count("](") == len(LINK.findall(given))


@pytest.mark.parametrize("name", NAMES)
def test_both_languages_have_the_same_steps_code_and_answers(name: str) -> None:
    english, chinese = lesson("en", name), lesson("zh", name)
    assert english.explains == chinese.explains
    assert CHINESE.search(chinese.title + chinese.summary) and english.title != chinese.title
    for ours, theirs in zip(english.steps, chinese.steps, strict=True):
        assert type(ours) is type(theirs)
        assert set(numbers(words(ours))) == set(numbers(words(theirs)))
        match ours, theirs:
            case Quiz(answers=mine), Quiz(answers=yours):
                assert [right for _, right in mine] == [right for _, right in yours]
    for mine, yours in zip(blocks(english), blocks(chinese), strict=True):
        assert_same_code(mine, yours)


def assert_same_code(mine: str, yours: str) -> None:
    """Alike but for the comments, and texts that are Chinese in one of them."""
    ours, theirs = (list(ast.walk(_Plain().visit(ast.parse(text)))) for text in (mine, yours))
    for left, right in zip(ours, theirs, strict=True):
        assert type(left) is type(right)
        if isinstance(left, ast.Constant) and isinstance(right, ast.Constant):
            told = isinstance(left.value, str) and CHINESE.search(str(right.value))
            assert told or left.value == right.value
        else:
            plain = [
                {name: value for name, value in ast.iter_fields(node) if isinstance(value, str)}
                for node in (left, right)
            ]
            assert plain[0] == plain[1]


class _Plain(ast.NodeTransformer):
    """Of a text with numbers in it, the numbers alone."""

    def visit_JoinedStr(self, node: ast.JoinedStr) -> ast.AST:
        self.generic_visit(node)
        kept = [value for value in node.values if isinstance(value, ast.FormattedValue)]
        return ast.JoinedStr(sorted(kept, key=ast.dump))


def test_together_they_explain_every_setting_that_has_to_do_with_learning() -> None:
    tables = (*planar_task.OWN_TABLE, *digit_networks.TABLE)
    explained = {setting for name in NAMES for setting in lesson("en", name).explains}
    assert explained == {setting.name for setting in tables} - OTHER


# Other solutions, made of ours, that are right too; and some that are not.
RIGHT = {
    "01-one-neuron": [("w1=1.0, w2=1.0, b=-1.5", "w1=20.0, w2=12.0, b=-25.0")],
    "02-xor": [("1.0, -2.0, -0.5", "6.0, -9.0, -2.5")],
    "03-chain-rule": [("dz2 * w2 * (1 - h**2) * x", "(1 - h * h) * w2 * x * dz2")],
    "04-eleven-lines": [
        ("delta = (y - output) * output", "delta = (output - y) * output"),
        ("W + X.T", "W - X.T"),
    ],
    "05-learning-rate": [("3.0", "1.0")],
    "06-softmax": [("np.exp(z - z.max())", "np.exp(z - np.logaddexp.reduce(z))")],
    "07-mini-batches": [
        ("return [order[first : first + size] for first in range(0, n, size)]",
         "return np.split(order, range(size, n, size))"),
    ],
    "08-over-fitting": [("elif epoch - best_epoch ==", "if epoch - best_epoch >=")],
    "09-weight-start": [
        ("rng.normal(0.0, fan_in**-0.5, (fan_in, fan_out))",
         "rng.uniform(-1.0, 1.0, (fan_in, fan_out)) * (3 / fan_in) ** 0.5"),
    ],
    "10-dropout": [("x * kept / (1 - rate)", "np.where(kept, x / (1 - rate), 0.0)")],
    "11-convolution": [("height, width = image.shape[0] - size + 1, image.shape[1] - size + 1",
                        "height, width = [side - size + 1 for side in image.shape]")],
    "12-batch-norm": [("(x - self.mean) / np.sqrt(self.variance + 1e-5)",
                       "(np.array(x) - self.mean) * self.variance**-0.5")],
    "13-reading-digits": [("turn=30.0, scale=0.0", "turn=25.0, scale=0.1")],
    "14-own-layer": [("return da * (1 + 2 * self.params[\"factor\"] * self.x)",
                      "da *= 1 + 2 * self.params[\"factor\"] * self.x\n        return da")],
}  # fmt: skip
WRONG = [
    ("01-one-neuron", "b=-1.5", "b=-0.5"),  # OR
    ("01-one-neuron", "b=-1.5", "b=-2.5"),
    ("01-one-neuron", "w1=1.0", "w1=0.0"),
    ("02-xor", "-2.0, -0.5", "-0.4, -0.5"),  # OR again
    ("02-xor", "-2.0, -0.5", "-2.0, 0.5"),
    ("03-chain-rule", "(1 - h**2)", "(1 - h)"),
    ("03-chain-rule", "return dw1, dw2", "return dw2, dw1"),
    ("03-chain-rule", "dw2 = dz2 * h", "dw2 = dz2"),
    ("04-eleven-lines", "* output * (1 - output)", ""),
    ("04-eleven-lines", "X.T @ delta", "X.T @ delta / 4"),
    ("05-learning-rate", "3.0", "0.1"),
    ("05-learning-rate", "3.0", "30.0"),
    ("05-learning-rate", "3.0", "1e300"),
    ("06-softmax", "z - z.max()", "z / z.max()"),
    ("06-softmax", "z - z.max()", "np.minimum(z, 700)"),
    ("06-softmax", "z - z.max()", "z - z.mean()"),
    ("07-mini-batches", "rng.permutation(n)", "np.arange(n)"),
    ("07-mini-batches", "rng.permutation(n)", "rng.integers(0, n, n)"),
    ("07-mini-batches", "range(0, n, size)", "range(0, n - size + 1, size)"),
    ("07-mini-batches", "range(0, n, size)", "range(0, n)"),
    ("08-over-fitting", "return epoch\n", "return best_epoch\n"),
    ("08-over-fitting", "loss < best", "loss <= best"),
    ("08-over-fitting", "best, best_epoch = loss, epoch\n", "best, best_epoch = loss, 1\n"),
    ("09-weight-start", "fan_in**-0.5", "1 / fan_in"),
    ("09-weight-start", "fan_in**-0.5", "fan_out**-0.5"),
    ("09-weight-start", "rng.normal(0.0, fan_in**-0.5, (fan_in, fan_out))",
     "np.repeat(rng.normal(0.0, fan_in**-0.5, (fan_in, 1)), fan_out, axis=1)"),
    ("10-dropout", "/ (1 - rate)", "/ rate if rate else x"),
    ("10-dropout", ">= rate", ">= 1 - rate"),
    ("10-dropout", "rng.random(x.shape)", "rng.random(x.shape[-1])"),
    ("10-dropout", "    return x * kept / (1 - rate)", "    x *= kept / (1 - rate)\n    return x"),
    ("11-convolution", "image[y : y + size, x : x + size] * window",
     "image[y : y + size, x : x + size] * window[::-1, ::-1]"),
    ("11-convolution", "image.shape[1] - size + 1", "image.shape[0] - size + 1"),
    ("12-batch-norm", "(x - self.mean) / np.sqrt(self.variance + 1e-5)", "x"),
    ("12-batch-norm", "self.mean = 0.9 * self.mean + 0.1 * mean", "pass"),
    ("12-batch-norm", "np.sqrt(self.variance + 1e-5)", "(self.variance + 1e-5)"),
    ("13-reading-digits", "turn=30.0", "turn=0.0"),
    ("14-own-layer", "2 * self.params", "self.params"),
    ("14-own-layer", "x + self.params[\"factor\"] * x**2", "x + self.params[\"factor\"] * x"),
    ("14-own-layer", "self.grads[\"factor\"] =", "self.grads[\"factor\"] +="),
    ("14-own-layer", "(da * self.x**2).sum(axis=0)", "(da * self.x**2).mean(axis=0)"),
]  # fmt: skip


def tried(name: str, changes: list[tuple[str, str]], folder: Path) -> str | None:
    """What the check says of our solution with these changes."""
    given = lesson("en", name)
    task = next(step for step in given.steps if isinstance(step, Task))
    text = task.solution
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    names = dict(usual_run("en", name, folder).names)
    with show.to(Record(), {"data": str(folder)}), contextlib.redirect_stdout(io.StringIO()):
        try:
            exec(text, names)
        except ArithmeticError:
            return "it ends with an error"
        return run_check(task.check, names)


@pytest.mark.parametrize("name", NAMES)
def test_a_right_solution_other_than_ours_passes(name: str, small_mnist: Path) -> None:
    assert tried(name, RIGHT[name], small_mnist) is None


@pytest.mark.parametrize(("name", "old", "new"), WRONG)
def test_a_wrong_solution_is_told_in_a_sentence(
    name: str, old: str, new: str, small_mnist: Path
) -> None:
    sentence = tried(name, [(old, new)], small_mnist)
    assert sentence is not None and 15 < len(sentence) < 300


# What the text says in words, of the names as the lesson leaves them.
CLAIMS = {
    "09-weight-start": "accuracy(same, x, y) < 0.8 and accuracy(mixed, x, y) > 0.95",
    "10-dropout": "layer.forward(ones).tolist() == ones.tolist()",
    "11-convolution": "name == 'convolution' and known > 0.9 and new > 0.9",
    "12-batch-norm": "accuracy(plain, x, y) < 0.6 and accuracy(normalised, x, y) > 0.9",
    "13-reading-digits": """(
        0.86 < accuracy(network, x_test, y_test) < 0.95
        and 0.55 < accuracy(network, moved(x_test, 2), y_test) < 0.75
        and 0.86 < accuracy(sturdy, moved(x_test, 2), y_test)
        and accuracy(network, x_test, y_test) < accuracy(sturdy, x_test, y_test)
    )""",
    "14-own-layer": "error_of(Forgetful()) < 1e-7 < 0.1 < error_of(Forgetful(), factor=[2, 3, 4])",
}


@pytest.mark.parametrize("name", CLAIMS)
def test_what_it_says_in_words_holds(name: str, small_mnist: Path) -> None:
    assert eval(CLAIMS[name], dict(usual_run("en", name, small_mnist).names))


# What the text promises to who pulls a slider.
PULLED = [
    ("02-xor", {"neurons": 3}, r"loss 0\.00\d   answers: \[0\. 1\. 1\. 0\.\]"),
    ("02-xor", {"seed": 5}, r"loss 0\.00\d   answers: \[0\. 1\. 1\. 0\.\]"),
    ("03-chain-rule", {"activation": "tanh"}, r"\n1 \de-0[123]\b|\n1 \d\.\de-0[123]"),
    ("04-eleven-lines", {"updates": 100}, r"mean error: 0\.[34]"),
    ("05-learning-rate", {"shared_rate": 0.15}, r"SGD: .* \S+e\+\d+\n(.*\n)*Adam: .* \S+e-05"),
    ("06-softmax", {"raised": 10.0}, r"shares: \[0\.665 0\.245 0\.09 \]"),
    ("08-over-fitting", {"noise": 0.0}, r"300 points: 0\.0\d+ and 0\.0"),
    ("09-weight-start", {"gain": 0.1}, r"0\.69 in the first epoch, 0\.69"),
    ("09-weight-start", {"gain": 100.0}, r"\d\d\.\d\d in the first epoch, \d"),
    ("12-batch-norm", {"rate": 1.0}, r"50% right\n(.*\n)*with batch normalisation 9\d%"),
]


@pytest.mark.parametrize(("name", "settings", "wanted"), PULLED)
def test_pulling_a_slider_shows_what_the_text_says(
    name: str, settings: dict[str, Any], wanted: str
) -> None:
    assert re.search(wanted, run(lesson("en", name), settings).written)


def test_a_slider_has_room_on_both_sides_of_its_default() -> None:
    for name in NAMES:
        for block in blocks(lesson("en", name)):
            for setting in settings_in(ast.parse(block)).table:
                if isinstance(setting, (Integer, Real)) and not isinstance(setting, Layers):
                    assert setting.low <= setting.default <= setting.high
                    assert setting.low < setting.high


@pytest.mark.parametrize("name", NAMES)
def test_plain_has_all_of_it_and_the_file_could_be_written_by_hand(name: str) -> None:
    given = lesson("zh", name)
    assert len(given.plain()["steps"]) == len(given.steps)
    text = (FOLDER / "zh" / f"{name}.md").read_text("utf-8")
    assert parse("\ufeff" + text.replace("\n", "\r\n"), name) == given


def test_labels_on_the_page_lead_to_the_lesson_that_explains_them() -> None:
    labels = FOLDER.parent / "web/page/controls/lesson-of.js"
    if not labels.is_file():
        pytest.skip("the page is not here")
    text = labels.read_text("utf-8")
    known = dict(re.findall(r"^  '([\w-]+)':\s+'([^']+)',$", text, re.MULTILINE))
    told = {path.stem: read(path).explains for path in sorted((FOLDER / "en").glob("*.md"))}
    assert known == {name: ", ".join(explains) for name, explains in told.items() if explains}
