"""pynn's own column of docs/en/reference/differences.md, by small numbers worked out by hand.

`test_differences_torch.py` and `test_differences_keras.py` do the same for the others.
"""

import math
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pytest

from pynn import ELU, GELU, SGD, Adam, AdamW, EarlyStopping, Network, RMSprop, fit
from pynn.activations import LeakyReLU
from pynn.gradual import OneCycle, ReduceOnPlateau
from pynn.initializers import INITIALIZERS
from pynn.layers import BatchNorm, Conv2D, Dense, Dropout, Flatten
from pynn.losses import get_loss
from pynn.matmul import Array
from pynn.schedules import CosineDecay
from tests.unit.moved import moved

TABLE = Path(__file__).resolve().parents[2] / "docs/en/reference/differences.md"


# Optimizers -----------------------------------------------------------------------------------
def test_velocity_keeps_the_rates_that_it_was_made_with() -> None:
    # v = -0.5, then 0.5 v - 0.125 = -0.375: the first gradient still moves by its own rate.
    assert moved(SGD(0.5, 0.5), [1, 1], [0.5, 0.125]) == 1 - 0.5 - 0.375
    # w += 0.5 v - 0.5, then 0.5 v - 0.125.
    assert moved(SGD(0.5, 0.5, nesterov=True), [1, 1], [0.5, 0.125]) == 1 - 0.75 - 0.3125


def test_epsilons_stand_beside_the_root() -> None:
    assert moved(RMSprop(1.0, rho=0.75, epsilon=0.125), [1]) == 1 - 1 / (0.5 + 0.125)
    # The root is that of the mean without bias, which is 1.
    assert moved(Adam(1.0, epsilon=0.125), [1]) == pytest.approx(1 - 1 / 1.125, rel=1e-14)


def test_decay_of_adamw_is_times_the_rate() -> None:
    assert moved(AdamW(0.5, weight_decay=0.25), [0]) == 1 - 0.5 * 0.25


def test_usual_words_of_the_optimizers() -> None:
    rates = [kind().learning_rate for kind in (SGD, RMSprop, Adam, AdamW)]
    assert rates == [0.01, 0.001, 0.001, 0.001]
    assert (RMSprop().rho, AdamW().weight_decay) == (0.9, 0.01)
    assert {RMSprop().epsilon, Adam().epsilon, AdamW().epsilon} == {1e-7}


def test_gradient_is_no_longer_than_clip_norm_all_together() -> None:
    # 3 of the weight and 4 of the bias are 5 together.
    network = Network([Dense(1, weights="zeros")], 1, dtype="float64")
    words = {"loss": "squared_error", "verbose": False}
    fit(network, [[0.75]], [[4.0]], optimizer=SGD(1.0), clip_norm=2.5, **words)  # type: ignore[arg-type]
    found = [float(array.ravel()[0]) for array in network.parameters.values()]
    assert found == [1.5, 2.0]


# Schedules, and when a training ends ----------------------------------------------------------
def test_cosine_stays_at_its_end_and_one_cycle_ends_low() -> None:
    assert CosineDecay(1.0, updates=10)(15) == 0.0
    rates = [OneCycle(0.5, updates=50)(update) for update in (0, 14, 49)]
    assert rates == pytest.approx([0.02, 0.5, 0.5 / 250_000], rel=1e-12)


def test_plateau_is_over_after_patience_and_least_is_a_difference() -> None:
    def rates(losses: Iterable[float], least: float = 0.0) -> list[float]:
        schedule = ReduceOnPlateau(1.0, watch="loss", factor=0.5, patience=2, least=least)
        found = []
        for loss in losses:
            schedule.see({"loss": loss})
            found.append(schedule(0))
        return found

    assert rates([8, 8, 8, 8, 8]) == [1, 1, 0.5, 0.5, 0.25]
    assert rates([8, 7, 7, 7], least=0.5) == [1, 1, 1, 0.5]
    assert rates([8, 7, 7, 7], least=1.0) == [1, 1, 0.5, 0.5]


def test_early_stopping_ends_at_patience_and_brings_the_best_back() -> None:
    # With a rate of 3 an error e becomes -2 e: the bias goes from 0 to 3, -3 and 9 beside 1.
    network = Network([Dense(1, weights="zeros")], 1, dtype="float64")
    x, y = [[0.0]], [[1.0]]
    history = fit(
        network, x, y, loss="squared_error", optimizer=SGD(3.0), epochs=9, validation=(x, y),
        early_stopping=EarlyStopping(patience=2), verbose=False,
    )  # fmt: skip
    assert history["validation_loss"] == [2, 8, 32]
    assert network.parameters["dense_1.bias"][0] == 3.0


def test_history_is_of_the_epoch_while_the_weights_moved() -> None:
    # A rate of 1 goes from 0 to the target of the first row, and to that of the second.
    network = Network([Dense(1, weights="zeros")], 1, dtype="float64")
    words = {"optimizer": SGD(1.0), "batch_size": 1, "shuffle": False, "verbose": False}
    x, y = [[0.0], [0.0]], [[2.0], [4.0]]
    history = fit(network, x, y, loss="squared_error", validation=(x, y), **words)  # type: ignore[arg-type]
    assert history["loss"] == [(2**2 / 2 + 2**2 / 2) / 2]
    assert history["validation_loss"] == [(2**2 / 2 + 0) / 2]


