"""The contract of `start`: names, shapes, seeds, and one sentence for what does not fit."""

import inspect
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pynn import Diverged
from pynn.recipes import RECIPES, bp_mnist, data, eleven_lines, nielsen, quadrants
from pynn.recipes.programs import program as program_of
from pynn.settings import check

X, Y = np.random.default_rng(2).random((12, 784)), np.eye(10)[np.arange(12) % 10]
SHAPES = {
    "eleven_lines": {"syn0": (3, 5), "syn1": (5, 1)},
    "quadrants": {"W1": (2, 50), "b1": (1, 50), "W2": (50, 4), "b2": (1, 4)},
    "skyone": {"wih": (100, 784), "who": (10, 100)},
    "nielsen": {"w0": (30, 784), "b0": (30, 1), "w1": (10, 30), "b1": (10, 1)},
    "bp_mnist": {"W1": (784, 500), "b1": (500,), "W2": (500, 10), "b2": (10,)},
}
DATA: dict[str, dict[str, Any]] = {
    "eleven_lines": {},
    "quadrants": {},
    "skyone": {"X": X, "T": Y},
    "nielsen": {"X": X, "Y": Y},
    "bp_mnist": {"X": X, "Y": Y},
}


@pytest.mark.parametrize("name", RECIPES)
def test_weights_have_the_names_and_shapes_of_the_post(name: str) -> None:
    weights = RECIPES[name].start(**DATA[name]).weights
    assert {key: array.shape for key, array in weights.items()} == SHAPES[name]
    assert all(array.dtype == np.float64 for array in weights.values())
    assert all(array.flags.c_contiguous for array in weights.values())


@pytest.mark.parametrize("name", RECIPES)
def test_weights_by_hand_come_back_and_are_copied_both_ways(name: str) -> None:
    rng = np.random.default_rng(4)
    given = {key: 0.1 * rng.standard_normal(shape) for key, shape in SHAPES[name].items()}
    program = RECIPES[name].start(given, **DATA[name])
    kept = {key: array.copy() for key, array in given.items()}
    for key, array in program.weights.items():
        np.testing.assert_array_equal(array, given[key])
        array[...] = 7.0
    program.update(3)
    for key, array in given.items():
        np.testing.assert_array_equal(array, kept[key])
        assert not np.array_equal(program.weights[key], array)
        assert not (program.weights[key] == 7.0).any()


@pytest.mark.parametrize("name", RECIPES)
def test_seed_decides_the_start_and_none_is_the_published_one(name: str) -> None:
    start = RECIPES[name].start
    published = check(program_of(name).table, {})["seed"]
    one, same, other = (start(seed=seed, **DATA[name]) for seed in (None, published, 17))
    for program in (one, same, other):
        program.update(5)
    for key, array in one.weights.items():
        np.testing.assert_array_equal(array, same.weights[key])
        assert not np.array_equal(array, other.weights[key])


@pytest.mark.parametrize("name", RECIPES)
def test_update_of_none_changes_nothing_and_starting_leaves_the_global_generator(name: str) -> None:
    before = np.random.get_state()[1].tobytes()  # type: ignore[union-attr]
    program = RECIPES[name].start(**DATA[name])
    first = program.weights
    program.update(0)
    for key, array in program.weights.items():
        np.testing.assert_array_equal(array, first[key])
    assert np.random.get_state()[1].tobytes() == before  # type: ignore[union-attr]


def test_draws_are_those_of_the_posts() -> None:
    rng = np.random.RandomState(1)
    weights = eleven_lines.start().weights
    np.testing.assert_array_equal(weights["syn0"], 2 * rng.random_sample((3, 5)) - 1)
    np.testing.assert_array_equal(weights["syn1"], 2 * rng.random_sample((5, 1)) - 1)
    rng = np.random.RandomState(1)
    weights = quadrants.start().weights
    np.testing.assert_array_equal(weights["W1"], rng.randn(2, 50))
    np.testing.assert_array_equal(weights["W2"], rng.randn(50, 4))
    assert not weights["b1"].any() and not weights["b2"].any()
    rng = np.random.RandomState(3)
    weights = nielsen.start(seed=3, X=X, Y=Y).weights
    for key in ("b0", "b1", "w0", "w1"):  # all biases first
        np.testing.assert_array_equal(weights[key], rng.randn(*SHAPES["nielsen"][key]))


