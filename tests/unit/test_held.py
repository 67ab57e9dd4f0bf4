"""Numbers that stay while a network learns, and penalties that change meanwhile."""

import copy
import pickle
from typing import Any

import numpy as np
import pytest

from pynn import SGD, Adam, Dense, Dropout, Network, load, train, train_step
from pynn.files import save
from pynn.optimizers import OPTIMIZERS
from pynn.state import StateError

X = np.random.default_rng(0).normal(size=(40, 6))
Y = (X[:, 0] * X[:, 1] > 0).astype(int)


def network(**words: Any) -> Network:
    return Network([Dense(64, "tanh"), Dense(1, "sigmoid")], inputs=6, seed=3, **words)


def training(made: Network, optimizer: Any) -> Any:
    return train(made, X, Y, loss="binary_cross_entropy", optimizer=optimizer, batch_size=4,
                 epochs=None, seed=1)  # fmt: skip


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_what_is_held_stays_with_every_optimizer_even_with_momentum(name: str) -> None:
    made = network()
    steps = training(made, OPTIMIZERS[name](0.05))
    steps.advance(7)
    weights = made.parameters["dense_1.weights"]
    made.held["dense_1.weights"][2, 5:9] = True
    before = weights.copy()
    steps.advance(20)
    np.testing.assert_array_equal(weights[2, 5:9], before[2, 5:9])
    assert (weights != before).sum() == weights.size - 4
    made.held.clear()
    steps.advance(1)
    assert (weights[2, 5:9] != before[2, 5:9]).all()


def test_a_mask_may_be_one_flag_or_of_the_parameters_shape() -> None:
    made = network()
    made.held["dense_2.bias"] = True
    made.held["dense_1.weights"] = made.parameters["dense_1.weights"] > 0
    before = {name: array.copy() for name, array in made.parameters.items()}
    train_step(made, X, Y, "binary_cross_entropy", Adam(0.1))
    assert made.parameters["dense_2.bias"] == before["dense_2.bias"]
    moved = made.parameters["dense_1.weights"] != before["dense_1.weights"]
    np.testing.assert_array_equal(moved, before["dense_1.weights"] <= 0)


@pytest.mark.parametrize(
    ("name", "mask"),
    [
        ("dense_3.bias", True),
        ("dense_1.bias", 1),
        ("dense_1.bias", [True] * 3),
        ("dense_1.bias", np.ones(64)),
        ("dense_1.bias", "yes"),
        (7, True),
    ],
)
def test_what_is_no_mask_of_a_parameter_is_refused(name: Any, mask: Any) -> None:
    with pytest.raises(ValueError, match="held: expected"):
        network().held[name] = mask


def test_reading_a_name_that_there_is_not_is_refused() -> None:
    with pytest.raises(ValueError, match="held: expected a parameter"):
        network().held["weights"][0] = True


@pytest.mark.parametrize("twin", [copy.deepcopy, lambda n: pickle.loads(pickle.dumps(n))])
def test_a_copy_has_masks_of_its_own(twin: Any) -> None:
    made = network()
    made.held["dense_1.bias"][3] = True
    other = twin(made)
    other.held["dense_1.bias"][4] = True
    assert made.held["dense_1.bias"].sum() == 1 and other.held["dense_1.bias"].sum() == 2


@pytest.mark.parametrize("exact", [False, True])
@pytest.mark.parametrize("change", ["held", "l2", "l1"])
def test_changes_on_the_way_are_kept_with_the_state_and_go_on_bit_by_bit(
    tmp_path: Any, exact: bool, change: str
) -> None:
    """Of plain SGD too, which looks ahead where nothing is held and there is no penalty."""
    made = network(exact=exact)
    steps = training(made, SGD(0.1))
    steps.advance(13)
    if change == "held":
        made.held["dense_1.weights"][:, 7] = True
    else:
        setattr(made.layers[0], change, 0.02)
    steps.advance(9)
    save(steps, tmp_path / "run.npz")
    steps.advance(25)
    again = training(network(exact=exact), SGD(0.7))
    again.restore(load(tmp_path / "run.npz"))
    again.advance(25)
    for name, array in made.parameters.items():
        np.testing.assert_array_equal(again.network.parameters[name], array)


def test_a_penalty_that_is_changed_is_the_one_that_is_learned_with() -> None:
    made, other = network(exact=True), network(exact=True)
    for layer in made.layers:
        layer.l2 = 0.3  # type: ignore[attr-defined]
    built = Network([Dense(64, "tanh", l2=0.3), Dense(1, "sigmoid", l2=0.3)], 6, seed=3, exact=True)
    for one in (made, built, other):
        training(one, Adam(0.01)).advance(10)
    assert made.penalty() == built.penalty() != other.penalty()
    for name, array in made.parameters.items():
        np.testing.assert_array_equal(built.parameters[name], array)
    assert made.layers[0].config["l2"] == 0.3 and "l2=0.3" in repr(made.layers[0])


@pytest.mark.parametrize("value", [-1, np.nan, np.inf, "much", None])
def test_a_senseless_penalty_is_refused_and_the_old_one_stays(value: Any) -> None:
    layer = Dense(3, l1=0.1, l2=0.2)
    with pytest.raises(ValueError, match="Dense: expected l2 >= 0"):
        layer.l2 = value
    assert (layer.l1, layer.l2, layer.config["l2"]) == (0.1, 0.2, 0.2)


@pytest.mark.parametrize(
    "plain",
    [{"held": 3}, {"held": {"dense_9.bias": [1]}}, {"held": {"dense_1.bias": [64]}},
     {"held": {"dense_1.bias": [True]}}, {"penalties": [[0.0, 0.0]]}, {"penalties": 4},
     {"penalties": [[0.0, -1.0], [0.0, 0.0]]}, {"penalties": [[0.0], [0.0, 0.0]]}],
    ids=str,
)  # fmt: skip
def test_a_state_with_other_words_is_refused_and_nothing_is_changed(plain: dict[str, Any]) -> None:
    made = network()
    state = made.state()
    state.plain.update(plain)
    made.parameters["dense_1.bias"][0] = 5.0
    with pytest.raises(StateError):
        made.restore(state)
    assert made.parameters["dense_1.bias"][0] == 5.0


def test_dropout_between_does_not_matter() -> None:
    made = Network([Dense(5, "tanh"), Dropout(0.5), Dense(1, "sigmoid")], 6, seed=1, exact=True)
    made.held["dense_2.weights"][2] = True
    before = made.parameters["dense_2.weights"][2].copy()
    training(made, Adam(0.1)).advance(5)
    assert made.parameters["dense_2.weights"][2] == before
