"""A training that is kept and brought back goes on bit by bit as if it had never stopped."""

import copy
import io
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from training_runs import Run, training_run, weights

from pynn import (
    SGD,
    Adam,
    CosineDecay,
    Dense,
    Diverged,
    ModelFileError,
    Network,
    StepDecay,
    load,
    save,
    train,
)
from pynn.state import State, StateError
from pynn.training_steps import Training

RUNS = 210


def in_place(run: Run, training: Training) -> Training:
    """Back to the moment, after having gone on elsewhere."""
    state = training.state()
    run.go(training, 17, np.random.default_rng(1))
    training.restore(state)
    return training


def afresh(run: Run, training: Training) -> Training:
    state, other = training.state(), run.make()
    other.restore(state)
    return other


def after_another_start(run: Run, training: Training) -> Training:
    other = run.make()
    run.go(other, 9, np.random.default_rng(2))
    other.restore(training.state())
    return other


def copied(run: Run, training: Training) -> Training:
    return copy.deepcopy(training)


def pickled(run: Run, training: Training) -> Training:
    again: Training = pickle.loads(pickle.dumps(training))
    return again


def through_a_file(run: Run, training: Training) -> Training:
    file, other = io.BytesIO(), run.make()
    save(training, file)
    file.seek(0)
    other.restore(load(file))
    return other


def with_the_network_of_a_file(run: Run, training: Training) -> Training:
    """Nothing is left but the file: the network comes out of it, too."""
    file = io.BytesIO()
    save(training, file)
    file.seek(0)
    state = load(file)
    other = run.make(state.network)
    other.restore(state)
    return other


WAYS: list[Callable[[Run, Training], Training]] = [
    in_place, afresh, after_another_start, copied, pickled, through_a_file,
    with_the_network_of_a_file,
]  # fmt: skip


@pytest.mark.parametrize("number", range(RUNS))
def test_goes_on_as_if_it_had_never_stopped(number: int) -> None:
    run, way = training_run(number), WAYS[number % len(WAYS)]
    whole, stopped = run.make(), run.make()
    draw = np.random.default_rng(3)
    run.go(whole, run.moment + run.more, draw)
    run.go(stopped, run.moment, draw)
    again = way(run, stopped)
    assert again.running.value == stopped.running.value or not again.running.examples
    run.go(again, run.more, draw)
    assert weights(again) == weights(whole)
    ours, theirs = again.state(), whole.state()
    assert ours.plain == theirs.plain and ours.arrays.keys() == theirs.arrays.keys()


def planar(optimizer: Any = None, shuffle: bool = True, units: int = 8) -> Training:
    draw = np.random.default_rng(0)
    network = Network([Dense(units, "tanh"), Dense(1, "sigmoid")], inputs=2)
    x, y = draw.standard_normal((30, 2)), draw.integers(0, 2, 30)
    optimizer = optimizer or Adam(0.03)
    return train(
        network, x, y, loss="binary_cross_entropy", optimizer=optimizer, batch_size=4,
        epochs=None, shuffle=shuffle,
    )  # fmt: skip


def test_a_state_is_a_copy_and_holds_no_data() -> None:
    training = planar()
    training.advance(10)
    state = training.state()
    kept = {name: array.copy() for name, array in state.arrays.items()}
    training.advance(10)
    assert all(np.array_equal(array, kept[name]) for name, array in state.arrays.items())
    # 33 parameters and Adam's two numbers for each, as float32.
    assert state.nbytes == 33 * 3 * 4
    assert state.plain["batches/row"] == 8 and state.plain["optimizer/updates"] == 10


def test_what_may_change_while_it_runs_is_put_back() -> None:
    training = planar(SGD(StepDecay(0.5, every=3), momentum=0.9))
    training.advance(5)
    state, before = training.state(), [step.loss for step in (next(training), next(training))]
    optimizer = training.optimizer
    assert isinstance(optimizer, SGD)
    optimizer.learning_rate, optimizer.momentum, training.batches.size = 9.0, 0.1, 7
    training.advance(3)
    training.restore(state)
    assert optimizer.learning_rate == StepDecay(0.5, every=3) and optimizer.momentum == 0.9
    assert training.batches.size == 4
    assert [next(training).loss, next(training).loss] == before


def test_a_batch_size_changed_in_the_middle_of_an_epoch_leaves_out_no_example() -> None:
    training = planar(shuffle=False)
    sizes = [next(training).examples for _ in range(3)]
    training.batches.size = 10
    steps = [next(training) for _ in range(2)]
    assert sizes + [step.examples for step in steps] == [4, 4, 4, 10, 8]
    assert steps[-1].ends_epoch and (steps[-1].step, steps[-1].steps) == (5, 5)
    assert next(training).steps == 3


