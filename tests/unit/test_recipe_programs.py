"""The recipes as programs: at most 40 lines, the weights of `start`, and plain Python runs them."""

import ast
import io
import subprocess
import sys
import tokenize
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pynn import show
from pynn.recipes import RECIPES, bp_mnist, eleven_lines, nielsen, perform, quadrants, skyone
from pynn.recipes.data import MNIST, digit_rows, read_mnist
from pynn.recipes.programs import program
from pynn.recipes.recipe import Program
from pynn.show.items import Item
from pynn.show.stage import Stage

NO_CODE = {
    tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT,
    tokenize.ENDMARKER,
}  # fmt: skip


class Silent:
    def item(self, item: Item) -> None: ...

    def progress(self, share: float) -> None: ...


def lines_of_code(text: str) -> int:
    """Lines with anything but a comment, without the docstring."""
    lines: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type not in NO_CODE:
            lines |= set(range(token.start[0], token.end[0] + 1))
    docstring = ast.parse(text).body[0]
    return len(lines - set(range(docstring.lineno, (docstring.end_lineno or 0) + 1)))


@pytest.mark.parametrize("name", RECIPES)
def test_program_is_at_most_40_lines_of_code_and_explains_itself(name: str) -> None:
    script = program(name)
    assert lines_of_code(script.text) <= 40
    assert script.about.startswith(f"{name}: ") and "Peculiar: " in script.about
    assert script.published and "compare" in script.shows
    assert "np.exp" not in script.text and "np.dot" not in script.text
    assert " @ " not in script.text


@pytest.fixture(scope="module")
def mnist(small_mnist: Path) -> MNIST:
    return read_mnist(1010, small_mnist)


def updated(started: Program, updates: int) -> Program:
    started.update(updates)
    return started


Started = Callable[[MNIST], Program]
# Settings of a run; the variable that has its network, and `start` after as many updates.
CASES: dict[str, tuple[str, dict[str, Any], Callable[[dict[str, Any]], Any], Started]] = {
    "eleven_lines": (
        "eleven_lines", {"seed": 1}, lambda names: names["network"],
        lambda mnist: updated(eleven_lines.start(seed=1), 60_000),
    ),
    "quadrants": (
        "quadrants", {"seed": 7, "seeds": 1}, lambda names: names["network"],
        lambda mnist: updated(quadrants.start(seed=7), 10_000),
    ),
    "quadrants, the last of the other seeds": (
        "quadrants", {"seeds": 2}, lambda names: names["another"],
        lambda mnist: updated(quadrants.start(seed=1), 10_000),
    ),
    "skyone": (
        "skyone", {"images": 1010, "epochs": 2, "seed": 3},
        lambda names: names["networks"]["as published"],
        lambda mnist: updated(
            skyone.start(seed=3, X=skyone.inputs(mnist.x), T=skyone.targets(mnist.y)),
            2 * 1010,
        ),
    ),
    "skyone with a single loss": (
        "skyone", {"images": 1010, "epochs": 1, "learning_rate": 0.2},
        lambda names: names["networks"]["single loss"],
        lambda mnist: updated(
            skyone.start(X=skyone.inputs(mnist.x), T=skyone.targets(mnist.y),
                         single_loss=True, learning_rate=0.2),
            1010,
        ),
    ),
    "nielsen": (
        "nielsen", {"images": 1010, "epochs": 2, "seed": 5}, lambda names: names["network"],
        lambda mnist: updated(
            nielsen.start(seed=5, X=mnist.x, Y=digit_rows(mnist.y)), 2 * 101
        ),
    ),
    "nielsen, two hidden layers with LeCun's weights": (
        "nielsen", {"images": 1010, "epochs": 1, "hidden": "100,20", "initial": "lecun"},
        lambda names: names["network"],
        lambda mnist: updated(
            nielsen.start(X=mnist.x, Y=digit_rows(mnist.y), sizes=[784, 100, 20, 10],
                          initial="lecun"),
            101,
        ),
    ),
    "bp_mnist": (
        "bp_mnist", {"images": 1010, "epochs": 2}, lambda names: names["tested"],
        lambda mnist: updated(
            bp_mnist.start(X=mnist.x, Y=digit_rows(mnist.y)), 2 * 337
        ),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("name", "settings", "network_of", "started"), CASES.values(), ids=CASES)
@pytest.mark.parametrize("how", ["at a stretch", "in slices"])
def test_program_has_the_weights_of_start_bit_for_bit(
    how: str, name: str, settings: dict[str, Any], network_of: Callable[[dict[str, Any]], Any],
    started: Started, mnist: MNIST, small_mnist: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    names: dict[str, Any] = {}
    if how == "at a stretch":
        with show.to(Silent()):
            names = perform(name, settings, small_mnist)
    else:
        script = program(name)
        monkeypatch.setattr(script, "_names", lambda: names)
        stage = Stage(Silent(), {**settings, "data": str(small_mnist)})
        assert sum(1 for _ in script.slices(stage)) > 5
    wanted = started(mnist).network.parameters
    for key, array in network_of(names).parameters.items():
        np.testing.assert_array_equal(array, wanted[key])


def test_plain_python_prints_every_line_and_every_result(tmp_path: Path) -> None:
    (tmp_path / "saved.py").write_text(program("eleven_lines").text, "utf-8")
    done = subprocess.run(
        [sys.executable, "saved.py"], cwd=tmp_path, capture_output=True, text=True, check=False,
        env={"PYTHONPATH": str(Path(__file__).parent.parent.parent)},
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    errors = program("eleven_lines").published["mean error"]
    assert [line for line in lines if line.startswith("Error:")] == [f"Error:{e}" for e in errors]
    equal = [line for line in lines if len(line.split()) > 2 and len(set(line.split()[-2:])) == 1]
    assert len(equal) == 18