# Layers ---------------------------------------------------------------------------------------
def test_batch_norm_remembers_the_unbiased_variance() -> None:
    network = Network([BatchNorm(momentum=0.75), Dense(1)], 1, dtype="float64")
    layer = network.layers[0]
    x = np.array([[1.0], [3.0]])  # mean 2, variance 1 biased and 2 unbiased
    found = layer.forward_training(x, None)
    assert found[:, 0] == pytest.approx(np.array([-1, 1]) / math.sqrt(1 + 1e-5))
    remembered = {"mean": 0.25 * 2, "variance": 0.75 + 0.25 * 2}
    assert {name: float(array[0]) for name, array in layer.statistics.items()} == remembered
    layer.forward_training(x[:1], None)  # one row is treated as in use
    assert {name: float(array[0]) for name, array in layer.statistics.items()} == remembered
    assert BatchNorm().config == {"momentum": 0.9, "epsilon": 1e-5}


def test_dropout_makes_the_rest_larger(rng: np.random.Generator) -> None:
    network = Network([Dropout(0.75), Dense(1)], 1000)
    x = np.ones((1, 1000), np.float32)
    assert set(network.layers[0].forward_training(x, rng).ravel()) == {0.0, 4.0}


def test_same_padding_has_its_odd_zero_at_the_end() -> None:
    x = np.arange(16.0).reshape(1, 4, 4, 1)
    for stride, corners in ((1, (10, 15)), (2, (10, 50))):
        layer = Conv2D(1, 2, stride=stride, padding="same", weights="ones")
        Network([layer, Flatten(), Dense(1)], (4, 4, 1), dtype="float64")
        outputs = layer.linear(x)
        assert (outputs[0, 0, 0, 0], outputs[0, -1, -1, 0]) == corners
    layer = Conv2D(1, 3, stride=2, padding="same", weights="ones")
    Network([layer, Flatten(), Dense(1)], (4, 4, 1), dtype="float64")
    assert layer.linear(x)[0, 0, 0, 0] == 0 + 1 + 2 + 4 + 5 + 6 + 8 + 9 + 10  # no zero above


def test_weights_have_inputs_in_front_and_biases_begin_at_0() -> None:
    network = Network([Conv2D(5, 2), Flatten(), Dense(20, "relu"), Dense(3)], (3, 3, 2))
    shapes = {name: array.shape for name, array in network.parameters.items()}
    assert shapes["conv2d_1.weights"] == (2, 2, 2, 5)
    assert shapes["dense_1.weights"] == (20, 20) and shapes["dense_2.weights"] == (20, 3)
    assert not any(a.any() for name, a in network.parameters.items() if name.endswith("bias"))


def test_penalty_is_half_of_the_squares_and_no_part_of_the_loss() -> None:
    layer = Dense(1, weights="ones", l2=0.5)
    network = Network([layer], 2, dtype="float64")
    assert layer.penalty() == 0.5 / 2 * 2
    history = fit(
        network, [[0.0, 0.0]], [[0.0]], loss="squared_error", optimizer=SGD(0.25), verbose=False
    )
    assert history["loss"] == [0.0]
    assert network.parameters["dense_1.weights"].ravel().tolist() == [1 - 0.25 * 0.5] * 2


def test_he_normal_is_cut_and_he_is_not(rng: np.random.Generator) -> None:
    deviation = math.sqrt(2 / 200)
    cut, whole = (INITIALIZERS[name]((200, 200), rng) for name in ("he_normal", "he"))
    assert cut.std() == pytest.approx(deviation, rel=0.02)
    assert whole.std() == pytest.approx(deviation, rel=0.02)
    assert np.abs(cut).max() < 2.28 * deviation < 3 * deviation < np.abs(whole).max()


def test_activations_below_0() -> None:
    z = np.array([-1.0])
    assert LeakyReLU().forward(z, np.empty(1))[0] == -0.01
    assert ELU().forward(z, np.empty(1))[0] == math.expm1(-1)
    exact = -0.5 * (1 + math.erf(-math.sqrt(0.5)))
    assert GELU().forward(z, np.empty(1))[0] == pytest.approx(exact, rel=1e-12)


# Losses ---------------------------------------------------------------------------------------
Z = np.array([[1.0, -2.0], [0.5, 3.0]])
T = np.array([[1.0, 0.0], [0.0, 1.0]])


def loss(name: str, activation: str, weights: Array | None = None) -> float:
    network = Network([Dense(2, activation)], 2, dtype="float64")
    return get_loss(name).value(Z, T, network.last.activation, weights=weights)


def test_losses_are_sums_over_the_outputs_and_means_over_the_examples() -> None:
    # Squares 0, 4, 1/4 and 4 in two rows.
    assert loss("squared_error", "linear") == 8.25 / 2 / 2
    binary = np.log1p(np.exp(Z)) - T * Z
    assert loss("binary_cross_entropy", "sigmoid") == pytest.approx(binary.sum() / 2)
    each = np.log(np.exp(Z).sum(1)) - (T * Z).sum(1)
    assert loss("cross_entropy", "softmax") == pytest.approx(each.sum() / 2)
    weights = np.array([3.0, 1.0])
    assert loss("cross_entropy", "softmax", weights) == pytest.approx(each @ weights / 2)


# The table ------------------------------------------------------------------------------------
def test_table_has_four_columns_in_every_row() -> None:
    if not TABLE.is_file():
        pytest.skip("the table is in a checkout")
    lines = TABLE.read_text("utf-8").splitlines()
    rows = [line for line in lines if line.startswith("|")]
    assert len(rows) > 25 and {line.count("|") for line in rows} == {5}
    assert "# Where definitions differ from Keras and PyTorch" in lines