def test_lecun_weights_of_nielsen_are_smaller_and_its_biases_the_same() -> None:
    normal = nielsen.start(X=X, Y=Y, sizes=[784, 100, 10]).weights
    lecun = nielsen.start(X=X, Y=Y, sizes=[784, 100, 10], initial="lecun").weights
    assert lecun["w0"].std() == pytest.approx(784**-0.5, rel=0.02)
    assert normal["w0"].std() == pytest.approx(1.0, rel=0.02)
    np.testing.assert_array_equal(lecun["b0"], normal["b0"])


def zeros(name: str, **others: Any) -> dict[str, np.ndarray]:
    return {key: np.zeros(shape) for key, shape in SHAPES[name].items()} | others


REFUSED: dict[str, tuple[str, dict[str, Any], str]] = {
    "override": (
        "skyone",
        {"rate": 1.0},
        "skyone: expected overrides of X, T, learning_rate, single_loss, got 'rate'",
    ),
    "override of another recipe": (
        "quadrants",
        {"Y": [1, 2, 3, 4]},
        "quadrants: expected overrides of X, t, got 'Y'",
    ),
    "part": ("eleven_lines", {"part": 3}, "eleven_lines: expected part 1 or 2, got 3"),
    "seed": ("quadrants", {"seed": -1}, "quadrants: expected seed as a whole number >= 0, got -1"),
    "weights missing": (
        "bp_mnist",
        {"weights": {"W1": 1}},
        "bp_mnist: expected the weights W1, b1, W2, b2, got W1",
    ),
    "weights too many": (
        "skyone",
        {"weights": zeros("skyone", b=0)},
        "skyone: expected the weights wih, who, got wih, who, b",
    ),
    "weights of no name": (
        "skyone",
        {"weights": {}},
        "skyone: expected the weights wih, who, got none",
    ),
    "weights in a list": (
        "skyone",
        {"weights": [1, 2]},
        "skyone: expected the weights wih, who, got list",
    ),
    "weights turned": (
        "skyone",
        {"weights": zeros("skyone", wih=np.zeros((784, 100)))},
        "skyone: expected wih of shape (100, 784), got (784, 100)",
    ),
    "bias flat": (
        "nielsen",
        {"weights": zeros("nielsen", b0=np.zeros(30))},
        "nielsen: expected b0 of shape (30, 1), got (30,)",
    ),
    "layers that do not meet": (
        "nielsen",
        {"weights": zeros("nielsen", w1=np.zeros((10, 31)))},
        "nielsen: expected w1 of shape (10, 30), got (10, 31)",
    ),
    "weights of no shape": (
        "nielsen",
        {"weights": zeros("nielsen", w0=np.zeros(3))},
        "nielsen: expected w0 of shape (30, 784), got (3,)",
    ),
    "weights of another size than sizes": (
        "nielsen",
        {"weights": zeros("nielsen"), "sizes": [784, 20, 10]},
        "nielsen: expected w0 of shape (20, 784), got (30, 784)",
    ),
    "weights of text": (
        "eleven_lines",
        {"weights": zeros("eleven_lines", syn1=np.full((5, 1), "a"))},
        "eleven_lines: expected syn1 as numbers, got text",
    ),
    "weights not finite": (
        "eleven_lines",
        {"weights": zeros("eleven_lines", syn1=np.full((5, 1), np.nan))},
        "eleven_lines: expected finite numbers in syn1, got NaN or infinity",
    ),
    "one size": (
        "nielsen",
        {"sizes": [784]},
        "nielsen: expected sizes as a list of at least two, got [784]",
    ),
    "size of a layer": (
        "nielsen",
        {"sizes": [784, 0, 10]},
        "nielsen: expected sizes as a whole number >= 1, got 0",
    ),
    "batch size": (
        "nielsen",
        {"batch_size": 0},
        "train: expected batch_size as a whole number >= 1, got 0",
    ),
    "initial": (
        "nielsen",
        {"initial": "zeros"},
        "nielsen: expected initial weights normal or lecun, got 'zeros'",
    ),
    "learning rate": (
        "bp_mnist",
        {"learning_rate": 0},
        "bp_mnist: expected learning_rate as a number above 0, got 0",
    ),
    "learning rate in words": (
        "nielsen",
        {"learning_rate": "3.0"},
        "nielsen: expected learning_rate as a number above 0, got '3.0'",
    ),
    "X too narrow": (
        "bp_mnist",
        {"X": X[:, :700]},
        "Network: expected x with shape (any, 784), got (12, 700)",
    ),
    "X shorter than Y": (
        "nielsen",
        {"X": X[:5]},
        "train: expected as many targets as examples, at least one, got 5 examples and 12 targets",
    ),
    "T of other width": (
        "skyone",
        {"T": Y[:, :9]},
        "targets: expected shape (any,) or (any, 10), got (12, 9)",
    ),
    "inputs without targets": (
        "skyone",
        {"T": None},
        "skyone: expected inputs and targets together, got one of them",
    ),
    "points in space": (
        "quadrants",
        {"X": np.zeros((4, 3))},
        "Network: expected x with shape (any, 2), got (4, 3)",
    ),
    "a fifth quadrant": (
        "quadrants",
        {"t": [1, 2, 3, 5]},
        "one_hot: expected class numbers from 0 to 3, got 0 to 4",
    ),
}


