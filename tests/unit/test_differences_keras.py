"""Keras's column of docs/en/reference/differences.md, where Keras is installed."""

import importlib.util
import math
import os
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pytest

from pynn import SGD, Adam, AdamW, Network, RMSprop
from pynn.layers import Conv2D, Dense, Flatten
from pynn.losses import get_loss
from tests.unit.moved import moved

if importlib.util.find_spec("tensorflow") is None:
    os.environ.setdefault("KERAS_BACKEND", "torch")
keras = pytest.importorskip("keras")

# Keras turns its variables into arrays as NumPy before 2.0 had it.
pytestmark = pytest.mark.filterwarnings(
    "ignore:__array__ implementation doesn't:DeprecationWarning"
)
optimizers, callbacks = keras.optimizers, keras.callbacks


def theirs(optimizer: Any, gradients: Iterable[float], rates: Sequence[float] = ()) -> float:
    """Where a parameter is that began at 1, with these gradients, and these rates if there are."""
    w = keras.Variable(np.ones(1), dtype="float64")
    for at, g in enumerate(gradients):
        if rates:
            optimizer.learning_rate = rates[at]
        optimizer.apply([keras.ops.convert_to_tensor(np.array([g]))], [w])
    return float(keras.ops.convert_to_numpy(w.value)[0])


def fitted(x: Any, y: Any, *layers: Any, rate: float = 1.0, **words: Any) -> tuple[Any, Any]:
    """A model whose weights begin at 0, and its history."""
    usual = [keras.layers.Dense(1, kernel_initializer="zeros")]
    model = keras.Sequential([keras.Input((np.shape(x)[1],)), *(layers or usual)])
    metrics = words.pop("metrics", None)
    model.compile(optimizers.SGD(rate), loss=words.pop("loss", "mse"), metrics=metrics)
    told = model.fit(np.array(x), np.array(y), verbose=0, **words)
    return model, told.history


# Optimizers -----------------------------------------------------------------------------------
@pytest.mark.parametrize("nesterov", [False, True])
def test_velocity_keeps_the_rates_that_it_was_made_with(nesterov: bool) -> None:
    there = theirs(optimizers.SGD(0.5, 0.5, nesterov), [1, 1], [0.5, 0.125])
    assert there == moved(SGD(0.5, 0.5, nesterov), [1, 1], [0.5, 0.125])


def test_epsilon_of_rmsprop_is_in_the_root() -> None:
    there = theirs(optimizers.RMSprop(1.0, rho=0.75, epsilon=0.125), [1])
    assert there == pytest.approx(1 - 1 / math.sqrt(0.25 + 0.125), rel=1e-6)
    assert moved(RMSprop(1.0, rho=0.75, epsilon=0.125), [1]) == 1 - 1 / (0.5 + 0.125)


def test_epsilon_of_adam_is_in_front_of_the_correction() -> None:
    there = theirs(optimizers.Adam(1.0, epsilon=0.125), [1])
    root = math.sqrt(1 - 0.999)
    assert there == pytest.approx(1 - root / (root + 0.125), rel=1e-4)
    # So ours is theirs over that root.
    assert moved(Adam(1.0, epsilon=0.125 / root), [1]) == pytest.approx(there, rel=1e-4)


def test_decay_of_adamw_is_times_the_rate() -> None:
    there = theirs(optimizers.AdamW(0.5, 0.25, epsilon=1e-12), [1])
    assert there == pytest.approx(moved(AdamW(0.5, 0.25, epsilon=1e-12), [1]), rel=1e-6)


def test_usual_words() -> None:
    kinds = optimizers.SGD, optimizers.RMSprop, optimizers.Adam, optimizers.AdamW
    words = [kind().get_config() for kind in kinds]
    rates = [round(one["learning_rate"], 9) for one in words]
    assert rates == [0.01, 0.001, 0.001, 0.001]
    assert [one["epsilon"] for one in words[1:]] == [1e-7] * 3
    assert (words[1]["rho"], words[3]["weight_decay"]) == (0.9, 0.004)
    norm = keras.layers.BatchNormalization()
    assert (norm.momentum, norm.epsilon) == (0.99, 0.001)
    assert keras.layers.LeakyReLU().negative_slope == 0.3
    below = keras.ops.convert_to_tensor(np.array([-1.0]))
    found = [float(getattr(keras.activations, name)(below)[0]) for name in ("leaky_relu", "elu")]
    assert found == pytest.approx([-0.2, math.expm1(-1)])
    exact = -0.5 * (1 + math.erf(-math.sqrt(0.5)))
    assert float(keras.activations.gelu(below)[0]) == pytest.approx(exact, rel=1e-6)
    stopping, plateau = callbacks.EarlyStopping(), callbacks.ReduceLROnPlateau()
    assert (stopping.patience, stopping.min_delta) == (0, 0)
    assert stopping.restore_best_weights is False
    assert (plateau.patience, plateau.min_delta, plateau.factor) == (10, 1e-4, 0.1)