def test_weights_set_by_hand_end_a_group_of_steps_taken_together() -> None:
    # The same hand, once on a training in the middle of a group and once on one that was
    # brought to that very place without any.
    one, other = planar(SGD(0.1), units=64), planar(SGD(0.1), units=64)
    one.advance(2)
    other.advance(2)
    assert one.state().plain.get("ahead/start") == 0
    for training in (one, other):
        training.network.parameters["dense_1.weights"] = np.full((2, 64), 0.25)
    again = planar(SGD(0.1), units=64)
    again.restore(other.state())
    one.advance(1)
    again.advance(1)
    assert weights(one) == weights(again)
    assert np.abs(one.network.parameters["dense_1.weights"] - 0.25).max() < 0.1


OTHERS: dict[str, Callable[[], Training]] = {
    "units": lambda: planar(units=9),
    "optimizer": lambda: planar(SGD(0.03)),
    "shuffle": lambda: planar(shuffle=False),
}


@pytest.mark.parametrize("other", OTHERS)
def test_a_state_of_another_training_is_refused_and_nothing_changes(other: str) -> None:
    training = OTHERS[other]()
    training.advance(3)
    before, state = training.state(), planar().state()
    with pytest.raises(StateError, match=r"^state: \w+: expected .*, got "):
        training.restore(state)
    after = training.state()
    assert after.plain == before.plain
    assert all(np.array_equal(a, after.arrays[name]) for name, a in before.arrays.items())


RIGHT = [
    ("network/pixels", None),
    ("training/total", -1),
    ("training/total", 1.5),
    ("optimizer/learning_rate", 1.5),
    ("optimizer/epsilon", 1.5),
]


def damages(state: State) -> dict[str, State]:
    """The state with each of its entries missing, or of another type."""
    odd: list[Any] = ["x", None, -1, 1.5, [1], {"a": 1}]
    damaged = {}
    for name in state.plain:
        rest = {key: value for key, value in state.plain.items() if key != name}
        if name != "network/pixels":  # None is a value that it has
            damaged[f"{name} missing"] = State(state.arrays, rest)
        for value in odd:
            if (name, value) not in RIGHT:
                damaged[f"{name}={value}"] = State(state.arrays, rest | {name: value})
    for name in state.arrays:
        rest = {key: array for key, array in state.arrays.items() if key != name}
        damaged[f"{name} missing"] = State(rest, state.plain)
        for array in (np.zeros(3, np.float32), state.arrays[name].astype("float64")):
            damaged[f"{name} {array.dtype}"] = State(rest | {name: array}, state.plain)
    return damaged


def test_every_damage_is_refused_and_nothing_changes() -> None:
    training = planar(Adam(CosineDecay(0.1, updates=50)))
    training.advance(11)
    state = training.state()
    for what, damaged in damages(state).items():
        with pytest.raises(StateError):
            training.restore(damaged)
            raise AssertionError(f"{what} was taken")
        after = training.state()
        assert after.plain == state.plain, what
        assert all(np.array_equal(a, after.arrays[n]) for n, a in state.arrays.items()), what


@pytest.mark.parametrize("odd", [None, {}, "run.npz", 3, State])
def test_anything_else_than_a_state_is_refused(odd: Any) -> None:
    with pytest.raises(StateError, match=r"^restore: expected a State, got "):
        planar().restore(odd)


def test_ones_own_schedule_stays_if_it_has_the_name() -> None:
    def falling(updates: int) -> float:
        return 0.1 / (1 + updates)

    training = planar(SGD(falling))
    training.advance(3)
    state, again = training.state(), planar(SGD(falling))
    again.restore(state)
    assert next(again).loss == next(training).loss
    with pytest.raises(StateError, match="falling"):
        planar(SGD(0.1)).restore(state)


def test_the_file_of_a_training_is_a_model_too(tmp_path: Path) -> None:
    training = planar()
    training.advance(20)
    file = tmp_path / "run.npz"
    save(training, file)
    state = load(file)
    x = np.random.default_rng(5).standard_normal((9, 2))
    assert np.array_equal(state.network.predict(x), training.network.predict(x))
    with np.load(file, allow_pickle=False) as arrays:
        names = list(arrays)
    # Parameters once, Adam's two for each, the header, and nothing of the data.
    assert len(names) == 4 + 8 + 1 and names.count("dense_1.weights") == 1
    before = file.read_bytes()
    save(training, file)
    assert file.read_bytes() == before


def test_a_training_that_diverged_is_not_saved(tmp_path: Path) -> None:
    training = planar(SGD(1e39))
    with pytest.raises(Diverged):
        training.advance(50)
    with pytest.raises(ModelFileError, match="diverged"):
        save(training, tmp_path / "run.npz")
    again = planar(SGD(1e39))
    again.restore(training.state())
    assert list(again) == []  # nothing comes after it, either