@pytest.mark.parametrize(("name", "given", "sentence"), REFUSED.values(), ids=REFUSED)
def test_what_does_not_fit_gets_one_sentence(name: str, given: dict, sentence: str) -> None:
    with pytest.raises(ValueError) as caught:
        RECIPES[name].start(**(DATA[name] | given))
    assert str(caught.value) == sentence


def test_number_of_updates_is_checked() -> None:
    program = quadrants.start()
    with pytest.raises(ValueError, match=r"^update: expected n as a whole number >= 0, got -1$"):
        program.update(-1)


def test_numbers_that_run_away_are_told_as_divergence() -> None:
    weights = {key: np.full(shape, 1e200) for key, shape in SHAPES["quadrants"].items()}
    program = quadrants.start(weights, X=np.full((4, 2), 1e200))
    with pytest.raises(Diverged, match=r"^train: the loss became .*; try a smaller learning rate$"):
        program.update(10)


def test_mnist_is_found_by_itself_and_missed_with_one_sentence(
    mnist_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert data.find_mnist().resolve() == mnist_folder.resolve()
    program = bp_mnist.start()
    assert len(program.training.batches.rows) == 60_000
    assert program.training.batches.rows.dtype == np.uint8  # 47 MB, not 376
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(data, "PLACES", ("mnist",))
    with pytest.raises(
        ValueError, match=r"^mnist: expected a folder mnist with MNIST's four files"
    ):
        nielsen.start()


@pytest.mark.parametrize("name", RECIPES)
def test_recipe_is_at_most_60_lines_and_says_where_it_was_published(name: str) -> None:
    module = RECIPES[name]
    source = inspect.getsource(module)
    assert len(source.splitlines()) <= 60
    assert module.TITLE and module.SOURCE
    assert source.startswith(f'"""{name}: ') and "Peculiar: " in (module.__doc__ or "")
    assert "np.exp" not in source and "np.dot" not in source and " @ " not in source


def test_what_is_not_as_published_is_told() -> None:
    script = program_of("skyone")
    assert script.changed({"seed": 8}) == {}
    assert script.changed(script.short) == {"images": (60_000, 10_000), "epochs": (2, 1)}