@pytest.mark.parametrize(
    ("word", "found"), [("global_clipnorm", (1.5, 2)), ("clipnorm", (2.5, 2.5))]
)
def test_global_clipnorm_is_of_all_together(word: str, found: tuple[float, float]) -> None:
    w = [keras.Variable(np.zeros(1), dtype="float64") for _ in range(2)]
    gradients = [keras.ops.convert_to_tensor(np.array([g])) for g in (3.0, 4.0)]
    optimizers.SGD(1.0, **{word: 2.5}).apply(gradients, w)
    there = [-float(keras.ops.convert_to_numpy(one.value)[0]) for one in w]
    assert there == pytest.approx(found)


# Schedules, and when a training ends ----------------------------------------------------------
def test_cosine_stays_at_its_end_and_alpha_is_a_share() -> None:
    there = optimizers.schedules.CosineDecay(0.5, 10, alpha=0.5)
    assert float(there(15)) == pytest.approx(0.25)
    assert not hasattr(optimizers.schedules, "OneCycle")


def test_plateau_is_over_after_patience_and_min_delta_is_a_difference() -> None:
    def rates(losses: Iterable[float], delta: float) -> list[float]:
        plateau = callbacks.ReduceLROnPlateau("loss", 0.5, 2, min_delta=delta)
        model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
        model.compile(optimizers.SGD(1.0), "mse")
        plateau.set_model(model)
        plateau.on_train_begin()
        found = []
        for epoch, loss in enumerate(losses):
            plateau.on_epoch_end(epoch, {"loss": loss})
            found.append(float(model.optimizer.learning_rate))
        return found

    assert rates([8, 8, 8, 8, 8], 0) == [1, 1, 0.5, 0.5, 0.25]
    assert rates([8, 7, 7, 7], 0.5) == [1, 1, 1, 0.5]
    assert rates([8, 7, 7, 7], 1.0) == [1, 1, 0.5, 0.5]


@pytest.mark.parametrize("epochs", [9, 2])  # that are cut short, or that are over
def test_early_stopping_ends_at_patience_and_restores_if_asked(epochs: int) -> None:
    for restore in (False, True):
        model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1, use_bias=False)])
        model.compile(optimizers.SGD(0.0), "mse")
        model.set_weights([np.zeros((1, 1))])
        worse = callbacks.LambdaCallback(
            on_epoch_end=lambda epoch, logs, model=model: model.set_weights(
                [np.array([[epoch + 1.0]])]
            )
        )
        stop = callbacks.EarlyStopping("loss", patience=2, restore_best_weights=restore)
        told = model.fit(
            np.ones((1, 1)), np.zeros((1, 1)), epochs=epochs, verbose=0, callbacks=[stop, worse]
        ).history  # fmt: skip
        assert len(told["loss"]) == min(3, epochs)
        assert float(model.get_weights()[0][0, 0]) == (0.0 if restore else min(3, epochs))


def test_history_is_of_the_epoch_while_the_weights_moved() -> None:
    x, y = [[0.0], [0.0], [0.0]], [[2.0], [4.0], [4.0]]
    # A rate of 1/2 goes to the mean of a batch, as the gradient has no half: 2, then 4.
    held = np.array(x[:2]), np.array(y[:2])
    words = {"rate": 0.5, "shuffle": False}
    _, told = fitted(*held, batch_size=1, validation_data=held, **words)
    assert told["loss"] == pytest.approx([(4 + 4) / 2])
    assert told["val_loss"] == pytest.approx([(4 + 0) / 2])
    # A last batch of one counts once, and the others twice: 3 from 0, then 1.
    _, told = fitted(x, y, batch_size=2, **words)
    assert told["loss"] == pytest.approx([((4 + 16) + 1) / 3])


# Layers ---------------------------------------------------------------------------------------
def test_batch_norm_remembers_the_biased_variance() -> None:
    there = keras.layers.BatchNormalization(momentum=0.75, dtype="float64")
    there(np.array([[1.0], [3.0]]), training=True)
    found = [float(there.moving_mean.numpy()[0]), float(there.moving_variance.numpy()[0])]
    assert found == pytest.approx([0.5, 0.75 + 0.25 * 1])
    alone = there(np.array([[5.0]]), training=True)
    assert keras.ops.convert_to_numpy(alone).tolist() == [[0.0]]


def test_dropout_makes_the_rest_larger() -> None:
    found = keras.layers.Dropout(0.75)(np.ones((1, 1000), np.float32), training=True)
    assert set(keras.ops.convert_to_numpy(found).ravel()) == {0.0, 4.0}


@pytest.mark.parametrize(("size", "stride"), [(2, 1), (2, 2), (3, 2), (4, 3)])
def test_same_padding_is_the_same(size: int, stride: int) -> None:
    layer = Conv2D(1, size, stride=stride, padding="same", weights="ones")
    Network([layer, Flatten(), Dense(1)], (4, 4, 1), dtype="float64")
    x = np.arange(16.0).reshape(1, 4, 4, 1)
    there = keras.layers.Conv2D(
        1, size, strides=stride, padding="same", kernel_initializer="ones", dtype="float64",
        data_format="channels_last",
    )  # fmt: skip
    np.testing.assert_allclose(layer.linear(x), keras.ops.convert_to_numpy(there(x)))
    assert keras.config.image_data_format() == "channels_last"


def test_dense_has_its_inputs_in_front_and_begins_as_glorot() -> None:
    there = keras.layers.Dense(20, "relu")
    there.build((None, 10))
    assert there.kernel.shape == (10, 20) and not there.bias.numpy().any()
    limit = math.sqrt(6 / (10 + 20))
    assert 0.8 * limit < np.abs(there.kernel.numpy()).max() <= limit


def test_l2_has_no_half_and_is_part_of_the_loss() -> None:
    dense = keras.layers.Dense(
        1, kernel_initializer="ones", kernel_regularizer=keras.regularizers.L2(0.5)
    )
    model, told = fitted([[0.0, 0.0]], [[0.0]], dense, rate=0.25)
    assert told["loss"] == pytest.approx([0.5 * 2])
    assert model.get_weights()[0].ravel() == pytest.approx([1 - 0.25 * 2 * 0.5] * 2)


def test_he_normal_is_cut_and_made_larger_and_truncated_normal_is_only_cut() -> None:
    deviation = math.sqrt(2 / 200)
    cut = keras.ops.convert_to_numpy(keras.initializers.HeNormal(seed=1)((200, 200)))
    assert cut.std() == pytest.approx(deviation, rel=0.02)
    assert np.abs(cut).max() < 2.28 * deviation
    plain = keras.ops.convert_to_numpy(keras.initializers.TruncatedNormal(0, 1, seed=1)((200, 200)))
    assert plain.std() == pytest.approx(0.8796, rel=0.02) and np.abs(plain).max() <= 2


# Losses ---------------------------------------------------------------------------------------
def test_losses_are_means_over_the_outputs_of_probabilities() -> None:
    z, t = np.array([[1.0, -2.0], [0.5, 3.0]]), np.array([[1.0, 0.0], [0.0, 1.0]])

    def here(name: str, activation: str) -> float:
        network = Network([Dense(2, activation)], 2, dtype="float64")
        return get_loss(name).value(z, t, network.last.activation)

    losses, e = keras.losses, np.exp(z)
    squares = float(losses.MeanSquaredError(dtype="float64")(t, z))
    assert squares == pytest.approx(here("squared_error", "linear"))  # two outputs, and half
    binary = float(losses.BinaryCrossentropy(dtype="float64")(t, e / (1 + e)))
    assert 2 * binary == pytest.approx(here("binary_cross_entropy", "sigmoid"))
    chances = e / e.sum(1, keepdims=True)
    of_chances = losses.CategoricalCrossentropy(dtype="float64")
    assert float(of_chances(t, chances)) == pytest.approx(here("cross_entropy", "softmax"))
    each = -(t * np.log(chances)).sum(1)
    weighted = float(of_chances(t, chances, sample_weight=np.array([3.0, 1.0])))
    assert weighted == pytest.approx(each @ [3, 1] / 2)
    wrong = float(of_chances(np.array([[1.0, 0.0]]), np.array([[0.0, 1.0]])))
    assert wrong == pytest.approx(-math.log(1e-7), rel=1e-3)  # they are kept off 0
